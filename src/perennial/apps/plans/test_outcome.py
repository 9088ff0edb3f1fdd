"""A plan as rows and back."""

import json

from perennial.apps.plans.builders import make_outcome
from perennial.apps.plans.outcome import Alone, Skipped, Unmet, outcome_of


def test_a_plan_comes_through_a_table_unchanged() -> None:
    plan = make_outcome(
        alone=(Alone("1", "California LCSW", True, 9900, 360, 360),),
        unmet=(Unmet("California LCSW", "2 h missing", "Add a course."),),
        skipped=(Skipped("2", "Ohio LSW", "No rule.", settled=False),),
        remarks=("A remark.",),
    )
    assert outcome_of(json.loads(json.dumps(plan.as_row()))) == plan
