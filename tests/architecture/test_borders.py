"""Who may know whom, where import lint cannot see it."""

from django.apps import apps
from django.conf import settings
from django.db.models import Field

ABOVE = {area: place for place, area in enumerate(settings.AREAS)}
# Areas that do not know one another share a level.
BESIDE = (("desk", "plans"), ("appraisals", "courses"), ("credits", "licenses", "providers"))


def relations() -> list[tuple[str, str, str]]:
    """(area, field, target's area) of every relation that a table of ours holds."""
    found = []
    for area in settings.AREAS:
        for model in apps.get_app_config(area).get_models():
            for field in model._meta.get_fields(include_parents=False):
                if isinstance(field, Field) and field.is_relation and field.related_model is not None:
                    found.append((area, f"{model.__name__}.{field.name}", field.related_model._meta.app_label))
    return found


def test_relations_point_down() -> None:
    wrong = [
        f"{field} in {area} points to {target}"
        for area, field, target in relations()
        if target in ABOVE and area != target and (ABOVE[target] < ABOVE[area] or any({area, target} <= set(beside) for beside in BESIDE))
    ]
    assert not wrong, "\n".join(wrong)


def test_there_are_relations_to_look_at() -> None:
    assert ("accounts", "AccessToken.person", "accounts") in relations()
