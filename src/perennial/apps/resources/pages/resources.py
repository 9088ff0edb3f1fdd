"""Outside material, by what it is about, what it is, and whether it is really free."""

from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from perennial.apps.resources.queries import Filters, Resource, resources_for, topic_words
from perennial.ui import Page, Request, show

Options = Sequence[tuple[str, str, bool]]


class ResourcesPage(Page):
    """What fits, and what to choose from: value, words, chosen."""

    template = "resources/pages/resources.html"
    nav = "courses"
    found: Sequence[Resource]
    filters: Filters
    topics: Options
    kinds: Options
    really_free: int


@require_safe
def resources(request: Request) -> HttpResponse:
    """Show what the address asks for."""
    sent = {name: request.GET.get(name, "").replace("\x00", "").strip()[:100] for name in ("q", "topic", "kind", "free")}
    filters = Filters(sent["q"], sent["topic"], sent["kind"], bool(sent["free"]))
    listed = resources_for(filters)
    kinds = dict(Resource.Kind.choices)
    page = ResourcesPage(
        title="Outside resources",
        description="Good courses, guides and manuals of others, with what they really cost.",
        found=listed.fitting,
        filters=filters,
        topics=options(listed.topics, {topic: topic_words(topic) for topic in listed.topics}, filters.topic),
        kinds=options(listed.kinds, kinds, filters.kind),
        really_free=listed.really_free,
    )
    return show(request, page)


def options(counts: Mapping[str, int], words: Mapping[str, str], chosen: str) -> Options:
    """Values by their words, with how many there are of each."""
    return [(value, f"{words[value]} ({counts[value]})", value == chosen) for value in sorted(counts, key=lambda value: words[value])]
