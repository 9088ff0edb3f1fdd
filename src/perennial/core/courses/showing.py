"""Media in the text of a section: pictures with words, sound and film with captions and transcript, files to keep."""

from collections.abc import Mapping, Sequence
from html import escape

from markdown_it.token import Token

from perennial.core.courses.course import Media

LANGUAGES: Mapping[str, str] = {"en": "English"}


def place_media(tokens: Sequence[Token], media: Sequence[Media], at: str) -> None:
    """Have each image of the text that names a file of `media` become what that file is; any other becomes its words.

    `at` is the address before the names; without one the title stands for the file. Media alone in a paragraph become figures.
    """
    known = {f"media/{one.file}": one for one in media}
    for place, token in enumerate(tokens):
        children = token.children or []
        shown = [child for child in children if child.type == "image"]
        alone = bool(shown) and all(child.type in {"image", "softbreak", "hardbreak"} or not child.content.strip() for child in children)
        for child in shown:
            one = known.get(str(child.attrGet("src")))
            child.type, child.tag, child.nesting = "media", "", 0
            child.meta = {"html": _html(one, child.content, at, alone=alone)}
            child.children = None
        if alone and tokens[place - 1].type == "paragraph_open" and all(str(child.attrGet("src")) in known for child in shown) and at:
            tokens[place - 1].hidden = tokens[place + 1].hidden = True


def _html(one: Media | None, words: str, at: str, *, alone: bool) -> str:
    """A file in the text: a figure where it stands alone, else the picture itself or a link."""
    if one is None or not at:
        return escape(one.title if one else words)
    address = escape(at + one.file)
    if one.kind == "image":
        picture = f'<img src="{address}" alt="{escape(one.alt or words)}" loading="lazy">'
        return f"<figure>{picture}<figcaption>{escape(one.title)}</figcaption></figure>" if alone else picture
    if one.kind == "file" or not alone:
        link = f'<a href="{address}">{escape(one.title)} ({escape(one.file.rpartition(".")[2].upper())})</a>'
        return f"<p>{link}</p>" if alone else link
    return f"<figure>{_player(one, address, at)}<figcaption>{escape(_caption(one))}</figcaption></figure>{_transcript(one)}"


def _player(one: Media, address: str, at: str) -> str:
    """Sound or film with its controls; nothing is loaded before someone asks for it."""
    if one.kind == "audio":
        return f'<audio controls preload="none" src="{address}"></audio>'
    track = f'<track kind="captions" srclang="en" label="{LANGUAGES["en"]}" src="{escape(at + one.captions)}">' if one.captions else ""
    return f'<video controls preload="none" src="{address}">{track}</video>'


def _caption(one: Media) -> str:
    """The title and how long it runs."""
    return f"{one.title} ({one.minutes.normalize():f} min)" if one.minutes else one.title


def _transcript(one: Media) -> str:
    """What is said, to be opened."""
    if not one.transcript:
        return ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in one.transcript.split("\n") if line.strip())
    return f"<details><summary>Transcript of {escape(one.title)}</summary>{lines}</details>"
