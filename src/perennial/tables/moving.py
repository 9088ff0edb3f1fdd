"""Makes rows that refer to one thing refer to another, when two things turn out to be one."""

from collections.abc import Mapping

from django.db.models import Case, Model, Value, When

AT_ONCE = 200


def point_to(model: type[Model], field: str, into: Mapping[int, int]) -> None:
    """Rows of `model` whose relation `field` has a key of `into` refer to what stands beside it; one statement for each two hundred."""
    name = model._meta.get_field(field).attname  # type: ignore[union-attr]  # noqa: SLF001  Django's own door to its fields
    pairs = sorted(into.items())
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        chosen = Case(*(When(**{name: gone}, then=Value(stays)) for gone, stays in some))
        model._default_manager.filter(**{f"{name}__in": [gone for gone, _ in some]}).update(**{name: chosen})  # noqa: SLF001  as above
