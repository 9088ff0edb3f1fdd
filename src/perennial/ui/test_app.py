"""The site as an app: what it is called, what it keeps, and that each file it names is there."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from perennial.ui.app import SHELL

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    told = json.loads(client.get("/manifest.webmanifest").content)
    assert (told["scope"], told["display"]) == ("/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_the_worker_may_serve_the_whole_site_and_names_only_files_that_are_there(client: Client) -> None:
    reply = client.get("/service-worker.js")
    assert reply.headers["Content-Type"].startswith("text/javascript")
    assert reply.headers["Cache-Control"] == "no-cache"
    (shell,) = re.findall(r"^const SHELL = (.+);$", reply.content.decode(), re.MULTILINE)
    for address in json.loads(shell):
        assert address == "/offline" or finders.find(address.removeprefix("/static/")), address
    assert client.get("/offline").status_code == 200


@pytest.mark.parametrize("page", ["course", "section", "test", "notes"])
def test_the_worker_keeps_every_script_and_sheet_that_a_kept_page_names(page: str) -> None:
    template = (settings.SOURCE / f"apps/courses/pages/{page}.html").read_text(encoding="utf-8")
    named = set(re.findall(r"static '(ui/[-\w.]+)'", template))
    assert named
    assert named <= set(SHELL)
