"""How much a file of others may hold. Beyond, it is refused as a whole, with the limit named."""

LARGEST_FILE_BYTES = 32_000_000
LARGEST_ARCHIVE_BYTES = 500_000_000
LARGEST_UNPACKED_BYTES = 1_000_000_000
LARGEST_ENTRY_BYTES = 64_000_000
MOST_ENTRIES = 20_000
MOST_RATIO = 200
"""How many times larger an entry may be unpacked; text packs at most some 1 to 100, a bomb 1 to 1,000."""
MOST_QUESTIONS = 20_000
MOST_LINES = 60_000
LONGEST_TEXT = 4000
"""Characters of a stem, an option, a step: what the course folder takes."""
MOST_ANSWERS = 40
MOST_STEPS = 20
LARGEST_NUMBER = 10**12
DEEPEST_MARKUP = 60
LONGEST_MARKUP = 100_000
"""Characters of one text with its marks, pictures inside it aside; a text that long is refused for its length."""


def megabytes(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1_000_000:,.0f} MB"
