"""Components as tags: icon, leaf, tag, field, notice, empty, cite, label, dial, bar. Loaded in every template."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse_url
from django.templatetags.static import static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from perennial.ui.context import Place
from perennial.ui.dial import Dial, Hours, draw, plain, share

register = template.Library()

Number = Decimal | float | int

MOST_DRAWN = 256  # drawings are the same for all, and a page repeats them many times
MOST_ADDRESSES = 4096

LEAVES = ("met", "part", "booked", "missing", "out", "vein")
NOTICE_ICONS = {"met": "check", "part": "alert", "missing": "stop", "booked": "info"}


class Address(URLNode):
    """Django's `url`, which looks an address up once: every page names the same few dozen, and most are the same for all."""

    def render(self, context: template.Context) -> str:
        """As Django's, but for what it keeps: names, and numbers or words in their place, without keywords."""
        given = [argument.resolve(context) for argument in self.args]
        if self.kwargs or self.asvar or not all(type(one) in (int, str, SafeString) for one in given):
            return super().render(context)
        matched = getattr(getattr(context, "request", None), "resolver_match", None)
        found = address_of(
            self.view_name.resolve(context), tuple(map(str, given)), getattr(matched, "namespace", None), get_urlconf(), get_script_prefix()
        )
        return conditional_escape(found) if context.autoescape else found


@lru_cache(maxsize=MOST_ADDRESSES)
def address_of(name: str, given: tuple[str, ...], app: str | None, urls: str | None, prefix: str) -> str:
    """The address of a page; all that it depends on is in the question."""
    return reverse(name, urls, args=given, current_app=app)


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> Address:
    """`{% url %}` as Django reads it."""
    node = parse_url(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.simple_tag(name="static")
@lru_cache(maxsize=MOST_DRAWN)
def static_address(path: str) -> str:
    """Where a static file is, under the name that it was gathered by."""
    return static(path)


@register.simple_tag
def navigation(places: Sequence[Place], nav: str | None, path: str | None) -> SafeString:
    """The places of the navigation, with the one marked where the page is (`nav`), and whether it is the page itself (`path`)."""
    return _navigation(tuple(places), nav or "", path if any(place.address == path for place in places) else "")


@lru_cache(maxsize=MOST_DRAWN)
def _navigation(places: tuple[Place, ...], nav: str, path: str | None) -> SafeString:
    marks = {True: SafeString(' aria-current="page"'), False: SafeString(' aria-current="true"')}
    return format_html_join(
        "",
        '<li><a href="{}"{}>{}</a></li>',
        ((place.address, marks[place.address == path] if place.key == nav else "", place.words) for place in places),
    )


@register.simple_tag
@lru_cache(maxsize=MOST_DRAWN)
def sprite(name: str) -> str:
    """The address of a drawing in the sprite, for `use href`."""
    return f"{static('ui/icons.svg')}#{name}"


@register.simple_tag
@lru_cache(maxsize=MOST_DRAWN)
def icon(name: str) -> SafeString:
    """A line drawing beside words."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', sprite(f"i-{name}"))


@register.simple_tag
@lru_cache(maxsize=MOST_DRAWN)
def leaf(state: str = "") -> SafeString:
    """The leaf of a state: met, part, booked, missing, out; without a state the gray one: to do."""
    shape = state if state in LEAVES else "missing"
    said = format_html(' data-state="{}"', state) if state else ""
    return format_html('<svg class="leaf"{} viewBox="0 0 24 24" aria-hidden="true"><use href="{}"/></svg>', said, sprite(f"leaf-{shape}"))


@register.simple_tag
def tag(words: str, state: str = "") -> SafeString:
    """A small mark: words, and with a state its leaf and color."""
    if not state:
        return format_html('<span class="tag" data-plain>{}</span>', words)
    return format_html('<span class="tag" data-state="{}">{}{}</span>', state, leaf(state), words)


@register.simple_tag
def bar(part: Number, whole: Number, says: str, booked: Number = 0) -> SafeString:
    """A bar whose full width is what is asked; `says` gives the figures in words."""
    got = share(Decimal(str(part)), Decimal(str(whole)))
    plan = min(share(Decimal(str(booked)), Decimal(str(whole))), 100 - got)
    more = format_html('<rect x="{}%" width="{}%" height="100%" fill="url(#hatch)"/>', plain(got), plain(plan)) if booked else ""
    return format_html(
        '<svg class="bar" role="img" aria-label="{}"><rect class="got" width="{}%" height="100%"/>{}</svg>', says, plain(got), more
    )


@register.inclusion_tag("ui/components/dial.html")
def dial(  # noqa: PLR0913  a template names each of them
    days_left: int,
    days_total: int,
    counted: Number,
    asked: Number,
    booked: Number = 0,
    lines: Sequence[tuple[str, str]] = (),
    size: str = "",
    name: str = "License",
) -> dict[str, Dial]:
    """The renewal dial; see perennial.ui.dial.draw."""
    figures = Hours(*(Decimal(str(value)) for value in (counted, asked, booked)))
    return {"dial": draw(name, (days_left, days_total), figures, lines, size)}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, wide: bool = False, draft: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002  templates give it by name
    """A form's field with label, hint and error, tied together for screen readers.

    Of a `draft`, which may be saved unfinished, only those fields are said to be optional that a finished one may leave empty.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or ""
    described = " ".join(
        name for name, there in ((f"{bound.auto_id}-hint", bound.help_text), (f"{bound.auto_id}-error", bound.errors)) if there
    )
    wish = not bound.field.required and (not draft or getattr(bound.field, "may_stay_empty", False))
    extra: dict[str, Any] = {"aria-describedby": described or None, "aria-invalid": "true" if bound.errors else None}
    if kind in ("radio", "checkbox") and getattr(widget, "choices", None) is not None:
        return {"field": bound, "group": True, "kind": kind, "described": described, "wide": wide, "wish": wish}
    control = bound.as_widget(attrs={name: value for name, value in extra.items() if value})
    return {"field": bound, "control": control, "single_box": kind == "checkbox", "hidden": widget.is_hidden, "wide": wide, "wish": wish}


@register.inclusion_tag("ui/components/faults.html")
def faults(form: Any) -> dict[str, Any]:
    """The list of a form's errors, each linked to its field, for the top of the page."""
    listed = [(bound.auto_id, bound.label, error) for bound in form for error in bound.errors] if form.is_bound else []
    return {"listed": listed, "general": form.non_field_errors() if form.is_bound else []}


@register.inclusion_tag("ui/components/notice.html")
def notice(says: str, state: str = "", title: str = "", icon: str = "") -> dict[str, str]:
    """A message within the page: an icon, perhaps a title, a sentence."""
    return {"says": says, "state": state, "title": title, "icon": icon or NOTICE_ICONS.get(state, "info")}


@register.inclusion_tag("ui/components/empty.html")
def empty(title: str, says: str, sprig: str = "winter", to: str = "", action: str = "") -> dict[str, str]:
    """An empty page: winter, nothing yet; spring, begun; summer, all done; autumn, gone. One action."""
    return {"title": title, "says": says, "sprig": f"ui/components/sprig-{sprig}.html", "to": to, "action": action}


@register.inclusion_tag("ui/components/cite.html")
def cite(source: str, url: str = "", read: Any = None) -> dict[str, Any]:
    """One line: the clause, a link to it, and the day it was read."""
    return {"source": source, "url": url, "read": read}


@register.inclusion_tag("ui/components/label.html")
def label(title: str, rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The specimen label that stands wherever a rule is used: rows of (what, value)."""
    return {"title": title, "rows": rows}


@register.filter
def hours(value: Any) -> str:
    """CE hours as people write them, with the unit: 1.5 h."""
    return f"{plain(value)} h" if value is not None else ""


@register.filter
def minutes_as_hours(value: int) -> str:
    """Whole minutes as CE hours of 60: 90 becomes 1.5 h."""
    return hours(Decimal(value) / 60)


@register.filter
def percent(share: float) -> str:
    """A share from 0 to 1 as whole percent: 62 %."""
    return f"{share:.0%}".replace("%", "\u00a0%")
