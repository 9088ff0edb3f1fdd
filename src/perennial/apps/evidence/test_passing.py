"""That a retraction reaches those who took a course that cites it, and the provider's people, each once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person
from perennial.apps.courses.builders import make_content, make_course, make_enrolment
from perennial.apps.courses.queries import Course
from perennial.apps.evidence.passing import pass_on
from perennial.apps.notices.queries import notices_of
from perennial.apps.notices.services import quiet_mail
from perennial.apps.providers.builders import make_provider
from perennial.apps.providers.services import add_member
from perennial.apps.works.builders import make_notice, make_work
from perennial.apps.works.queries import Work
from perennial.apps.works.services import keep_records
from perennial.core import courses as core
from perennial.core.literature import Record

pytestmark = pytest.mark.django_db
DOI = "10.1000/gone"


def citing_course(provider: str = "", **changes: object) -> Course:
    content = replace(make_content(**changes), references=(core.Reference("ref", "A.", DOI, ""),))  # type: ignore[arg-type]
    return make_course(content, provider=provider) if provider else make_course(content)


def the_work(**facts: object) -> Work:
    """The work that the course cites, as a service tells of it."""
    Work.objects.filter(doi=DOI).delete()
    return make_work(doi=DOI, **facts)


def told(person: Person) -> list[str]:
    return [one.title for one in notices_of(person)]


def mails(person: Person) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM notices_mail WHERE person_id = %s ORDER BY id", [person.pk])
        return list(cursor.fetchall())


def test_all_who_took_the_course_are_told_once_with_the_facts_of_the_notice() -> None:
    learner = make_enrolment(course=citing_course(title="Nightmares")).person
    stranger = make_enrolment().person
    work = the_work(title="Imagery for nightmares")
    make_notice(work=work, on=date(2026, 11, 18), reason="Data could not be shown")
    assert pass_on(at=timezone.now()) == 1
    assert pass_on(at=timezone.now()) == 0
    (notice,) = notices_of(learner)
    assert notice.text.startswith("“Imagery for nightmares” was retracted on 18 November 2026. Reasons given: Data could not be shown.")
    assert "“Nightmares”. Your hours and certificates stay" in notice.text
    assert notice.link == f"/works/{work.pk}/"
    ((subject, text),) = mails(learner)
    assert subject == "Retracted: a work cited in a course that you took"
    assert "/works/" in text
    assert not told(stranger)


def test_whoever_began_after_it_was_known_saw_the_mark_and_is_not_told() -> None:
    course = citing_course()
    make_notice(work=the_work())
    late = make_enrolment(course=course).person
    pass_on(at=timezone.now())
    assert not told(late)


def test_two_sources_of_one_retraction_tell_once_and_a_correction_tells_nobody() -> None:
    learner = make_enrolment(course=citing_course()).person
    work = the_work()
    make_notice(work=work, source="Crossref", known_at=timezone.now())
    pass_on(at=timezone.now())
    make_notice(work=work, source="Retraction Watch", known_at=timezone.now())
    make_notice(work=work, nature="correction", known_at=timezone.now())
    pass_on(at=timezone.now())
    assert len(told(learner)) == 1
    make_notice(work=work, nature="reinstatement", known_at=timezone.now())
    pass_on(at=timezone.now() + timedelta(hours=1))
    assert told(learner)[0].startswith("Reinstated")


def test_the_provider_s_people_are_told_of_what_they_offer_now() -> None:
    member = make_person()
    provider = make_provider()
    add_member(provider=provider, email=member.email, role="author", at=timezone.now())
    make_enrolment(person=member, course=citing_course(provider.slug))
    make_notice(work=the_work())
    assert pass_on(at=timezone.now()) == 1
    assert told(member) == ["Retracted: a work cited in your course"]


def test_who_wants_no_mail_gets_none_and_a_notice_known_by_pmid_alone_counts() -> None:
    learner = make_enrolment(course=citing_course()).person
    quiet_mail(person=learner)
    work = the_work()
    make_notice(work=work, doi="")
    pass_on(at=timezone.now())
    assert (len(told(learner)), mails(learner)) == (1, [])


def test_what_was_broken_off_is_told_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = make_enrolment(course=citing_course()).person
    make_notice(work=the_work())
    assert pass_on(at=timezone.now(), carry_on=lambda: False) == 0
    with monkeypatch.context() as patch:
        patch.setattr("perennial.apps.evidence.passing.post_all", lambda **_: (_ for _ in ()).throw(RuntimeError("died")))
        with pytest.raises(RuntimeError):
            pass_on(at=timezone.now())
    assert pass_on(at=timezone.now()) == 1
    assert len(told(learner)) == 1


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=1)])
def test_what_an_import_kept_that_ended_after_others_is_told_too(later: timedelta) -> None:
    """Its notices carry the moment at which it began, before those that were passed on meanwhile."""
    learner, now = make_enrolment(course=citing_course()).person, timezone.now() + timedelta(hours=2)
    make_notice(work=make_work(doi="10.1000/other"), known_at=now)
    assert pass_on(at=now) == 0
    make_notice(work=the_work(), known_at=now - timedelta(minutes=20))
    assert pass_on(at=now + later) == 1
    assert pass_on(at=now + later) == 0
    assert len(told(learner)) == 1


def test_a_round_without_news_looks_and_writes_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(3):
        make_notice(work=make_work(doi=f"10.1000/other-{number}"), known_at=timezone.now())
    pass_on(at=timezone.now())
    with django_assert_num_queries(2) as asked:
        pass_on(at=timezone.now())
    assert all(one["sql"].startswith("SELECT") for one in asked.captured_queries)


def test_a_notice_that_gets_its_doi_later_is_told_though_newer_ones_were_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perennial.apps.evidence.passing.BATCH", 1)
    learner, began = make_enrolment(course=citing_course()).person, timezone.now()
    bare = make_notice(work=make_work(doi="", pmid="77"), known_at=began)
    for number in range(2):
        make_notice(work=make_work(doi=f"10.1000/other-{number}"), known_at=began + timedelta(hours=number + 1))
    assert pass_on(at=began) == 0
    assert bare.doi == ""
    keep_records(records=[Record(doi=DOI, pmid="77", title="Sampled", source="csl")], at=began + timedelta(minutes=1))  # waited for a lock
    assert pass_on(at=began) == 1
    assert pass_on(at=began) == 0
    assert len(told(learner)) == 1
