"""The HTML that course text may become; everything else is taken out."""

import nh3

GLOBAL = {"id"}
ALLOWED = {
    "a": {"href", "rel", "aria-label"} | GLOBAL,
    "audio": {"controls", "preload", "src"},
    "blockquote": set[str](),
    "br": set[str](),
    "code": set[str](),
    "details": set[str](),
    "div": {"class", "data-kind", "role", "aria-labelledby", "aria-label", "tabindex"},
    "em": set[str](),
    "figcaption": set[str](),
    "figure": set[str](),
    **{f"h{level}": GLOBAL for level in range(2, 7)},
    "hr": set[str](),
    "img": {"src", "alt", "loading"},
    "li": GLOBAL,
    "ol": {"start", "class"},
    "p": {"class"},
    "pre": set[str](),
    "strong": set[str](),
    "summary": set[str](),
    "sup": set[str](),
    "table": {"class"},
    "tbody": set[str](),
    "td": {"class"},
    "th": {"class", "scope"},
    "thead": set[str](),
    "tr": set[str](),
    "track": {"kind", "label", "src", "srclang"},
    "ul": set[str](),
    "video": {"controls", "preload", "src"},
}
SCHEMES = {"https", "http"}


def safe(html: str) -> str:
    """The same HTML with nothing in it but the allowed tags, attributes and addresses."""
    return nh3.clean(html, tags=set(ALLOWED), attributes=ALLOWED, url_schemes=SCHEMES, link_rel=None)
