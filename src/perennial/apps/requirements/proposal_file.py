"""A report as a TOML file: what stands in the rule file now, and what is proposed, with its source."""

from typing import Any

import rtoml

from perennial.apps.requirements.models import RuleProposal
from perennial.apps.requirements.queries import suggested_by
from perennial.core.rules.proposal import Draft

HEAD = """# A change that was proposed to {path}, and the part of that file as it stood when this was made.
# Nothing here was checked by its being here: read the source, change the rule file and its cases, and run
# `perennial requirements lint`. Then say in rulebase/changes.toml what is read otherwise.

"""


def proposal_toml(proposal: RuleProposal, draft: Draft) -> str:
    """The file. Whoever sent the report is not named in it, nor their address."""
    path = f"rulebase/us/{proposal.jurisdiction.lower()}/{proposal.profession}.toml"
    suggested = suggested_by(proposal)
    told: dict[str, Any] = {
        "number": proposal.pk,
        "rule": path,
        "line": proposal.line or "the rule as a whole",
        "state": proposal.state,
        "made_on": proposal.made_at.date(),
        "should_say": proposal.should_say,
        "hours": None if suggested.hours is None else float(suggested.hours),
        "in_force_from": proposal.starts_on,
        "reply": proposal.reply or None,
        "source": {**suggested.source, "read_on": proposal.read_on},
        "cases_that_answer_otherwise": [name for name, _ in draft.cases],
        "faults": [str(problem) for problem in draft.problems],
    }
    tables = {
        "proposal": {key: value for key, value in told.items() if value not in (None, [])},
        "present": dict(draft.present),
        "proposed": dict(draft.proposed),
    }
    return HEAD.format(path=path) + rtoml.dumps({key: table for key, table in tables.items() if table}, pretty=True)


def file_name(proposal: RuleProposal) -> str:
    """What the file is called."""
    return f"report-{proposal.pk}-{proposal.jurisdiction.lower()}-{proposal.profession}.toml"
