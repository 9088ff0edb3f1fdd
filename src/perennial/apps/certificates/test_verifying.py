"""Weighing a file with no tables and no network: what holds, and every forgery by its name."""

import copy
import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pypdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

from perennial.apps.certificates.builders import make_facts
from perennial.apps.certificates.credential import SHAPE, Issuer, credential_of
from perennial.apps.certificates.facts import Envelope
from perennial.apps.certificates.issuer_keys import Keys, new_keys
from perennial.apps.certificates.issuers import IssuerFile, PublicKey, open_issuer
from perennial.apps.certificates.paper.pdf import CREDENTIAL, STATUS, render
from perennial.apps.certificates.paper.reading import Page
from perennial.apps.certificates.paper.seal import NotSealed, seal_of
from perennial.apps.certificates.paper.signing import signed, signer_of
from perennial.apps.certificates.paper.test_pdf import envelope
from perennial.apps.certificates.verifying import Around, Fault, Forged, Found, look
from perennial.core.badges.proofs import proven
from perennial.core.badges.shape import stray
from perennial.core.badges.status import BITS, Place, list_document
from perennial.core.badges.tokens import token_of

SITE, LIST = "https://ce.example.org", "https://ce.example.org/credentials/status/1"
START = datetime(2026, 11, 25, 16, 8, tzinfo=UTC)
AT = START + timedelta(days=1)
PLACE = Place(LIST, 77)
Change = Callable[[dict[str, Any]], Any]


@cache
def keys_of(name: str) -> Keys:
    return new_keys(name=name, at=START - timedelta(days=9))


KEYS, OTHERS = keys_of("ce.example.org"), keys_of("evil.example")


def issuer_of(keys: Keys, until: datetime | None = None) -> IssuerFile:
    since = START - timedelta(days=9)
    digest = keys.certificate.fingerprint(keys.certificate.signature_hash_algorithm).hex()  # type: ignore[arg-type]
    return IssuerFile("ce.example.org", SITE, (PublicKey(keys.did, since, until),), (PublicKey(digest, since, until, keys.pem),))


TRUSTED = Around(AT + timedelta(days=1), (issuer_of(KEYS),))


def document(of: Envelope | None = None, keys: Keys = KEYS, *, created: datetime = START, **changes: Any) -> dict[str, Any]:
    made = credential_of(of or envelope(), issuer=Issuer(keys.did, "ce.example.org", SITE), place=changes.pop("place", PLACE))
    return proven({**made, **changes}, keys.credential, created=created)


def listed(revoked: list[int] | None = None, keys: Keys = KEYS, address: str = LIST, at: datetime = AT) -> bytes:
    made = list_document(address=address, issuer=keys.did, revoked=revoked or [], at=at)
    return json.dumps(proven(made, keys.credential, created=at)).encode()


def paper(of: Envelope | None = None, keys: Keys = KEYS, *, inside: dict[str, Any] | None = None, status: bytes | None = None) -> bytes:
    of = of or envelope()
    enclosed = {CREDENTIAL: json.dumps(inside or document(of, keys)).encode(), STATUS: status or listed(keys=keys)}
    return signed(render(of, enclosed=enclosed), keys, at=AT)


def faults(found: Found) -> list[Fault]:
    return [fault for fault, _ in found.faults]


@cache
def good() -> bytes:
    return paper()


def test_a_whole_one_holds_with_its_issuer_trusted_and_without() -> None:
    known, unknown = look(good(), TRUSTED), look(good(), Around(AT))
    assert (known.faults, unknown.faults) == ([], [])
    assert (known.page, known.did, known.as_of, known.revoked) == (Page.SAME, KEYS.did, AT, False)
    assert known.issuer == issuer_of(KEYS)
    assert unknown.issuer is None


def token_at(at: datetime) -> bytes:
    bare = {name: part for name, part in document().items() if name != "proof"}
    return token_of(bare, KEYS.credential, not_before=int(at.timestamp())).encode()


def test_credential_and_token_hold_by_themselves() -> None:
    token = token_at(START)
    for data in (json.dumps(document()).encode(), token):
        found = look(data, TRUSTED)
        assert (found.faults, found.did, found.as_of) == ([], KEYS.did, None)


def test_two_hundred_changed_bytes_are_all_found() -> None:
    chance, data = random.Random(20261126), good()
    for _ in range(200):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        with pytest.raises(NotSealed):
            seal_of(bytes(changed))


def test_a_changed_byte_is_named() -> None:
    data = good()
    at = data.index(b"/ByteRange")
    assert Fault.PDF in faults(look(data[: at - 5000] + bytes([data[at - 5000] ^ 1]) + data[at - 4999 :], TRUSTED))


def appended(data: bytes) -> bytes:
    """The same with one harmless change added the way other programs do."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    out = io.BytesIO()
    writer.root["/PageMode"] = writer.root["/Pages"]
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def signed_again(data: bytes) -> bytes:
    """The same with a second signature behind the first, by somebody else."""
    meta, field = signers.PdfSignatureMetadata(field_name="Other", md_algorithm="sha256"), SigFieldSpec("Other")
    writer = IncrementalPdfFileWriter(io.BytesIO(data.replace(b"/P 1\n", b"/P 3\n", 1)))
    return bytes(signers.PdfSigner(meta, signer_of(OTHERS), new_field_spec=field).sign_pdf(writer).getbuffer())


def saved_anew(data: bytes) -> bytes:
    """The same saved by another program, which takes the signature away."""
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    reader = pypdf.PdfReader(io.BytesIO(data))
    writer.add_page(reader.pages[0])
    for name in ("certificate.json", CREDENTIAL, STATUS):
        writer.add_attachment(name, reader.attachments[name][0])
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("change", [appended, lambda data: data + b"\n% more\n", lambda data: data[:-30]])
def test_what_was_added_or_cut_off_is_found(change: Callable[[bytes], bytes]) -> None:
    assert Fault.PDF in faults(look(change(good()), TRUSTED))


def test_a_second_signature_is_found() -> None:
    with pytest.raises(NotSealed, match="more than one signature"):
        seal_of(signed_again(good()))


def test_a_pdf_saved_anew_is_not_called_signed() -> None:
    found = look(saved_anew(good()), TRUSTED)
    assert (found.unsigned, found.seal, found.page, found.faults) == (True, None, Page.AGREES, [])


def test_another_who_signs_the_whole_anew_is_not_the_issuer() -> None:
    found = look(paper(keys=OTHERS), TRUSTED)
    assert (found.issuer, found.did) == (None, OTHERS.did)


def test_the_credential_of_the_issuer_in_a_pdf_of_another_is_found() -> None:
    enclosed = {CREDENTIAL: json.dumps(document()).encode(), STATUS: listed()}
    assert faults(look(signed(render(envelope(), enclosed=enclosed), OTHERS, at=AT), TRUSTED)) == [Fault.ISSUER]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"holder_name": "Someone Else"}, "the name"),
        ({"course_title": "Another course"}, "the title"),
        ({"hours": [{"category": "General", "minutes": 900, "minutes_per_hour": 60}]}, "the hours"),
        ({"provider_name": "Another"}, "the provider"),
        ({"completed_on": START.date() - timedelta(days=300)}, "the day"),
        ({"licenses": []}, "something else"),
    ],
)
def test_a_page_with_other_facts_than_the_credential_is_found(changes: dict[str, Any], what: str) -> None:
    shown = envelope(make_facts(**changes))
    found = look(paper(shown, inside=document()), TRUSTED)
    assert faults(found) == [Fault.FACTS]
    assert what in found.faults[0][1]


def test_a_page_drawn_from_other_facts_than_it_carries_is_found() -> None:
    shown = envelope(make_facts(holder_name="Someone Else"))
    inside = {CREDENTIAL: json.dumps(document()).encode(), STATUS: listed()}
    page = render(shown, enclosed=inside).replace(b"Someone Else", b"Someone Else")
    drawn = pypdf.PdfWriter(clone_from=io.BytesIO(page))
    names = drawn.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
    names[1].get_object()["/EF"]["/F"].get_object().set_data(envelope().as_json())
    out = io.BytesIO()
    drawn.write(out)
    assert Fault.PAGE in faults(look(signed(out.getvalue(), KEYS, at=AT), TRUSTED))


def swapped(contexts: list[str]) -> Change:
    return lambda made: made.update({"@context": contexts})


FORGED: dict[str, tuple[Change, Fault]] = {
    "a changed word": (lambda made: made.update(name="Certificate of completion PER-2026-000002"), Fault.PROOF),
    "no proof": (lambda made: made.pop("proof"), Fault.PROOF),
    "other contexts": (swapped(["https://www.w3.org/ns/credentials/v2"]), Fault.PROOF),
    "contexts in another order": (lambda made: made["@context"].reverse(), Fault.PARTS),
    "a part that linked data drops": (lambda made: made.update(license="RN"), Fault.PARTS),
    "the same inside": (lambda made: made["credentialSubject"]["achievement"].update(hours="40"), Fault.PARTS),
    "nothing where something may stand": (lambda made: made["credentialSubject"]["achievement"].update(alignment=None), Fault.PARTS),
    "a type that no context knows": (lambda made: made["type"].append("Gold"), Fault.PARTS),
    "the name of another issuer": (lambda made: made["issuer"].update(id=OTHERS.did), Fault.PROOF),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_credential_is_refused_by_name(forged: str) -> None:
    change, fault = FORGED[forged]
    made = copy.deepcopy(document())
    change(made)
    assert fault in faults(look(json.dumps(made).encode(), TRUSTED))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [found for name, inside in value.items() for found in leaves(inside, (*path, name))]
    if isinstance(value, list):
        return [found for place, inside in enumerate(value) for found in leaves(inside, (*path, place))]
    return [path]


def test_every_single_word_of_it_is_covered() -> None:
    whole = document()
    assert stray(whole, SHAPE) == ""
    for path in leaves(whole):
        made = copy.deepcopy(whole)
        holder: Any = made
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = not holder[path[-1]] if isinstance(holder[path[-1]], bool) else f"{holder[path[-1]]}x"
        assert look(json.dumps(made).encode(), TRUSTED).faults, path


def test_one_that_names_one_issuer_and_is_signed_by_another_is_found() -> None:
    made = credential_of(envelope(), issuer=Issuer(KEYS.did, "ce.example.org", SITE), place=PLACE)
    forged = proven(made, OTHERS.credential, created=START)
    assert Fault.ISSUER in faults(look(json.dumps(forged).encode(), TRUSTED))


def test_dates_are_kept() -> None:
    expired = json.dumps(document(validUntil="2026-11-26T00:00:00Z")).encode()
    assert faults(look(expired, TRUSTED)) == [Fault.EXPIRED]
    assert faults(look(good(), replace(TRUSTED, at=START - timedelta(days=1)))) == [Fault.NOT_YET]
    ended = Around(AT, (issuer_of(KEYS, until=START - timedelta(days=2)),))
    assert faults(look(good(), ended)) == [Fault.KEY, Fault.KEY]
    assert faults(look(token_at(START), ended)) == [Fault.KEY]
    bare = {**document(), "proof": document()["proof"][0]}  # one proof may stand without a list around it
    assert faults(look(json.dumps(bare).encode(), ended)) == [Fault.KEY]


def test_a_revoked_one_is_found_by_the_list_inside_and_by_a_newer_one() -> None:
    assert faults(look(paper(status=listed([77])), TRUSTED)) == [Fault.REVOKED]
    found = look(good(), replace(TRUSTED, status=listed([77], at=AT + timedelta(hours=5))))
    assert (faults(found), found.as_of) == ([Fault.REVOKED], AT + timedelta(hours=5))
    assert look(good(), replace(TRUSTED, status=listed([78]))).faults == []


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (lambda: listed(keys=OTHERS), "another issuer"),
        (lambda: listed(address=f"{LIST}2"), "another list"),
        (lambda: listed().replace(b'"revocation"', b'"suspension"'), "changed"),
        (lambda: b"{}", "no proof"),
        (lambda: b"[]", "no status list"),
        (lambda: b"[" * 5000, "nested"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(status: Callable[[], bytes], says: str) -> None:
    found = look(json.dumps(document()).encode(), replace(TRUSTED, status=status()))
    assert faults(found) == [Fault.STATUS]
    assert says in found.faults[0][1]


def test_a_place_outside_the_list_is_refused() -> None:
    made = json.dumps(document(place=Place(LIST, BITS))).encode()
    found = look(made, replace(TRUSTED, status=listed()))
    assert faults(found) == [Fault.STATUS]
    assert "131,072" in found.faults[0][1]


def test_what_readers_could_read_differently_is_refused() -> None:
    twice = json.dumps(document()).encode().replace(b'"id": "https', b'"id": "x", "id": "https', 1)
    for data, says in ((twice, "twice"), (b'{"credentialSubject": ' + b"[" * 90_000, "nested"), (b"{" + b" " * 3_000_000, "larger")):
        with pytest.raises(ValueError, match=says):
            look(data, TRUSTED)


def test_a_token_without_a_true_signature_is_refused() -> None:
    with pytest.raises(Forged, match="'none'"):
        look(b"eyJhbGciOiJub25lIn0.e30.", TRUSTED)
    changed = token_at(START).replace(b".", b".eyJ4IjoxfQ.", 1).rpartition(b".")
    with pytest.raises(Forged, match="does not fit"):
        look(b".".join((changed[0].rpartition(b".")[0], changed[2])), TRUSTED)


@pytest.mark.parametrize(("index", "fits"), [(BITS - 1, True), (BITS, False), (999_999_999, False)])
def test_a_bit_that_no_list_can_have_is_refused_where_no_list_is_at_hand(index: int, fits: bool) -> None:
    data = json.dumps(document(place=Place(LIST, index))).encode()
    assert faults(look(data, TRUSTED)) == ([] if fits else [Fault.STATUS])


def test_a_list_that_no_longer_holds_is_not_used() -> None:
    made = list_document(address=LIST, issuer=KEYS.did, revoked=[], at=AT)
    data = json.dumps(document()).encode()
    for until, wrong in ((TRUSTED.at, True), (TRUSTED.at + timedelta(days=1), False)):
        held = json.dumps(proven({**made, "validUntil": until.isoformat()}, KEYS.credential, created=AT)).encode()
        assert (faults(look(data, replace(TRUSTED, status=held))) == [Fault.STATUS]) is wrong


def test_the_file_of_an_issuer_comes_back_as_it_was() -> None:
    issuer = issuer_of(KEYS, until=AT)
    assert open_issuer(issuer.as_json()) == issuer
    slipped_in = replace(issuer, dids=(PublicKey(OTHERS.did, START - timedelta(days=99)), *issuer.dids))
    assert slipped_in.fingerprint != issuer.fingerprint
    for data in (b"{}", b"[]", b'{"perennial_issuer": 1}', issuer.as_json().replace(KEYS.did.encode(), b"did:web:x")):
        with pytest.raises(ValueError, match="issuer's"):
            open_issuer(data)
