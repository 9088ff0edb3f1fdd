"""Walks every address of the site as somebody else: what belongs to one person is 404 for another, and a stranger is asked to sign in."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.accounts.queries import Person, tokens_of
from perennial.apps.accounts.services import make_token
from perennial.apps.appraisals.builders import answer_all, make_appraisal
from perennial.apps.appraisals.services import share_appraisal, start_pairing
from perennial.apps.assessments.queries import attempts_of
from perennial.apps.clubs.builders import make_meeting
from perennial.apps.clubs.queries import everybody_there
from perennial.apps.clubs.services import add_word, sign_by_code
from perennial.apps.collections.builders import make_kept
from perennial.apps.collections.services import collect
from perennial.apps.courses.builders import completed
from perennial.apps.courses.content import content_of
from perennial.apps.courses.following import commit, schedule
from perennial.apps.courses.highlights import Passage, keep_highlight
from perennial.apps.courses.models import FollowUp
from perennial.apps.courses.queries import Enrolment, purpose_of
from perennial.apps.credits.builders import make_credit
from perennial.apps.credits.models import Proposal
from perennial.apps.credits.services import add_proof
from perennial.apps.credits.shoebox import drop_file, read_waiting
from perennial.apps.desk.builders import make_desk, make_whole_draft
from perennial.apps.desk.media import add_file
from perennial.apps.evidence.builders import make_digest, make_saved
from perennial.apps.intakes.builders import make_intake
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.services import record_duty
from perennial.apps.notices.builders import make_notice
from perennial.apps.plans.builders import make_candidate, make_kept_plan, make_run
from perennial.apps.portal.services import record_of
from perennial.apps.providers.services import ApprovalFacts, enter_approval
from perennial.apps.standing.packet.orders import order_packet
from perennial.apps.trials.builders import make_dataset

PDF = b"%PDF-1.7\n%%EOF\n"
CERTIFICATE = b"Certificate of completion\nEthics in practice\nCompleted on January 15, 2026\n3 CE hours\nProvider: Valley Institute\n"
METHODS = ("get", "post", "put", "patch", "delete")
# Addresses with a name or number in them that are for everyone, or that give each person their own.
FOR_EVERYONE = {
    "requirements/<str:jurisdiction>/<str:profession>/",
    "requirements/<str:jurisdiction>/<str:profession>/history/",
    "requirements/<str:jurisdiction>/<str:profession>/mistake/",
    "requirements/told/<str:token>/",  # whoever holds the token: tested beside the page
    "standing/calendar/<str:token>.ics",  # whoever holds the token: tested beside the feed
    "notices/unsubscribe/<str:token>/",  # likewise
    "desk/invitations/<str:token>/",  # likewise
    "appraisals/forms/<slug:design>/",
    "appraisals/shared/<str:token>/",  # whoever holds the token, or the one named person with it: tested beside the page
    "appraisals/pairs/join/<str:token>/",  # whoever holds the token: likewise
    "clubs/by-link/<str:token>/",  # likewise
    "trials/<slug:slug>/",  # a person's own is 404 for others: tested beside the page
    "trials/<slug:slug>/<slug:name>.<slug:form>",  # likewise
    "trials/<slug:dataset>/read/",  # likewise
    "evidence/digest/feed/<str:token>.xml",  # whoever holds the token: tested beside the page
    "evidence/digest/mail/<str:token>/",  # likewise
    "my-library/export/<slug:form>/",  # each their own
    "works/<path:doi>/",
    "works/<int:pk>/",
    "resources/<slug:slug>/",
    "resources/<slug:slug>/dead/",
    "practices/<slug:slug>/",
    "practices/<slug:slug>/follow/",  # each follows for themselves
    "practices/<slug:slug>/unfollow/",
    "courses/<slug:slug>/",
    "courses/<slug:slug>/start/",
    "plans/enrol/<slug:slug>/",
    "courses/<slug:slug>/read/<slug:stem>/",
    "courses/<slug:slug>/cases/<slug:name>/",
    "courses/<slug:slug>/cases/<slug:name>/choose/",  # in one's own enrolment alone: tested beside the page
    "desk/<slug:provider>/courses/<slug:draft>/items/<slug:name>/",  # of a published course's desk alone: tested beside the page
    "courses/<slug:slug>/media/<slug:digest>/<str:name>",
    "verify/<str:token>",
    "credentials/status/<int:number>",
    "api/v1/requirements/<jurisdiction>/<profession>",
    "api/v1/practices/<slug:slug>",
    "api/v1/practices/<slug:slug>/follow",  # each follows for themselves
    "api/v1/courses/<slug:slug>",
    "api/v1/courses/<slug:slug>/sections/<slug:stem>",
    "api/v1/courses/<slug:slug>/would-count",
    "api/v1/courses/<slug:slug>/enrolments",
    "api/v1/certificates/verify/<token>",
}
# Addresses for those who work for the site; that no one else finds them is tested beside the pages.
FOR_STAFF = {
    "requirements/reports/<int:pk>/",
    "requirements/reports/<int:pk>/change.toml",
    "certificates/issued/<str:number>/",
    "certificates/issued/<str:number>/correct/",
}
# A body that every address of the API can read, so that it is asked who may before what was sent is judged.
BODY: dict[str, Any] = {
    "key": "somebody-else",
    "chosen": ["a"],
    "place": "",
    "text": "Somebody else's words",
    "quote": "Somebody else's words",
    "revision": 0,
    "reason": "Somebody else's reason",
    "answers": {},
    "title": "Somebody else's title",
    "provider_name": "Somebody else",
    "completed_on": "2026-01-15",
    "minutes": 60,
    "hours": "1",
    "format": "asynchronous",
}


def owned(person: Person) -> dict[str, str]:
    """Everything that can belong to a person, made for this one: address by pattern."""
    now = timezone.now()
    license = make_license(person=person)
    duty = record_duty(person=person, license=license, what="law_and_ethics_exam", on=now.date())
    entry = make_credit(person=person)
    proof = add_proof(entry=entry, upload=SimpleUploadedFile("proof.pdf", PDF), at=now)
    enrolment = completed(person=person)
    (attempt,) = attempts_of(person, purpose_of(enrolment))
    follow_up(enrolment)
    make_token(person=person, name="Laptop", at=now)
    course, plan = make_candidate(person=person), make_kept_plan(person=person)
    proposal, notice = in_the_shoebox(person), make_notice(person=person)
    packet = order_packet(license=license, day=now.date(), site="", proofs=1, at=now)
    desk, desk_keys = at_a_desk(person)
    appraised_names, appraised_keys = appraised(person)
    club = a_club(person)
    found = {
        **desk,
        **club,
        "slug": enrolment.slug,
        "stem": content_of(enrolment.course).sections[0].file.removesuffix(".md"),
        "number": enrolment.certificate_number,
        "item_id": attempt.drawn[0],
        "occurrence": enrolment.occurrence,
        "days": 60,
        "duty": duty.pk,
        **appraised_names,
        "uid": keep_highlight(enrolment=enrolment, file="01-part.md", uid=uuid4(), passage=Passage("Words"), at=now).uid,
    }
    keys = {
        "dashboard/": license.pk,
        "standing/": license.pk,
        "standing/packets/": packet.pk,
        "api/v1/standing/licenses/": license.pk,
        "plans/candidates/": course.pk,
        "plans/kept/": plan.pk,
        "plans/runs/": make_run(person=person).pk,
        "api/v1/plans/candidates/": course.pk,
        "licenses/": license.pk,
        "record/": entry.pk,
        "record/proofs/": proof.pk,
        "record/shoebox/": proposal.pk,
        "notices/": notice.pk,
        **a_library(person, club["meeting"]),
        **appraised_keys,
        **desk_keys,
        "api/v1/notices/": notice.pk,
        "account/tokens/": tokens_of(person)[0].pk,
        "api/v1/assessments/": attempt.pk,
        "api/v1/licenses/": license.pk,
        "api/v1/licenses/duties/": duty.pk,
        "api/v1/record/": entry.pk,
        "api/v1/record/proofs/": proof.pk,
    }
    return {
        pattern: filled(pattern, {**found, **key_of(pattern, keys), **number_of(pattern, attempt.number), **kind_of(pattern)})
        for pattern in private()
    }


def a_library(person: Person, meeting: int) -> dict[str, int]:
    """Keys of their journal club, and of a kept work, a collection, a saved search and a digest of theirs."""
    collection = collect(person=person, name="Somebody's")
    evidence = {"evidence/saved/": make_saved(person=person).pk, "evidence/digest/": make_digest(person=person).pk}
    return {"clubs/": meeting, "my-library/works/": make_kept(person=person).pk, "my-library/collections/": collection.pk, **evidence}


def a_club(person: Person) -> dict[str, Any]:
    """A journal club of theirs that goes on now, with a question, a word and a mark; and a trial database of theirs."""
    now = timezone.now()
    meeting = make_meeting(host=person, at=now - timedelta(hours=1), starts_at=now - timedelta(minutes=9), ends_at=now + timedelta(hours=1))
    host, question = meeting.guests.get(), meeting.questions.all()[0]
    said = add_word(guest=host, text="Somebody's words", at=now)
    sign_by_code(guest=host, code="", arrives=True, at=now)
    (there,) = everybody_there(meeting)
    dataset = make_dataset(owner=person).slug
    return {"dataset": dataset, "meeting": meeting.pk, "question": question.pk, "said": said.pk, "mark": there.marks[0].pk}


def in_the_shoebox(person: Person) -> Proposal:
    """What a file in the shoebox was read as."""
    drop_file(person=person, upload=SimpleUploadedFile("certificate.txt", CERTIFICATE), at=timezone.now())
    read_waiting(person=person, at=timezone.now())
    return Proposal.objects.latest("pk")


def follow_up(enrolment: Enrolment) -> None:
    """What is asked after a course, as if its days had come."""
    commit(enrolment=enrolment, texts=["Somebody's words"], at=timezone.now())
    schedule(enrolment=enrolment, kind=FollowUp.Kind.RECALL, at=timezone.now())
    FollowUp.objects.update(due_on=timezone.localdate())


def appraised(person: Person) -> tuple[dict[str, Any], dict[str, int]]:
    """A finished appraisal that is shown to somebody, and one of a pair: what names them in addresses, and keys by their beginning."""
    done, at = answer_all(make_appraisal(person=person)), timezone.now()
    names = {"item": "chance", "share": share_appraisal(appraisal=done, email="ana@example.org", at=at).pk}
    pairing = start_pairing(appraisal=make_appraisal(person=person), at=at)
    return names, {"appraisals/": done.pk, "appraisals/pairs/": pairing.pk}


def at_a_desk(person: Person) -> tuple[dict[str, Any], dict[str, int]]:
    """A desk with a draft, a file and an approval: what names them in addresses, and keys by the beginning of the address."""
    now, provider = timezone.now(), make_desk(person)
    facts = ApprovalFacts("APA", "", "Approved.", now.date(), None)
    approval = enter_approval(provider=provider, facts=facts, person=person, at=now)
    draft = make_whole_draft(provider, person=person)
    add_file(draft=draft, upload=SimpleUploadedFile("a.pdf", PDF), person=person, at=now)
    names = {
        "provider": provider.slug,
        "draft": draft.slug,
        "name": "i01",
        "file": "a.pdf",
        "format": "gift",
        "person": person.pk,
        "body": "APA",
        "year": now.year,
        "form": "csv",
    }
    keys = {
        "desk/<slug:provider>/approvals/": approval.pk,
        "desk/<slug:provider>/intakes/": make_intake(provider, person=person).pk,
    }
    return names, keys


def key_of(pattern: str, keys: dict[str, int]) -> dict[str, int]:
    """The key that an address of this area takes: the longest prefix decides."""
    fitting = [prefix for prefix in keys if pattern.startswith(prefix)]
    return {"pk": keys[max(fitting, key=len)]} if fitting else {}


def kind_of(pattern: str) -> dict[str, str]:
    """The kind of part that an address at the desk takes: one of which there are many, or one of its kind."""
    return {"kind": "item" if "/of/" in pattern or "/add/" in pattern else "about"}


def number_of(pattern: str, attempt: int) -> dict[str, int]:
    """The number of the attempt, where an address takes that and not a certificate's."""
    return {"number": attempt} if "test/" in pattern else {}


def filled(pattern: str, values: dict[str, Any]) -> str:
    """The address of a pattern with these values."""
    address = pattern
    for name, value in values.items():
        for kind in ("", "int:", "str:", "slug:", "uuid:", "uuidstr:"):
            address = address.replace(f"<{kind}{name}>", str(value))
    assert "<" not in address, f"{address}: say in this test whose it is"
    return f"/{address}"


def private() -> list[str]:
    """Every pattern that names something, except those for everyone or for staff, and those of the package that signs people in."""
    others = FOR_EVERYONE | FOR_STAFF
    return [pattern for pattern in set(patterns(get_resolver())) if "<" in pattern and "?P<" not in pattern and pattern not in others]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the site as it is written in its urls.py."""
    for entry in resolver.url_patterns:
        here = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        elif not here.startswith("account/2fa/"):
            yield here


def ask(client: Client, method: str, address: str) -> int:
    """The status of a request with a body that can be read."""
    if address.endswith("/proofs") and method == "post":
        return client.post(address, {"file": SimpleUploadedFile("other.pdf", PDF)}).status_code
    if address.startswith("/api/"):
        return client.generic(method.upper(), address, json.dumps(BODY), content_type="application/json").status_code
    return client.generic(method.upper(), address).status_code


def kept(person: Person) -> dict[str, Any]:
    """Everything kept of a person."""
    return {**record_of(person, timezone.now()), "made_at": ""}


@pytest.mark.django_db
def test_what_is_one_persons_is_not_there_for_another() -> None:
    owner, other = make_person(), Client()
    addresses = owned(owner)
    before = kept(owner)
    other.force_login(make_person())
    for pattern, address in addresses.items():
        statuses = {method: ask(other, method, address) for method in METHODS}
        assert set(statuses.values()) <= {404, 405}, (pattern, statuses)
        assert 404 in statuses.values(), (pattern, statuses)
    assert kept(owner) == before


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in() -> None:
    addresses, stranger = owned(make_person()), Client()
    for pattern, address in addresses.items():
        statuses = {method: ask(stranger, method, address) for method in METHODS}
        assert set(statuses.values()) <= {302, 401, 405}, (pattern, statuses)
    page = stranger.get(addresses["record/<int:pk>"])
    assert page.headers["Location"].startswith(reverse(settings.LOGIN_URL))


@pytest.mark.django_db
def test_the_owner_finds_each_of_them() -> None:
    owner = make_person()
    addresses, client = owned(owner), Client()
    client.force_login(owner)
    for pattern, address in addresses.items():
        assert ask(client, "get", address) in {200, 302, 405}, pattern
