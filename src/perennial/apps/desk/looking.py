"""Adds a work to a draft's references by its DOI, as far as this site knows the work."""

from datetime import datetime

from django.db import transaction

from perennial.apps.accounts.queries import Person
from perennial.apps.desk.models import DraftPart
from perennial.apps.desk.services import save_part
from perennial.apps.works.queries import standings_of
from perennial.apps.works.services import look_up
from perennial.core.literature import bare_doi
from perennial.core.values import Refusal


def add_work(*, part: DraftPart, doi: str, person: Person, at: datetime) -> tuple[str, bool]:
    """Add a row with this DOI to the references; gives a sentence about it, and whether its text is complete.

    Its text is what this site knows of the work or Crossref tells; else the row waits for the author to type it.
    """
    looked = look_up(doi=doi, at=at)
    plain, work = bare_doi(doi), looked.work
    name = _add_row(part, plain, work.citation if work else "", person, at)
    marked = standings_of([plain]).get(plain.casefold())
    if marked:
        return f"{plain} is added as {name}, but it is marked: {marked.words.lower()}. Look at the notice before you rest on it.", False
    if work is None:
        return f"{plain} is added as {name}. {looked.says} Type its reference, and give it a short name of your own.", False
    return f"{plain} is added as {name}. Read its text through, and give it a short name of your own.", True


@transaction.atomic
def _add_row(part: DraftPart, doi: str, text: str, person: Person, at: datetime) -> str:
    """Add the row to the references as they stand now, whatever was saved since the page was opened; gives its short name."""
    part = DraftPart.objects.select_for_update().get(pk=part.pk)
    rows = part.data.get("references", [])
    if any(str(row.get("doi", "")).casefold() == doi.casefold() for row in rows):
        raise Refusal(f"{doi} is among the references already.")
    taken = {row.get("id") for row in rows}
    name = next(f"work{number}" for number in range(1, len(rows) + 2) if f"work{number}" not in taken)
    row = {"id": name, "text": text, "doi": doi, "url": ""}
    save_part(part=part, data={**part.data, "references": [*rows, row]}, base=part.revision, person=person, at=at)
    return name
