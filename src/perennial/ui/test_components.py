"""Tests of the components: what stands in the page, escaped and tied together."""

import pytest
from django import forms
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.safestring import mark_safe


def made(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


class Sample(forms.Form):
    expires = forms.DateField(label="Expires", help_text="As printed.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = made("{% field form.expires %}", form=Sample({"expires": "2027-02-30"}))
    assert '<label for="id_expires">' in html
    assert 'aria-describedby="id_expires-hint id_expires-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_expires-error"' in html


def test_an_empty_field_says_what_to_do() -> None:
    html = made("{% faults form %}{% field form.expires %}", form=Sample({}))
    assert html.count("Fill this in.") == 3  # both in the list, one at its field
    assert "required" not in Sample({}).errors["kind"][0]


def test_a_field_of_a_draft_says_that_it_is_optional_only_where_the_finished_thing_may_lack_it() -> None:
    form = Sample()
    form.fields["expires"].required = False
    assert "if you wish" in made("{% field form.expires %}", form=form)
    assert "if you wish" not in made("{% field form.expires draft=True %}", form=form)
    form.fields["expires"].may_stay_empty = True  # type: ignore[attr-defined]  # as forms of drafts say it
    assert "if you wish" in made("{% field form.expires draft=True %}", form=form)


def test_choices_stand_in_a_group_with_a_legend() -> None:
    html = made("{% field form.kind %}", form=Sample())
    assert "<legend>Kind" in html
    assert html.count('type="radio"') == 2


def test_faults_link_to_their_fields() -> None:
    html = made("{% faults form %}", form=Sample({}))
    assert 'href="#id_expires"' in html
    assert made("{% faults form %}", form=Sample()).strip() == ""


def test_what_people_write_is_never_markup() -> None:
    attack = "<script>alert(1)</script>"
    for source in (
        "{% tag x 'met' %}",
        "{% notice x %}",
        "{% empty x x %}",
        "{% cite x %}",
        "{% bar 1 2 x %}",
        "{% dial 1 2 3 4 name=x %}",
    ):
        assert "<script>" not in made(source, x=attack), source


def test_hours_are_written_as_people_write_them() -> None:
    assert made("{{ 90|minutes_as_hours }}") == "1.5 h"
    assert made("{{ '2.00'|hours }}") == "2 h"
    assert made("{{ 100|hours }}") == "100 h"


@pytest.mark.parametrize("given", ["ethics", mark_safe("ethics"), 7], ids=["words", "safe words", "a number"])
def test_an_address_is_the_one_that_django_gives_each_time_it_is_asked(given: object) -> None:
    expected = reverse("courses:course", args=[given])
    for _ in range(2):
        assert made("{% url 'courses:course' given %}", given=given) == expected
    assert made("{% url 'courses:course' slug=given %}", given=given) == expected
    assert made("{% url 'courses:course' given as there %}<{{ there }}>", given="x") == f"<{reverse('courses:course', args=['x'])}>"


def test_an_address_below_another_place_of_the_site_is_not_the_one_kept() -> None:
    plain = made("{% url 'courses:catalog' %}")
    set_script_prefix("/below/")
    try:
        assert made("{% url 'courses:catalog' %}") == f"/below{plain}"
    finally:
        set_script_prefix("/")
    assert made("{% url 'courses:catalog' %}") == plain


def test_an_address_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(NoReverseMatch):
        made("{% url 'courses:nowhere' %}")
    assert made("{% url 'courses:nowhere' as there %}<{{ there }}>") == "<>"
