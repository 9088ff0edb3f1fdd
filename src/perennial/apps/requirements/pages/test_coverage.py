"""All rules on one page: a map, filters, an order, and the same as files."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from perennial.apps.accounts.builders import make_person
from perennial.apps.licenses.builders import make_license
from perennial.apps.licenses.queries import jurisdictions, professions, rule_base
from perennial.apps.requirements.coverage import Choice, chosen, every_rule

pytestmark = pytest.mark.django_db
ADDRESS = reverse("requirements:coverage")


def text(client: Client, **query: str) -> str:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer.content.decode()


def states(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader"[^>]*><a href="[^"]*">([^<]*)', page)


def hrefs(page: str, piece: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', page.split(piece)[1])


def test_each_rule_is_linked_from_the_table_of_all(client: Client) -> None:
    page = text(client, profession="all")
    for jurisdiction, profession in rule_base().rules:
        assert reverse("portal:rule", args=[jurisdiction.lower(), profession]) in page
    assert f"{len(rule_base().rules)} rules" in page


def test_the_map_has_a_square_for_every_state_that_leads_to_its_rule(client: Client) -> None:
    page = text(client, profession="psychologist")
    found = re.findall(r'<li data-r="(\d+)" data-c="(\d+)"[^>]*><a href="([^"]*)"', page)
    assert len(found) == len({(row, column) for row, column, _ in found}) == len(jurisdictions())
    assert {address for *_, address in found} == {
        reverse("portal:rule", args=[code.lower(), "psychologist"]) for code, _ in jurisdictions()
    }


def test_squares_come_in_the_order_in_which_one_sees_them(client: Client) -> None:
    places = [(int(row), int(column)) for row, column in re.findall(r'<li data-r="(\d+)" data-c="(\d+)"', text(client))]
    assert places == sorted(places)


def test_a_square_says_its_confidence_in_words_and_not_by_color_alone(client: Client) -> None:
    rule = next(rule for rule in every_rule() if rule.profession == "counselor" and rule.confidence == "low")
    assert f"{rule.state}: one summary, {rule.asked}" in text(client, profession="counselor")


def test_with_all_professions_a_square_leads_to_the_lines_of_its_state(client: Client) -> None:
    page = text(client, profession="all", sort="hours", order="down")
    assert len(re.findall(r'<a href="#[a-z]{2}" title', page)) == len(jurisdictions())
    assert sorted(re.findall(r' id="([a-z]{2})"', page)) == sorted(code.lower() for code, _ in jurisdictions())


def test_filters_leave_only_what_fits(client: Client) -> None:
    wanted = [r for r in every_rule() if r.profession == "counselor" and r.confidence == "medium" and not r.open]
    page = text(client, profession="counselor", confidence="medium", open="none")
    assert sorted(states(page)) == sorted(r.state for r in wanted)
    assert page.count("not among those chosen") == len(jurisdictions()) - len(wanted)


@pytest.mark.parametrize("key", ["state", "confidence", "hours", "open", "copy"])
def test_the_table_is_ordered_without_a_script_and_says_so(client: Client, key: str) -> None:
    up, down = text(client, sort=key), text(client, sort=key, order="down")
    assert (up.count('aria-sort="ascending"'), down.count('aria-sort="descending"')) == (1, 1)
    assert sorted(states(up)) == sorted(states(down))
    assert states(up) != states(down)


def test_the_head_of_a_column_keeps_the_filters_and_turns_the_order(client: Client) -> None:
    (address, *_) = [a for a in hrefs(text(client, confidence="high", sort="open"), "<thead") if "sort=open" in a]
    assert "confidence=high" in address
    assert "order=down" in address


def test_hours_are_ordered_as_numbers(client: Client) -> None:
    asked = re.findall(r'<td role="cell" data-k="hours">([^<]*)', text(client, profession="all", sort="hours"))
    numbers = [0.0 if words == "none asked" else float(words.removesuffix(" h")) for words in asked]
    assert numbers == sorted(numbers)
    assert numbers[0] < 9 < 10 < numbers[-1]


def test_what_a_rule_does_not_say_comes_last_in_either_order() -> None:
    for down in (False, True):
        copies = [rule.copy for rule in chosen(Choice(profession="counselor", sort="copy", down=down))]
        dated = [copy for copy in copies if copy]
        assert copies == [*sorted(dated, reverse=down), *[""] * (len(copies) - len(dated))]
        assert 0 < len(dated) < len(copies)


@pytest.mark.parametrize("query", [{"profession": "wizard"}, {"confidence": "sure"}, {"sort": "luck"}, {"order": "sideways"}])
def test_what_is_in_no_list_is_named_and_the_rest_still_shown(client: Client, query: dict[str, str]) -> None:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 400
    assert "is not in the list" in answer.content.decode()
    assert len(states(answer.content.decode())) == len(jurisdictions())
    for name in ("coverage_csv", "coverage_json"):
        assert client.get(reverse(f"requirements:{name}"), query).status_code == 400


def test_one_sees_the_profession_of_ones_own_license_first(client: Client) -> None:
    person = make_person()
    make_license(person=person, profession="psychologist", jurisdiction="TX", number="9")
    client.force_login(person)
    assert reverse("portal:rule", args=["tx", "psychologist"]) in text(client)


def test_strangers_cost_no_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get(ADDRESS)


def test_files_hold_the_rules_chosen_and_all_where_nothing_is_chosen(client: Client) -> None:
    whole = client.get(reverse("requirements:coverage_json")).json()["rules"]
    assert len(whole) == len(rule_base().rules)
    assert {row["profession"] for row in whole} == {slug for slug, _ in professions()}
    query = {"profession": "counselor", "confidence": "high"}
    rows = client.get(reverse("requirements:coverage_json"), query).json()["rules"]
    table = list(csv.DictReader(io.StringIO(client.get(reverse("requirements:coverage_csv"), query).content.decode())))
    assert [(row["jurisdiction"], row["open_questions"]) for row in rows] == [(r["jurisdiction"], int(r["open_questions"])) for r in table]
    assert {(row["profession"], row["confidence"]) for row in rows} == {("counselor", "high")}
    assert rows[0]["address"].startswith("http://testserver/requirements/")
