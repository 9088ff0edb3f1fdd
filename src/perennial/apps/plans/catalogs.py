"""A catalog's rows as courses that a person may keep: `core.planner.catalogs` reads them, here they become facts."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from perennial.apps.plans.facts import CourseFacts, ToldApproval
from perennial.apps.plans.services import EARLIEST, LATEST
from perennial.core.planner.catalogs import Catalog, Listed, Most, RowFault, listed_in, read_catalog
from perennial.core.rules.vocabulary import Vocabulary

MOST_BYTES = 2_000_000
MOST_ROWS = 2000


def courses_in(data: bytes, vocabulary: Vocabulary) -> Catalog[CourseFacts]:
    """The courses of a catalog, JSON or CSV, and a problem for each row refused."""
    return read_catalog(data, vocabulary, facts_in, Most(MOST_BYTES, MOST_ROWS))


def course_in(row: Mapping[str, Any], vocabulary: Vocabulary) -> CourseFacts:
    """The course that one row tells of. Raises RowFault."""
    return facts_in(listed_in(row, vocabulary))


def facts_in(listed: Listed) -> CourseFacts:
    """What is kept of a listed course, in whole minutes. Raises RowFault where it cannot be kept."""
    if listed.ends and not listed.starts:
        raise RowFault("starts", "missing, though there is a last day", "Give the first day, or leave out both: any day.")
    for column, day in (("starts", listed.starts), ("ends", listed.ends)):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise RowFault(column, f"the year {day.year} cannot be right", "Write the date as 2027-02-28.")
    if listed.minutes == 0:
        raise RowFault("minutes", "0 is not possible", "Write the minutes that it takes, or leave it out: as long as its hours.")
    length = listed.minutes_per_hour
    return CourseFacts(
        catalog_key=listed.id,
        title=listed.title,
        provider_name=listed.provider,
        minutes=in_minutes(listed.hours, length),
        minutes_per_hour=length,
        takes_minutes=listed.minutes,
        format=listed.format,
        topics={topic: in_minutes(hours, length) for topic, hours in listed.topics.items()},
        approvals=tuple(ToldApproval(one.body, one.number, one.starts, one.until) for one in listed.approvals),
        price_cents=listed.price_cents,
        starts_on=listed.starts,
        ends_on=listed.ends or listed.starts,
        course_key=listed.course,
        url=listed.url,
    )


def in_minutes(hours: Decimal, length: int) -> int:
    """Hours of so many minutes as whole minutes, at least one."""
    return max(1, int((hours * length).quantize(Decimal(1), ROUND_HALF_UP)))
