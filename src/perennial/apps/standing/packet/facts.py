"""What stands in an audit packet: the credits of one license's period, numbered proofs, and what was left out. Opens no file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from perennial.apps.certificates.queries import Certificate
from perennial.apps.credits.queries import CreditView
from perennial.apps.standing.auditing import Audit
from perennial.core.rules import Answer, Line
from perennial.core.values import Refusal

PDF = "application/pdf"
UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')  # what no system takes in the name of a file
TOLD_BY_FINDING = ("duplicate", "lapsed", "outside", "future")
NO_LINE = "It serves nothing that is asked now."
NOT_YET = "An audit packet needs a rule and what the rule goes by. Open the audit check of this license: it says what to tell."


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that stands in the packet once, however many credits it shows.

    `path` is where an uploaded file lies under the folder for files; for a certificate of this site it is empty and `certificate` is set,
    unless the certificate could not be found. `sha256` and `size_bytes` are of an uploaded file; a certificate of this site is drawn anew
    from its facts, and these have a digest of their own.
    """

    number: int
    name: str
    media_type: str
    sha256: str
    size_bytes: int
    path: str = ""
    certificate: Certificate | None = None
    credits: tuple[int, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether it is a certificate of this site."""
        return not self.path

    @property
    def file(self) -> str:
        """Where it lies in the ZIP."""
        return f"certificates/{self.number:02d} {UNSAFE.sub('-', self.name)}"


@dataclass(frozen=True, slots=True)
class PacketCredit:
    """A credit of the period: CE hours that count in all (the most in any line), why others do not, the numbers of its proofs."""

    credit: CreditView
    counted: Decimal
    because: str
    proofs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """One license on one day, ready to be set. `elsewhere` is how many credits of the record have nothing to do with this period."""

    audit: Audit
    answer: Answer
    holder: str
    counted: tuple[PacketCredit, ...]
    left_out: tuple[PacketCredit, ...]
    elsewhere: int
    proofs: tuple[Proof, ...]

    @property
    def credits(self) -> tuple[PacketCredit, ...]:
        """Every credit in it, those that count first."""
        return (*self.counted, *self.left_out)

    @property
    def unproved(self) -> tuple[PacketCredit, ...]:
        """The credits that count and have nothing to show."""
        return tuple(one for one in self.counted if not one.proofs)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Requirements and limits that are asked now."""
        return tuple(line for line in self.answer.lines if line.verdict != "not_asked")

    @property
    def made_on(self) -> date:
        """The day on which it is made."""
        return self.audit.today

    def of(self, proof: Proof) -> tuple[PacketCredit, ...]:
        """The credits that a proof shows."""
        return tuple(one for one in self.credits if one.credit.id in proof.credits)


def packet_of(audit: Audit, certificates: Iterable[Certificate]) -> Packet:
    """Gather the packet of a license that was audited; `certificates` are those of its owner.

    Raises Refusal where nothing can be judged.
    """
    answer = audit.counted
    if answer is None:
        raise Refusal(NOT_YET)
    there = [c for c in audit.standing.credits if not audit.day < c.completed_on <= audit.today]
    told = _reasons(audit, answer)
    hours = _served(answer)
    counted = _oldest_first(PacketCredit(c, hours[c.id], told.get(c.id, "")) for c in there if c.id in hours)
    named = {int(f.credit) for f in audit.findings if f.credit}
    inside = [c for c in there if c.id not in hours and (c.id in named or answer.start <= c.completed_on <= answer.due)]
    left_out = _oldest_first(PacketCredit(c, Decimal(0), told.get(c.id, NO_LINE)) for c in inside)
    proofs = _numbered((*counted, *left_out), {one.number: one for one in certificates})
    person = audit.standing.license.person
    return Packet(
        audit=audit,
        answer=answer,
        holder=person.name or person.email,
        counted=_with_proofs(counted, proofs),
        left_out=_with_proofs(left_out, proofs),
        elsewhere=len(audit.standing.credits) - len(counted) - len(left_out),
        proofs=proofs,
    )


def _served(answer: Answer) -> dict[int, Decimal]:
    """By credit: its hours in the line that counts most of them."""
    found: dict[int, Decimal] = {}
    for line in answer.lines:
        for part in line.credits if line.kind != "limit" else ():
            if part.credit.isdecimal():
                found[int(part.credit)] = max(found.get(int(part.credit), Decimal(0)), part.hours)
    return found


def _reasons(audit: Audit, answer: Answer) -> dict[int, str]:
    """By credit: why it does not count, or not whole; an auditor's own finding before the count's words."""
    told = {int(out.credit): out.because for out in answer.not_counted if out.credit.isdecimal()}
    return told | {int(f.credit): f.because for f in audit.findings if f.credit and f.kind in TOLD_BY_FINDING}


def _oldest_first(credits: Iterable[PacketCredit]) -> tuple[PacketCredit, ...]:
    return tuple(sorted(credits, key=lambda one: (one.credit.completed_on, one.credit.first_id)))


def _numbered(credits: Sequence[PacketCredit], certificates: Mapping[str, Certificate]) -> tuple[Proof, ...]:
    """The proofs in the order of their credits; the same content, or the same certificate, once."""
    found: dict[str, Proof] = {}
    for one in credits:
        for key, proof in _proofs_of(one.credit, certificates):
            known = found.setdefault(key, replace(proof, number=len(found) + 1))
            if one.credit.id not in known.credits:
                found[key] = replace(known, credits=(*known.credits, one.credit.id))
    return tuple(found.values())


def _proofs_of(credit: CreditView, certificates: Mapping[str, Certificate]) -> Iterator[tuple[str, Proof]]:
    if credit.is_ours:
        number = credit.certificate_number
        yield number, Proof(0, f"{number}.pdf", PDF, "", 0, certificate=certificates.get(number))
    for file in credit.proofs:
        yield file.sha256, Proof(0, file.name, file.media_type, file.sha256, file.size_bytes, file.path)


def _with_proofs(credits: Sequence[PacketCredit], proofs: Sequence[Proof]) -> tuple[PacketCredit, ...]:
    return tuple(replace(one, proofs=tuple(p.number for p in proofs if one.credit.id in p.credits)) for one in credits)
