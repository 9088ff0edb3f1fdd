"""What is asked of the process that lays files, and what it answers; apart from it, so that who asks loads nothing that opens files."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What files may cost: pages of one and of all, pixels of a picture and of one inside a PDF, seconds for one file."""

    file_pages: int = 40
    pages: int = 300
    pixels: int = 60_000_000
    pdf_pixels: int = 180_000_000  # a letter page scanned at 1,200 dots an inch has 135 million
    file_seconds: int = 10


@dataclass(frozen=True, slots=True)
class Job:
    """A file to lay: `source` and what is made of it lie in the task's folder."""

    number: int
    source: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Laid:
    """What became of a file: pages as (file, page in it, whether wider than high), or why there is none; `cut` pages were left off."""

    number: int
    pages: list[tuple[str, int, bool]] = field(default_factory=list)
    cut: int = 0
    says: str = ""
