"""Marked-up text as the plain text that our questions hold, with what was lost on the way."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perennial.core.questions.found import NOTHING, Marked
from perennial.core.questions.limits import DEEPEST_MARKUP, LONGEST_MARKUP
from perennial.core.values.late import late

if TYPE_CHECKING:
    from lxml import etree
    from lxml import html as lxml_html
else:
    etree, lxml_html = late("lxml.etree"), late("lxml.html")

TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*(?:\s[^<>]*)?/?>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+[0-9]*);")
NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)(?:\s[^<>]*)?/?>")
FORMATTING = frozenset(
    {
        "a", "abbr", "article", "audio", "b", "big", "blockquote", "br", "cite", "code", "dd", "del", "div", "dl", "dt", "em", "embed",
        "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "iframe", "img", "ins", "kbd", "li", "mark",
        "math", "mfrac", "mi", "mn", "mo", "mrow", "msqrt", "msub", "msup", "object", "ol", "p", "pre", "q", "s", "samp", "script",
        "section", "small", "source", "span", "strike", "strong", "style", "sub", "sup", "svg", "table", "tbody", "td", "tfoot", "th",
        "thead", "tr", "track", "tt", "u", "ul", "var", "video",
    }
)  # fmt: skip
EMBEDDED = re.compile(r"data:[a-z0-9/+.;=-]{0,80}base64,[A-Za-z0-9+/=]+", re.IGNORECASE)
FORMULAS = (("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"))
MARKS = re.compile(
    r"\*\*\S|__\S|(?<![\w*])[*_]\w|^#{1,6} |^> |!?\[[^\]\n]{1,200}\]\([^)\n]{1,200}\)|`[^`\n]{1,200}`|^\|.*\|$", re.MULTILINE
)
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    }
)  # fmt: skip
LOST = {
    "b": "bold or italic text", "strong": "bold or italic text", "i": "bold or italic text", "em": "bold or italic text",
    "u": "underlined text", "s": "struck-out text", "strike": "struck-out text", "del": "struck-out text",
    "sub": "raised or lowered text", "sup": "raised or lowered text", "table": "a table's frame", "math": "the setting of a formula",
    "h1": "a heading", "h2": "a heading", "h3": "a heading", "h4": "a heading", "h5": "a heading", "h6": "a heading",
    "ruby": "reading aids above the text",
}  # fmt: skip
ACTIVE = frozenset(["script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "form", "input", "button", "select"])
PLAYED = frozenset(["audio", "video", "svg", "canvas", "img", "image", "picture", "iframe", "object", "embed", "source", "track"])
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp")
SILENT = frozenset(["script", "style", "template", "head", "title", "svg", "canvas", "iframe", "object", "embed", "applet", "annotation"])


def plain(marked: Marked) -> tuple[str, tuple[str, ...]]:
    """The text without marks, and what was lost: 'bold or italic text', 'the picture brain.png'. Nothing of the words is lost."""
    text, lost = marked.text, set[str]()
    if len(text) > LONGEST_MARKUP:
        text = EMBEDDED.sub("data:", text)
    if len(text) > LONGEST_MARKUP:
        return text, ("HTML too long to be read",)
    if _is_html(text) if marked.markup == "auto" else marked.markup == "html" and TAG.search(text):
        text = _from_html(text, lost, keep_lines=marked.markup == "auto")
    elif marked.markup == "html":
        text = " ".join(text.split())
    elif marked.markup == "markdown" and MARKS.search(text):
        lost.add("Markdown, whose signs stay in the text")
    if _has_formula(text):
        lost.add("the setting of a formula, which stays as it was typed")
    return _tidy(text), tuple(sorted(lost))


def _has_formula(text: str) -> bool:
    """Whether something stands between signs that open and close a formula in LaTeX."""
    for opening, closing in FORMULAS:
        start = text.find(opening)
        if start >= 0 and text.find(closing, start + len(opening) + 1) >= 0:
            return True
    return False


def _is_html(text: str) -> bool:
    """Whether all that looks like a tag is one that people format text with; `List<String>` is a word, and stays."""
    names = [found[1].lower() for found in NAME.finditer(text)]
    return all(name in FORMATTING for name in names) if names else bool(TAG.search(text))


def joined(*texts: Marked) -> Marked:
    """Several texts as one, each on a line of its own."""
    kept = [text for text in texts if text]
    if not kept:
        return NOTHING
    if len(kept) == 1:
        return kept[0]
    return Marked("\n".join(plain(text)[0] for text in kept))


def _tidy(text: str) -> str:
    """Lines without spaces at their ends, at most one empty line between two."""
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _from_html(source: str, lost: set[str], *, keep_lines: bool) -> str:
    """Words of an HTML fragment, each block on a line of its own; `keep_lines` where its line ends are meant."""
    try:
        root = lxml_html.fragment_fromstring(source, create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError):
        lost.add("HTML that cannot be read, which stays as it was typed")
        return source
    parts = list(_parts(root, lost, keep_lines=keep_lines))
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t]+", " ", "".join(parts)))
    return text.replace("\x00", " ").replace("\x01", "\n")


def _parts(root: "etree._Element", lost: set[str], *, keep_lines: bool) -> Iterator[str]:
    """Pieces of text in order, walked without recursion. Inside `pre`, spaces and line ends are kept as marks for later."""
    silent = deep = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = str(element.tag).lower() if isinstance(element.tag, str) else ""
        if event == "start":
            deep += 1
            silent += name in SILENT
            preformatted += name == "pre"
            _note(element, name, lost, deep)
            yield from () if silent else (_before(element, name), _said(element.text, preformatted, keep_lines=keep_lines))
            continue
        if event == "end":
            deep -= 1
            yield from () if silent else (_after(element, name),)
            silent -= name in SILENT
            preformatted -= name == "pre"
        if element is not root and not silent:
            yield _said(element.tail, preformatted, keep_lines=keep_lines)


def _said(text: str | None, preformatted: int, *, keep_lines: bool) -> str:
    if not text:
        return ""
    if preformatted:
        return text.replace(" ", "\x00").replace("\n", "\x01")
    return re.sub(r"[ \t]+", " ", text) if keep_lines else re.sub(r"\s+", " ", text)


def _note(element: "etree._Element", name: str, lost: set[str], deep: int) -> None:
    """Say what of this element the plain text will not hold."""
    if name in LOST and (name.startswith(("h", "t", "m")) or "".join(map(str, element.itertext())).strip()):
        lost.add(LOST[name])
    if name in PLAYED:
        file = _file_of(element)
        lost.add(f"{'the picture' if file.lower().endswith(PICTURES) else _played(name)} {file}".strip())
    elif name in ACTIVE:
        lost.add("active content, which is never taken" if name != "style" else "a style sheet")
    if any(str(key).lower().startswith("on") for key in element.attrib):
        lost.add("active content, which is never taken")
    if deep == DEEPEST_MARKUP:
        lost.add("the nesting of its HTML")


def _played(name: str) -> str:
    return {"audio": "the sound", "video": "the video", "source": "the file", "track": "the file"}.get(
        name, "the picture" if name in {"img", "image", "picture", "svg", "canvas"} else "the embedded page"
    )


def _file_of(element: "etree._Element") -> str:
    """The name that a reader of the report knows the file by; data in the address has none."""
    address = str(element.get("src") or element.get("data") or element.get("href") or "")
    return "" if address.startswith("data:") else address.partition("?")[0].rstrip("/").rpartition("/")[2][:80]


def _before(element: "etree._Element", name: str) -> str:
    if name in {"img", "image"}:
        alt = " ".join(str(element.get("alt") or "").split())
        return f"[{alt}]" if alt else ""
    if name == "li":
        return "\n- "
    if name in {"td", "th"}:
        return " " if element.getprevious() is None else " | "
    return "\n" if name in BLOCKS or name == "br" else ""


def _after(element: "etree._Element", name: str) -> str:
    """A link says its address after its words."""
    address = str(element.get("href") or "").strip()
    if name == "a" and address.startswith(("http://", "https://", "mailto:")) and address not in "".join(map(str, element.itertext())):
        return f" ({address})"
    return "\n" if name in BLOCKS else ""
