"""Makes an audit packet: the PDF and the ZIP, out of a packet's facts and the files behind its proofs."""

import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.storage import default_storage

from perennial.apps.certificates.queries import FONTS, certificates_of, pdf_of
from perennial.apps.standing.auditing import Audit
from perennial.apps.standing.packet.facts import PDF, Packet, Proof, packet_of
from perennial.apps.standing.packet.jobs import Job, Laid, Limits
from perennial.apps.standing.packet.pdf import Unset, lay_all, set_pdf
from perennial.apps.standing.packet.told import packet_bytes
from perennial.apps.standing.packet.words import packet_words, words_bytes
from perennial.core.values import Refusal

SECONDS = 60.0
"""The most that reading all files of a packet may take."""
LIMITS = Limits()
SLOTS = threading.BoundedSemaphore(2)  # as many are made at once by one process; others wait
GONE = "The file is no longer where it was kept. Ask those who run this site."
TOO_MUCH = "It could not be set with the others."
FAILED = "The packet could not be made. Download the certificates one by one from your record, and tell those who run this site."
AT_ONCE_PROOFS, AT_ONCE_BYTES = 12, 6_000_000
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A packet as files in a folder that goes away; `asides` are the proofs that stand on no page, with the reason."""

    pdf: Path
    zip: Path
    asides: tuple[tuple[Proof, str], ...]


def packet_for(audit: Audit) -> Packet:
    """The packet of a license that was audited; one query. Raises Refusal where nothing can be judged."""
    return packet_of(audit, certificates_of(audit.standing.license.person))


def is_small(packet: Packet) -> bool:
    """Whether it is made within about a second, so that nobody need wait for it on a page of its own."""
    drawn = sum(proof.is_ours for proof in packet.proofs)
    return len(packet.proofs) + drawn <= AT_ONCE_PROOFS and sum(proof.size_bytes for proof in packet.proofs) <= AT_ONCE_BYTES


@contextmanager
def made(packet: Packet, *, site: str, progress: Progress = lambda done: None, seconds: float = SECONDS) -> Iterator[Made]:
    """Make the packet in a folder that is gone afterwards; `progress` is told how many files are done, `seconds` is for reading them.

    A file that is damaged, locked, too large or too slow is set aside: a page says why, and it lies in the ZIP as it was kept.
    Raises Refusal where no PDF could be made at all.
    """
    with SLOTS, TemporaryDirectory(prefix="perennial-packet-") as name:
        folder = Path(name)
        sources = {proof.number: _source(proof, folder, site) for proof in packet.proofs}
        jobs = [Job(proof.number, path.name, proof.media_type) for proof in packet.proofs if (path := sources[proof.number])]
        laid = {one.number: one for one in lay_all(jobs, folder, seconds=seconds, limits=LIMITS, progress=progress)}
        laid |= {number: Laid(number, says=GONE) for number, path in sources.items() if path is None}
        (folder / "packet.json").write_bytes(packet_bytes(packet, site=site))
        laid = _set(packet, laid, folder)
        archive = _zipped(packet, sources, folder)
        asides = tuple((proof, laid[proof.number].says) for proof in packet.proofs if not laid[proof.number].pages)
        yield Made(folder / "packet.pdf", archive, asides)


def _source(proof: Proof, folder: Path, site: str) -> Path | None:
    """The proof's file in the folder; None where there is none."""
    path = folder / f"source-{proof.number}"
    if proof.certificate is not None:
        path.write_bytes(pdf_of(proof.certificate, site=site))
        return path
    if not proof.path or not default_storage.exists(proof.path):
        return None
    with default_storage.open(proof.path, "rb") as kept, path.open("wb") as copy:
        shutil.copyfileobj(kept, copy)
    return path


def _set(packet: Packet, laid: dict[int, Laid], folder: Path) -> dict[int, Laid]:
    """Set the PDF; where that breaks, once more with every uploaded file set aside. Gives what stands in it."""
    ours = {proof.number for proof in packet.proofs if proof.is_ours}
    plain = {number: one if number in ours or not one.pages else Laid(number, says=TOO_MUCH) for number, one in laid.items()}
    for attempt in (laid, plain):
        (folder / "words.json").write_bytes(words_bytes(packet_words(packet, attempt)))
        try:
            set_pdf(folder, fonts=settings.DATA / FONTS)
        except Unset:
            continue
        return attempt
    raise Refusal(FAILED)


def _zipped(packet: Packet, sources: dict[int, Path | None], folder: Path) -> Path:
    """The ZIP: the PDF, the file for programs, and each file as it was kept. What is packed already is stored as it is."""
    archive = folder / "packet.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        out.write(folder / "packet.pdf", "packet.pdf")
        out.write(folder / "packet.json", "packet.json", zipfile.ZIP_DEFLATED)
        for proof in packet.proofs:
            path = sources[proof.number]
            if path is not None:
                out.write(path, proof.file, zipfile.ZIP_DEFLATED if proof.media_type == PDF else None)
    return archive
