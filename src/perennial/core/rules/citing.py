"""What a source is called."""

from urllib.parse import urlsplit

from perennial.core.rules.schema import RuleFile, Source

KINDS = {"board_page": "The board's page", "summary": "A summary"}


def host(url: str | None) -> str:
    """The site that an address leads to, without www."""
    return (urlsplit(url).hostname or "").removeprefix("www.").rstrip(".") if url else ""


def board_address(file: RuleFile) -> str:
    """The board's own page, where one was read; empty where none was."""
    return next((source.url for source in file.sources.values() if source.kind == "board_page" and source.url), "")


def source_name(source: Source) -> str:
    """What a source is called: its citation, else the site on which it was read."""
    if source.cite:
        return source.cite
    kind, site = KINDS.get(source.kind, "The rule's text"), host(source.url)
    return f"{kind} ({site})" if site else kind
