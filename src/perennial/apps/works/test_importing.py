"""Taking over files: what is kept, that nothing is doubled, and that what was stopped goes on."""

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from perennial.apps.practices.builders import make_practice
from perennial.apps.works import importing
from perennial.apps.works.builders import make_work
from perennial.apps.works.keeping import keep_records
from perennial.apps.works.models import Work, WorkImport, WorkNotice
from perennial.apps.works.queries import changed_after, count, marks_of, practice_slugs_of, record_of, standings_of, works_of_practice
from perennial.apps.works.services import import_file, import_retractions, say_practices, tag_changed
from perennial.core.literature import Record
from perennial.core.literature.test_services import EUROPE_PMC, FOOT, HEAD, OPENALEX, articles

pytestmark = pytest.mark.django_db


def take(text: str | bytes, form: str = "pubmed", name: str = "sample") -> WorkImport:
    """Take over a file with this in it."""
    body = text.encode() if isinstance(text, str) else text
    return import_file(file=io.BytesIO(body), name=name, form=form, now=timezone.now)


def test_one_work_of_three_services_whatever_comes_first() -> None:
    files = {"pubmed": HEAD + articles(77) + FOOT, "europepmc": json.dumps(EUROPE_PMC), "openalex": json.dumps(OPENALEX)}
    for order in (["pubmed", "europepmc", "openalex"], ["openalex", "europepmc", "pubmed"]):
        Work.objects.all().delete()
        WorkImport.objects.all().delete()
        for form in order:
            take(files[form], form)
        work = Work.objects.get(pmid="77")
        assert count() == 2, "the preprint is another work"
        assert (work.source, work.title, work.doi) == ("pubmed", "A sample of samples & more", "10.1000/s.77")
        assert work.kinds[:2] == ["Journal Article", "Retracted Publication"]
        assert "Randomized Controlled Trial" in work.kinds
        assert work.level == "randomized_trial"
        assert work.abstract == "One. Two words and words", "the longest of the three"
        assert "both carry PMID 77" in work.joined_because
    assert standings_of(["10.1000/s.77"])["10.1000/s.77"].words == "Retracted"
    assert record_of(work).vancouver.startswith(
        "Sample AM, The Sample Group. A sample of samples & more. Journal of samples. 1998;7(2):1-9."
    )


@pytest.mark.parametrize("notice_first", [False, True])
def test_a_notice_marks_the_work_that_it_names_once_whichever_comes_first(notice_first: bool) -> None:
    notice = (
        articles(9).replace("RetractionIn", "RetractionOf").replace('<PMID Version="1">9</PMID>\n</C', '<PMID Version="1">5</PMID>\n</C')
    )
    notice = notice.replace("Retracted Publication", "Retraction of Publication").replace("ErratumIn", "CommentIn")
    work = articles(5).replace("Retracted Publication", "Review").replace("ErratumIn", "CommentIn")
    for text in (notice, work) if notice_first else (work, notice):
        take(HEAD + text + FOOT)
    assert standings_of(["10.1000/s.5", "10.1000/s.9"]).keys() == {"10.1000/s.5"}
    assert [(one.pmid, one.doi, one.nature) for one in WorkNotice.objects.all()] == [("5", "10.1000/s.5", "retraction")]


def test_a_notice_alone_marks_a_work_whose_own_record_says_nothing() -> None:
    make_work(doi="10.1000/s.5", pmid="5")
    take(
        HEAD
        + articles(9).replace("RetractionIn", "RetractionOf").replace('<PMID Version="1">9</PMID>\n</C', '<PMID Version="1">5</PMID>\n</C')
        + FOOT
    )
    assert standings_of(["10.1000/s.5"])["10.1000/s.5"].words == "Retracted"


def test_a_notice_that_names_a_work_by_one_number_marks_it_by_the_other() -> None:
    """As Retraction Watch does where a paper had no DOI: courses cite it by DOI, lists show it by PMID."""
    whole, bare = make_work(doi="10.1000/s.5", pmid="5"), make_work(doi="", pmid="6")
    rows = [f"{number},{number},unavailable,10/4/2021 0:00,Retraction,,\n" for number in (5, 6, 7)]
    import_retractions(
        lines=["Record ID,OriginalPaperPubMedID,OriginalPaperDOI,RetractionDate,RetractionNature,Reason,RetractionDOI\n", *rows],
        at=timezone.now(),
    )
    found = standings_of(["10.1000/S.5", "6", "8", "nonsense", ""])
    assert {number: (one.doi, one.words) for number, one in found.items()} == {
        "10.1000/s.5": ("10.1000/s.5", "Retracted"),
        "6": ("", "Retracted"),
    }
    assert marks_of([whole, bare]).keys() == {whole.pk, bare.pk}


def test_a_file_that_is_done_is_not_read_again_and_its_copy_adds_nothing() -> None:
    text = HEAD + articles(1, 2) + FOOT
    first = take(text)
    assert (first.taken, first.counts["new"], first.done_at is not None) == (2, 2, True)
    moment = Work.objects.latest("changed_at").changed_at
    assert take(text).pk == first.pk
    again = take(text + "\n")
    assert (again.counts["new"], again.counts["changed"], again.counts["unchanged"]) == (0, 0, 2)
    assert count() == 2
    assert changed_after(moment, Work.objects.latest("pk").pk, 10) == [], "an index has nothing to do"


def test_an_import_that_was_killed_goes_on_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(json.dumps({"title": f"Sample {number}", "DOI": f"10.1000/{number}"}) + "\n" for number in range(2600))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    keep, calls = importing.keep_parts, []

    def once(**given: Any) -> None:
        calls.append(given["parts"])
        (keep if len(calls) == 1 else fail)(**given)

    monkeypatch.setattr(importing, "keep_parts", once)
    with pytest.raises(KeyboardInterrupt):
        take(text, "csl")
    assert WorkImport.objects.get().taken == count() == 1500, "a batch is there whole, or not at all"
    monkeypatch.setattr(importing, "keep_parts", keep)
    state = take(text, "csl")
    assert (state.taken, count(), state.counts["new"]) == (2600, 2600, 2600)


def test_a_batch_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WorkImport, "save", lambda *args, **kwargs: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        take(HEAD + articles(1) + FOOT)
    assert count() == 0


def test_truncated_xml_says_where_and_how_many_and_goes_on_with_the_whole_file() -> None:
    whole = HEAD + articles(1, 2, 3) + FOOT
    for _ in range(2):
        state = take(whole[: whole.index('<PMID Version="1">3')])
        assert (state.taken, count(), state.done_at) == (2, 2, None)
        assert "byte" in state.stopped
        assert "cut off" in state.stopped
    assert take(whole).done_at is not None
    assert count() == 3


def test_what_pubmed_deletes_leaves_the_lists_and_stays_for_those_who_use_it() -> None:
    take(HEAD + articles(1, 2) + FOOT)
    state = take(HEAD + "<DeleteCitation><PMID>2</PMID><PMID>9</PMID></DeleteCitation>" + FOOT)
    assert state.counts["taken_back"] == 1
    assert count() == 1
    assert Work.objects.get(pmid="2").taken_back


def test_conflicting_numbers_are_kept_apart_and_told() -> None:
    make_work(doi="10.1000/s.1", pmid="5")
    state = take(HEAD + articles(1) + FOOT)
    assert (state.counts["apart"], state.counts["new"]) == (1, 1)
    assert "kept apart: DOI 10.1000/s.1 stands here with PMID 5" in state.counts["words"][0]
    assert Work.objects.get(pmid="1").doi == ""


def test_a_number_that_two_records_claim_is_kept_once_however_they_come() -> None:
    """As PubMed tells it where two articles carry one DOI by mistake: anew in an update, and in one batch with a work that lacks it."""
    first, second = (Record(doi="10.1000/s.1", pmid=pmid, title=f"A {pmid}", source="pubmed") for pmid in ("1", "2"))
    for records in (
        [replace(first, doi="")],
        [first, second],
        [second],
        [replace(second, title="B"), Record(pmid="2", title="C", source="ris")],
    ):
        keep_records(records=records, at=timezone.now())
    assert list(Work.objects.order_by("pmid").values_list("pmid", "doi", "title")) == [("1", "10.1000/s.1", "A 1"), ("2", "", "B")]


def test_faults_of_single_records_do_not_stop_the_others() -> None:
    state = take("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \n", "ris")
    assert (state.taken, state.unread, state.problems[0]["where"], state.done_at is not None) == (1, 1, "line 1", True)


def test_a_packed_file_that_is_broken_within_says_so() -> None:
    packed = bytearray(gzip.compress(json.dumps([{"id": str(one), "source": "MED", "title": f"t{one}"} for one in range(5000)]).encode()))
    packed[200:260] = b"x" * 60
    state = take(bytes(packed), "europepmc")
    assert "cannot be read further (error: Error -3" in state.stopped
    assert (state.taken, state.done_at) == (0, None)


@pytest.mark.parametrize("packed", [False, True])
def test_a_large_file_is_read_in_processes_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, packed: bool) -> None:
    monkeypatch.setattr("perennial.apps.works.parsing.LARGE", 1000)
    text = (HEAD + articles(*range(1, 1200)) + "<PubmedArticle>" + FOOT).encode()
    file = tmp_path / "sample.xml"
    file.write_bytes(gzip.compress(text) if packed else text)
    with file.open("rb") as body:
        state = import_file(file=body, name="sample", form="pubmed", now=timezone.now)
    assert (state.taken, count()) == (1199, 1199)
    assert "broken XML" in state.stopped
    assert f"byte {text.rindex(b'<PubmedArticle>')}, line" in state.stopped


def test_works_are_tagged_by_heading_and_text_and_what_the_library_says_stays() -> None:
    make_practice(slug="anxiety", name="Anxiety", mesh=["Anxiety"])
    make_practice(slug="sample-therapy", name="Sample therapy")
    keep_records(
        records=[Record(doi="10.1/a", title="Sample therapy for all", mesh=("Anxiety",), year=2020, source="pubmed")], at=timezone.now()
    )
    work = Work.objects.get()
    assert say_practices(work=work, slugs=["sample-therapy", "unknown"], how="library") == ["unknown"]
    for _ in range(2):
        tag_changed(since=None)
        assert practice_slugs_of([work.pk]) == {work.pk: ["sample-therapy", "anxiety"]}
    strong = make_work(kinds=["Meta-Analysis"], year=2001)
    say_practices(work=strong, slugs=["anxiety"], how="person")
    assert works_of_practice(["anxiety"], order="strongest") == [strong, work]
    assert works_of_practice(["anxiety"], order="newest", most=1) == [work]
