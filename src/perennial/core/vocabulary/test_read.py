"""What is wrong with practices in files, told by file and short name."""

from pathlib import Path

import pytest

from perennial.core.vocabulary import read

WHOLE = """[[practice]]
slug = "one"
name = "One way"
kind = "modality"
definition = "A way. It is one of many."
references = [{doi = "10.1000/abc.1", text = "Sample, A. (2020). A title."}]
checked = 2026-11-27
"""


def wrongs(folder: Path, text: str) -> list[str]:
    """What is said of a folder with one file."""
    (folder / "a.toml").write_text(text, encoding="utf-8")
    return [str(problem) for problem in read(folder)[1]]


def test_a_whole_practice_is_read_with_all_it_tells(tmp_path: Path) -> None:
    assert wrongs(tmp_path, WHOLE + 'synonyms = ["a way"]\n') == []
    (entry,), _ = read(tmp_path)
    assert (entry.term.slug, entry.term.names, entry.references[0].doi) == ("one", ("One way", "a way"), "10.1000/abc.1")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"one"', '"One Way"', "a.toml: One Way: its short name or its name cannot be used"),
        ('"modality"', '"method"', "a.toml: one: unknown kind 'method'. known: modality, condition, population, topic."),
        ("It is one of many.", "", "a.toml: one: its definition is not of two sentences"),
        ("A way. It", "A way. Of two. It", "a.toml: one: its definition is not of two sentences"),
        ("10.1000/abc.1", "https://doi.org/10.1000/abc.1", "a.toml: one: a reference has no plain DOI"),
        ("10.1000/abc.1", "10.1000/ABC.1", "a.toml: one: a reference has no plain DOI"),
        ("2026-11-27", '"today"', "a.toml: one: `checked` is not a day"),
        ("checked", "related = ['two']\nchecked", "one: 'two' is not another practice"),
        ("checked", "broader = ['one']\nchecked", "one: 'one' is not another practice"),
        ("checked", "synonyms = ['a', 'a']\nchecked", "a.toml: one: `synonyms` is not a list of texts"),
        ("checked", "colour = 1\nchecked", "a.toml: one: has not these fields and no others"),
        ("checked = 2026-11-27", "", "a.toml: one: has not these fields and no others"),
        ("[[practice]]", "[[practice", "a.toml: cannot be read"),
        ("10.1000/abc.1", "", "a.toml: one: a reference has no plain DOI"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    told = wrongs(tmp_path, WHOLE.replace(old, new))
    assert any(one.startswith(said) for one in told), told


def test_a_name_of_two_and_a_circle_are_told_and_the_practices_stay(tmp_path: Path) -> None:
    two = WHOLE.replace('"one"', '"two"') + 'broader = ["one"]\n'
    told = wrongs(tmp_path, WHOLE + 'broader = ["two"]\n' + two)
    assert len(read(tmp_path)[0]) == 2
    assert sum("is broader than itself" in one for one in told) == 2
    assert any("'one way' is also a name of one" in one for one in told)


def test_a_practice_that_is_there_twice_counts_once(tmp_path: Path) -> None:
    assert any("is there twice" in one for one in wrongs(tmp_path, WHOLE + WHOLE))
    assert len(read(tmp_path)[0]) == 1
