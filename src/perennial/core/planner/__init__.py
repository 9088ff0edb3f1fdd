"""The best plan for several licenses: what to take, by when, at what cost, with proof that nothing is better.

from perennial.core.planner import Offer, Owed, Wishes, plan
found = plan([Owed("ca", "California", rule, standing)], offers, Wishes(budget_cents=20_000), today)
"""

from perennial.core.planner.facts import Alone, Alternative, Approval, Case, Chosen, Offer, Owed, Plan, Unmet, Verdict, Wishes
from perennial.core.planner.pace import ENDLESS, Pace, Progress, pace_of
from perennial.core.planner.planning import plan, without
from perennial.core.planner.ties import MOST_ALTERNATIVES

__all__ = [
    "ENDLESS",
    "MOST_ALTERNATIVES",
    "Alone",
    "Alternative",
    "Approval",
    "Case",
    "Chosen",
    "Offer",
    "Owed",
    "Pace",
    "Plan",
    "Progress",
    "Unmet",
    "Verdict",
    "Wishes",
    "pace_of",
    "plan",
    "without",
]
