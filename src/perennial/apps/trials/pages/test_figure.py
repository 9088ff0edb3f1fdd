"""Figures as files."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from perennial.apps.trials.builders import CREDIT, make_dataset

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["forest", "funnel", "moved", "people"])
def test_each_figure_comes_as_svg_png_and_csv_with_whose_data_they_are(client: Client, name: str) -> None:
    dataset = make_dataset()

    def file(form: str) -> bytes:
        answer = client.get(reverse("trials:figure", args=[dataset.slug, name, form]), {"base": "40"})
        assert answer.status_code == 200
        return answer.content

    drawn = ElementTree.fromstring(file("svg"))
    assert CREDIT in "".join(drawn.itertext())
    picture = Image.open(io.BytesIO(file("png"))).convert("RGB")
    colors = picture.getcolors(maxcolors=picture.width * picture.height)
    assert picture.width > 600
    assert colors is not None
    assert len(colors) > 3
    rows = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig"))))
    assert len(rows) > 4
    assert CREDIT in rows[-1][0]


def test_what_is_no_figure_is_404(client: Client) -> None:
    dataset = make_dataset()
    for name, form in (("moon", "svg"), ("forest", "pdf"), ("people", "svg")):
        assert client.get(reverse("trials:figure", args=[dataset.slug, name, form])).status_code == 404
