"""Makes desks and drafts for tests."""

from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.desk.folder import PartData, files_of_parts
from perennial.apps.desk.importing import take_folder
from perennial.apps.desk.models import Draft
from perennial.apps.desk.parts import Data, Kind
from perennial.apps.desk.services import begin_draft
from perennial.apps.providers.queries import Provider
from perennial.apps.providers.services import open_provider


def make_desk(person: Person | None = None, *, name: str = "Harbor Institute") -> Provider:
    """A provider whose administrator is this person."""
    return open_provider(person=person or make_person(), name=name, address="1 Harbor Street", at=timezone.now())


def make_draft(provider: Provider | None = None, *, person: Person | None = None, title: str = "Grief in practice") -> Draft:
    """A draft with empty parts."""
    person = person or make_person()
    return begin_draft(provider=provider or make_desk(person), person=person, title=title, at=timezone.now())


def make_whole_draft(provider: Provider | None = None, *, person: Person | None = None, slug: str = "grief-in-practice") -> Draft:
    """A draft of a small course in which nothing is missing."""
    person = person or make_person()
    taken = take_folder(provider=provider or make_desk(person), person=person, files=whole_folder(slug), left_out=(), at=timezone.now())
    if taken.draft is None or taken.problems:
        raise ValueError(f"the sample draft is not in order: {taken.problems}")
    return taken.draft


def whole_folder(slug: str = "grief-in-practice", *, words: int = 1600) -> dict[str, bytes]:
    """A course folder in order: two objectives, two sections, eight questions."""
    about: Data = {
        "title": "Grief in practice",
        "summary": "What grief does, and what helps.",
        "version": 1,
        "language": "en",
        "level": "introductory",
        "audience": "Clinicians.",
        "format": "asynchronous",
        "free": True,
        "practices": [],
        "authors": [{"name": "Sample Author", "role": "author", "qualifications": "Invented for tests."}],
        "review": {"state": "not_yet_reviewed", "says": "Not yet reviewed by a licensed clinician."},
        "needs": "None.",
    }
    objectives = [{"id": "o1", "text": "List tasks of grieving"}, {"id": "o2", "text": "Distinguish grief from depression"}]
    options = [{"text": "Yes", "correct": True, "rationale": "So it is."}, {"text": "No", "correct": False, "rationale": "It is not."}]
    parts = [
        PartData(Kind.ABOUT, "", about),
        PartData(Kind.OUTLINE, "", {"objectives": objectives, "test": {"ask": 4, "pass_percent": 75}}),
        PartData(Kind.CREDIT, "", {"credit": {"hours": "0.5", "minutes_per_hour": 60, "method": "words_6000", "topics": {}}}),
        PartData(
            Kind.REFERENCES, "", {"references": [{"id": "sample2020", "text": "Sample, A. (2020). A sample.", "doi": "10.1000/sample"}]}
        ),
        PartData(Kind.GLOSSARY, "", {"glossary": [{"term": "Grief", "means": "What follows a loss."}]}),
        PartData(Kind.DECLARATIONS, "", {"disclosures": "No commercial interests."}),
        *(
            PartData(
                Kind.SECTION,
                f"{number:02}-part",
                {"title": f"Part {number}", "objectives": [f"o{number}"], "text": f"## Tasks\n\nGrief [@sample2020]. {'word ' * words}"},
            )
            for number in (1, 2)
        ),
        *(
            PartData(
                Kind.ITEM,
                f"i{number:02}",
                {
                    "kind": "single",
                    "objective": f"o{number % 2 + 1}",
                    "section": "01-part.md",
                    "stem": f"Is this question {number}?",
                    "options": options,
                },
            )
            for number in range(1, 9)
        ),
    ]
    return files_of_parts(slug, parts, {})
