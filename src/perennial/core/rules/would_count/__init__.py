"""Whether a credit not yet earned would count for a license: a rule judged without it and with it, and what decides.

from perennial.core.rules.would_count import would_count
found = would_count(rule, standing, credit)
found.verdict, found.because, found.decider
"""

from perennial.core.rules.would_count.answer import WouldCount, would_count
from perennial.core.rules.would_count.deciding import Decider
from perennial.core.rules.would_count.gain import Verdict
from perennial.core.rules.would_count.telling import as_json

__all__ = ["Decider", "Verdict", "WouldCount", "as_json", "would_count"]
