"""What the background worker does for this area: fetches works from services of others, and says which practices they are about."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from perennial.apps.practices.queries import Practice, all_practices, followers_of
from perennial.apps.works.fetching import MOST, fetch_works
from perennial.apps.works.reaching import NO_NETWORK
from perennial.apps.works.tagging import tag_changed
from perennial.apps.works.uniting import settle

LOOK_BACK = timedelta(days=8)  # longer than a week, so that a day or two without network leave no gap
STRONG = "(systematic[sb] OR meta-analysis[pt] OR randomized controlled trial[pt] OR practice guideline[pt] OR randomized[ti])"


def settle_united() -> int:
    """Let what people made of works while those went into others follow them; gives how many went within eight days."""
    return settle(since=timezone.now() - LOOK_BACK)


def fetch_news() -> int:
    """Have PubMed asked for what is new about each practice that somebody follows; gives how many. None where the site may ask nobody."""
    if not settings.NETWORK:
        return 0
    practices = all_practices()
    followed = {slug for slugs in followers_of(one.slug for one in practices).values() for slug in slugs}
    asked = [one for one in practices if one.slug in followed]
    for one in asked:
        fetch.enqueue(service="pubmed", question=news_of(one), most=500)
    return len(asked)


def news_of(practice: Practice) -> str:
    """The question for PubMed: what entered it lately about the practice, by its headings or name, of the strongest designs."""
    headings = [f'"{_plain(name)}"[mh]' for name in practice.mesh]
    since, until = timezone.localdate() - LOOK_BACK, timezone.localdate()
    about = " OR ".join([*headings, f'"{_plain(practice.name)}"[tiab]'])
    return f"({about}) AND {STRONG} AND {since:%Y/%m/%d}:{until:%Y/%m/%d}[edat]"


@task()
def fetch(service: str, question: str, most: int = MOST) -> str:
    """Fetch what a service answers to a question, and tag it; gives a sentence. Where there is no answer, the job goes on later."""
    if not settings.NETWORK:
        return NO_NETWORK
    at = timezone.now()
    state = fetch_works(service=service, question=question, most=most, now=timezone.now)
    tag_changed(since=min(at, state.started_at))
    return f"{state.taken} records, {state.counts.get('new', 0)} of them new."


@task()
def tag(since: str) -> int:
    """Say which practices the works are about that changed since then; gives how many times one was said."""
    return tag_changed(since=datetime.fromisoformat(since))


def _plain(words: str) -> str:
    return " ".join(words.replace('"', " ").split())
