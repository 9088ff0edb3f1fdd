"""The answer to whether a credit would count, as programs are told it."""

from typing import Any

from perennial.core.rules.scenario import plain
from perennial.core.rules.would_count.answer import WouldCount
from perennial.core.rules.would_count.deciding import Decider


def as_json(found: WouldCount) -> dict[str, Any]:
    """An answer as plain values; hours are CE hours of 60 minutes."""
    return {
        "verdict": found.verdict,
        "as_read": found.as_read,
        "certain": found.certain,
        "counted": plain(found.counted),
        "of": plain(found.of),
        "because": found.because,
        "helps": found.helps,
        "doubt": found.doubt,
        "lapsed": found.lapsed,
        "serves": [{"line": name, "hours": plain(hours)} for name, hours in found.serves],
        "decider": None if found.decider is None else _decider(found.decider),
    }


def _decider(decider: Decider) -> dict[str, Any]:
    """What decides, with its source as citation, address and month read."""
    source = decider.source
    return {
        "kind": decider.kind,
        "name": decider.name,
        "requirement": decider.requirement,
        "says": decider.says,
        "source": None if source is None else {"cite": source.cite, "url": source.url, "read": source.read},
    }
