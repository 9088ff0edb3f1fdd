"""Figures as files."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from perennial.apps.trials.analyses import Analysis
from perennial.apps.trials.builders import CREDIT, make_dataset
from perennial.apps.trials.figures.showing import figures_for
from perennial.core.synthesis.builders import csv_of, trials

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["forest", "funnel", "moved", "people", "groups", "along", "without"])
def test_each_figure_comes_as_svg_png_and_csv_with_whose_data_they_are(client: Client, name: str) -> None:
    dataset = make_dataset()

    def file(form: str) -> bytes:
        answer = client.get(reverse("trials:figure", args=[dataset.slug, name, form]), {"base": "40", "by": "format", "on": "year"})
        assert answer.status_code == 200
        return answer.content

    drawn = ElementTree.fromstring(file("svg"))
    assert CREDIT in "".join(drawn.itertext())
    assert dataset.digest[:12] in "".join(drawn.itertext())
    picture = Image.open(io.BytesIO(file("png"))).convert("RGB")
    assert picture.size == (2 * int(drawn.attrib["width"]), 2 * int(drawn.attrib["height"]))
    colors = picture.getcolors(maxcolors=picture.width * picture.height)
    assert colors is not None
    assert len(colors) > 10
    rows = list(csv.reader(io.StringIO(file("csv").decode("utf-8-sig"))))
    assert len(rows) > 5
    assert CREDIT in rows[-2][0]
    assert "base=40" in rows[-1][0]


NARROW_PX, LETTER_PX = 360, 6.2  # of a phone, and of a letter on average


def test_each_figure_but_the_leaves_has_a_drawing_for_narrow_screens_whose_words_stand_inside() -> None:
    for figure in figures_for(make_dataset(), Analysis(by="format", on="year")):
        if figure.name == "people":
            continue
        assert figure.small is not None, figure.name
        assert figure.small.width <= NARROW_PX
        for one in ElementTree.fromstring(f"<svg>{''.join(figure.small.parts)}</svg>").iter("text"):
            long = len(one.text or "") * LETTER_PX
            before = {"start": 0.0, "middle": long / 2, "end": long}[one.attrib["text-anchor"]]
            left = float(one.attrib["x"]) - before
            assert left >= -1, (figure.name, one.text)
            assert left + long <= NARROW_PX + 1, (figure.name, one.text)
            assert float(one.attrib["y"]) <= figure.small.height, (figure.name, one.text)


def test_files_hold_all_studies_where_the_page_draws_sixty(client: Client) -> None:
    dataset = make_dataset(body=csv_of(trials(70)))
    address = reverse("trials:figure", args=[dataset.slug, "forest", "svg"])
    assert client.get(address).content.count(b"Trial ") == 70
    text = client.get(reverse("trials:dataset", args=[dataset.slug])).content.decode()
    assert "the 60 of 70 studies that weigh most" in text


def test_whom_an_axis_favors_is_said_only_where_the_data_tell_it(client: Client) -> None:
    known = make_dataset()
    unknown = make_dataset(body=csv_of([{**row, "mean_arm1": None} for row in trials()]), title="Without means")
    for dataset, said in ((known, True), (unknown, False)):
        for name in ("forest", "funnel", "moved"):
            drawn = client.get(reverse("trials:figure", args=[dataset.slug, name, "svg"])).content.decode()
            assert ("favors therapy" in drawn) is said, (dataset.title, name)


def test_what_is_no_figure_is_404(client: Client) -> None:
    dataset = make_dataset()
    for name, form in (("moon", "svg"), ("forest", "pdf"), ("groups", "svg")):
        assert client.get(reverse("trials:figure", args=[dataset.slug, name, form])).status_code == 404


def test_no_cell_of_a_file_is_a_formula(client: Client) -> None:
    names = ["-2+3+cmd|' /C calc'!A0", "=1+1", "@SUM(1)", "-A (2001)"]
    rows = [{**row, "study": f"{names[number % 4]}{number}"} for number, row in enumerate(trials())]
    dataset = make_dataset(body=csv_of(rows, encoding="utf-8"))
    told = client.get(reverse("trials:figure", args=[dataset.slug, "forest", "csv"])).content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert sum(cell.startswith("'-2+3+cmd") for cell in cells) > 0
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@") or (cell[:1] == "-" and any(sign in cell for sign in "+|!("))]


def test_names_that_would_break_a_drawing_are_drawn_harmlessly(client: Client) -> None:
    rows = [{**row, "study": f"A<b>&\x0b\u202e 李 {number}"} for number, row in enumerate(trials())]
    dataset = make_dataset(body=csv_of(rows, encoding="utf-8"))
    drawn = client.get(reverse("trials:figure", args=[dataset.slug, "forest", "svg"])).content
    assert "A<b>& 李" in "".join(ElementTree.fromstring(drawn).itertext())
    picture = client.get(reverse("trials:figure", args=[dataset.slug, "forest", "png"])).content
    assert Image.open(io.BytesIO(picture)).width > 600
    assert "<b>" not in client.get(reverse("trials:dataset", args=[dataset.slug])).content.decode()
