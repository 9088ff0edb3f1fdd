"""Makes valid practices for tests."""

from datetime import date
from itertools import count
from typing import Any

from perennial.apps.practices.models import Practice

_numbers = count(1)


def make_practice(**changes: Any) -> Practice:
    """A practice in the database; every field may be given."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "slug": f"sample-practice-{number}",
        "name": f"Sample practice {number}",
        "kind": Practice.Kind.MODALITY,
        "definition": "A sample. It stands for any other.",
        "checked": date(2026, 11, 27),
        "digest": f"{number:064d}",
    }
    return Practice.objects.create(**facts | changes)
