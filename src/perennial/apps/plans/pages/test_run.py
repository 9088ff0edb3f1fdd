"""The page of a plan that takes longer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perennial.apps.accounts.builders import make_person
from perennial.apps.notices import workers
from perennial.apps.plans import runs
from perennial.apps.plans.builders import AT, make_run
from perennial.apps.plans.models import PlanRun, RunState
from perennial.apps.plans.pages.test_plan import someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment is not enough for any plan."""
    monkeypatch.setattr(runs, "AT_ONCE_SECONDS", 0.0)


@pytest.mark.usefixtures("_slow")
def test_a_long_plan_leads_to_the_page_of_its_search_and_back_when_it_is_there(client: Client) -> None:
    someone(client)
    page = client.get(reverse("plans:plan"), {"minimize": "time"}, follow=True)
    (run,) = PlanRun.objects.all()
    assert page.redirect_chain == [(reverse("plans:run", args=[run.pk]), 302)]
    assert "The search waits for its turn." in page.content.decode()
    runs.work_waiting(at=timezone.now())
    page = client.get(reverse("plans:run", args=[run.pk]), follow=True)
    assert page.redirect_chain == [(f"{reverse('plans:plan')}?minimize=time", 302)]
    assert "No quicker set exists among the 2 courses compared" in page.content.decode()


@pytest.mark.usefixtures("_slow")
def test_a_stopped_search_says_what_is_not_settled_and_can_go_on(client: Client) -> None:
    someone(client)
    client.get(reverse("plans:plan"))
    (run,) = PlanRun.objects.all()
    page = client.post(reverse("plans:stop", args=[run.pk]), follow=True)
    text = page.content.decode()
    assert "Search longer" in text
    assert "No cheaper set exists" not in text
    assert client.post(reverse("plans:longer")).headers["Location"] == reverse("plans:run", args=[PlanRun.objects.latest("pk").pk])
    runs.work_waiting(at=timezone.now())
    text = client.get(reverse("plans:plan")).content.decode()
    assert "No cheaper set exists" in text
    assert "Search longer" not in text


@pytest.mark.usefixtures("_slow")
def test_keeping_and_the_calendar_wait_for_a_long_plan(client: Client) -> None:
    someone(client)
    for page in (client.post(reverse("plans:keep")), client.get(reverse("plans:calendar"))):
        assert page.headers["Location"] == reverse("plans:run", args=[PlanRun.objects.get().pk])
    runs.work_waiting(at=timezone.now())
    assert client.get(reverse("plans:calendar")).headers["Content-Type"].startswith("text/calendar")


def test_a_script_is_told_how_far_it_is(client: Client) -> None:
    run = make_run()
    workers.begin(at=AT)
    client.force_login(run.owner)
    PlanRun.objects.filter(pk=run.pk).update(state=RunState.WORKING, started_at=AT, best="12000", bound="9800")
    told = client.post(reverse("plans:run", args=[run.pk]), headers={"Accept": "application/json"}).json()
    assert {name: told[name] for name in ("best", "bound", "gap", "ended")} == {
        "best": "$120",
        "bound": "$98",
        "gap": "18.4 %",
        "ended": False,
    }


def test_without_a_script_a_button_looks_again(client: Client) -> None:
    run = make_run()
    client.force_login(run.owner)
    page = client.post(reverse("plans:run", args=[run.pk]))
    assert page.headers["Location"] == reverse("plans:run", args=[run.pk])


def test_it_is_not_there_for_somebody_else(client: Client) -> None:
    run = make_run()
    client.force_login(make_person())
    assert client.get(reverse("plans:run", args=[run.pk])).status_code == 404
    assert client.post(reverse("plans:stop", args=[run.pk])).status_code == 404
    assert PlanRun.objects.get().state == RunState.WAITING
