"""The Markdown of a course: CommonMark with tables, four kinds of box, and references as [@id]."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.container import container_plugin

# Each kind of box and what it is called when the author gives no title.
BOXES = {"case": "Case", "pause": "Stop and think", "practice": "Try this", "note": "Key point"}
CITATION = re.compile(r"\[@([a-z0-9][a-z0-9_-]*)((?:;\s*@[a-z0-9][a-z0-9_-]*)*)\]")


def parse(text: str, *, html: bool = False) -> list[Token]:
    """The tokens of a section. Only a check asks for `html`, to find what is not allowed."""
    return (_CHECKING if html else _READING).parse(text)


@lru_cache(maxsize=64)
def tokens_to_read(text: str) -> tuple[Token, ...]:
    """The same, to be read and never changed: a section is read for its words and for each reference."""
    return tuple(parse(text))


def citations(token: Token) -> tuple[str, ...]:
    """The reference ids that a citation token names."""
    return tuple(token.meta["ids"]) if token.type == "citation" else ()


def inside(tokens: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    """Every token in text order, those within lines too, with the line it stands in (from 1)."""
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        yield token, line
        here = line
        for child in token.children or ():
            yield child, here
            here += child.type in {"softbreak", "hardbreak"}


def box_title(token: Token) -> tuple[str, str]:
    """The kind of a box and its title, which is empty where the author gave none."""
    kind, _, title = token.info.strip().partition(" ")
    return kind, title.strip()


def is_box(token: Token) -> bool:
    """Whether the token opens a box."""
    return token.type.startswith("container_") and token.nesting == 1


def _cite(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the parser's signature)
    """Take [@id] or [@id; @id2] as one token."""
    found = CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.pending = state.pending.rstrip(" ")  # the raised number follows its word closely
        token = state.push("citation", "", 0)
        token.meta = {"ids": re.findall(r"@([a-z0-9_-]+)", found.group())}
        token.content = found.group()
    state.pos = found.end()
    return True


def _parser(*, html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable("table")
    parser.inline.ruler.before("link", "citation", _cite)
    for kind in BOXES:
        parser.use(container_plugin, name=kind, render=_render_box)
    parser.add_render_rule("citation", _render_made)
    parser.add_render_rule("media", _render_made)
    parser.add_render_rule("table_open", _render_table)
    parser.add_render_rule("table_close", _render_table)
    return parser


def _render_made(_: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType) -> str:
    """What was made ready for the token."""
    return str(tokens[place].meta.get("html", ""))


def _render_box(html: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """The box and, at its opening, the title that was made ready."""
    return html.renderToken(tokens, place, options, env) + str(tokens[place].meta.get("html", ""))


def _render_table(html: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType) -> str:
    """A table in a frame that scrolls."""
    table = html.renderToken(tokens, place, options, env)
    if tokens[place].nesting < 0:
        return f"{table}</div>"
    label = tokens[place].meta.get("label", "Table")
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{table}'


_READING = _parser(html=False)
_CHECKING = _parser(html=True)


def to_html(tokens: Sequence[Token]) -> str:
    """The HTML of tokens that were made ready for it. Not yet safe: see `sanitize`."""
    return str(_READING.renderer.render(tokens, _READING.options, {}))
