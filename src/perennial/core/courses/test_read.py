"""Reading a course folder: what is in order comes back whole, and what is not is said precisely."""

from pathlib import Path

import pytest

from perennial.core.courses import read_course
from perennial.core.courses.builders import COURSE, ITEM, SECTION, write_course


def said(folder: Path) -> str:
    """All problems of a folder, a line each."""
    return "\n".join(str(problem) for problem in read_course(folder)[1])


def test_a_folder_in_order_gives_the_course_and_no_problem(tmp_path: Path) -> None:
    course, problems = read_course(write_course(tmp_path))
    assert problems == ()
    assert course is not None
    assert (course.slug, course.words, len(course.items)) == ("sample-course", 6000, 2)
    assert course.references[0].address == "https://doi.org/10.1000/sample"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title = "A sample course"', "", "course.toml: title: missing"),
        ('title = "A sample course"', f'title = "{"x" * 91}"', "course.toml: title: has 91 characters"),
        ('title = "A sample course"', "title = 7", "course.toml: title: is a whole number"),
        ("version = 1", 'version = "1"', "course.toml: version: is text"),
        ("version = 1", "version = 1\ncolour = 2", "course.toml: colour: unknown key"),
        ("free = true", "free = 1", "course.toml: free: is a whole number. Write true or false"),
        ('level = "introductory"', 'level = "hard"', "Known: introductory, intermediate, advanced"),
        ("hours = 1.0", "hours = -1", "course.toml: credit.hours: is -1"),
        ("hours = 1.0", "hours = 1e9", "course.toml: credit.hours: is 1E+9"),
        ("hours = 1.0", "hours = 1e-999999999", "course.toml: credit.hours: is no number that can be written out"),
        ("hours = 1.0", f"hours = 0x{'f' * 200_000}", "course.toml: credit.hours: is no number that can be written out"),
        ("hours = 1.0", "hours = 1e999999999", "course.toml: credit.hours: is no number that can be written out"),
        ("version = 1", f"version = 1\n{'.'.join('a' * 100_000)} = 1", "course.toml: is not TOML: a key has more than 32 parts"),
        ("version = 1", f"version = {'1' * 5000}", "course.toml: is not TOML"),
        ("version = 1", f"version = 0x{'f' * 5000}", "course.toml: version: is far off"),
        ("hours = 1.0", "hours = nan", "course.toml: credit.hours: is no number"),
        ("hours = 1.0", "hours = 1.0\nminutes = 50", "course.toml: credit.minutes: unknown key"),
        ("topics = {ethics = 1.0}", "topics = {ethics = 1.5}", "credit.topics.ethics: 1.5 hours are more than the 1.0"),
        ('method = "words_6000"', 'method = "mergener"', "course.toml: credit.difficulty: missing"),
        ('method = "words_6000"', 'method = "words_6000"\ndifficulty = 2', "difficulty: has no meaning for words_6000"),
        ("pass_percent = 80", "pass_percent = 101", "course.toml: test.pass_percent: is 101"),
        ('doi = "10.1000/sample"', 'doi = "https://doi.org/10.1000/sample"', "references[1].doi"),
        ('file = "01-first.md"', 'file = "../01-first.md"', "sections[1].file: '../01-first.md' is not a name"),
        ('file = "01-first.md"', 'file = "02-second.md"', "sections[1].file: there is no 02-second.md"),
        ('file = "01-first.md"', 'file = "02-second.md"', "01-first.md: no section names this file"),
        ('slug = "sample-course"', 'slug = "other"', "course.toml: slug: 'other' is not the name of the folder"),
        ('objectives = ["o1"]', "objectives = []", "objectives[1]: no section serves 'o1'"),
        ('objectives = ["o1"]', 'objectives = ["o1", "o9"]', "sections[1].objectives: there is no objective 'o9'"),
        ('objectives = ["o1"]', 'objectives = "o1"', "sections[1].objectives: is text. Write a list"),
        ('id = "sample2020"', 'id = "sample2021"', "references[1]: nothing cites 'sample2021'"),
        ('id = "sample2020"', 'id = "sample2021"', "01-first.md:3: [@sample2020] is not in the list"),
        ("[test]", "[test", "course.toml: is not TOML"),
    ],
)
def test_a_fault_of_the_course_file_is_said_at_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    assert old in COURSE
    assert place in said(write_course(tmp_path, course=COURSE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('id = "i02"', 'id = "i01"', "items.toml: items: 'i01' stands there twice"),
        ('objective = "o1"', 'objective = "o2"', "items.toml: items[1] (i01).objective: there is no objective 'o2'"),
        ('section = "01-first.md"', 'section = "1.md"', "items[1] (i01).section: there is no section '1.md'"),
        ("correct = false", "correct = true", "items[1].options: i01 has 2 right options"),
        ("correct = true", "correct = false", "items[1].options: i01 has 0 right options"),
        ('text = "Wings"', 'text = "parts"', "i01 has the same option twice"),
        ('stem = "What does a course have?"', 'stem = " "', "items[1].stem: is empty"),
        ('kind = "single"', 'kind = "essay"', "items[1].kind: 'essay' is not known"),
        ('rationale = "Nothing says so."', "", "items[1].options[2].rationale: missing"),
    ],
)
def test_a_fault_of_the_item_bank_is_said_at_its_place(tmp_path: Path, old: str, new: str, place: str) -> None:
    items = ITEM.format(id="i01") + ITEM.format(id="i02")
    assert old in items
    assert place in said(write_course(tmp_path, items=items.replace(old, new)))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# Too high", "01-first.md:5: a heading of the first level"),
        ("#### Too deep", "01-first.md:5: a heading of level 4 below level 2"),
        ("A <b>bold</b> word", "01-first.md:5: raw HTML <b>"),
        ("<script>alert(1)</script>", "01-first.md:5: raw HTML <script>"),
        ("![a leaf](leaf.png)", "01-first.md:5: an image"),
        ("[here](http://example.org)", "01-first.md:5: a link to http://example.org"),
        ("A line\nand [@Big 2020] in the next", "01-first.md:6: a reference that cannot be read"),
        ("::: warning\nText\n:::", "01-first.md:5: a box that cannot be read"),
        ("::: case Ana\nText", "01-first.md:5: this box is never closed"),
        ("::: case Ana\n### Inside\n:::", "01-first.md:6: a heading inside a box"),
    ],
)
def test_a_fault_of_the_text_is_said_with_its_line(tmp_path: Path, text: str, place: str) -> None:
    head = "\n".join(SECTION.split("\n")[:4])
    assert place in said(write_course(tmp_path, section=f"{head}\n{text}\n"))


def test_a_missing_file_and_a_missing_folder_give_no_course(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    (folder / "items.toml").unlink()
    course, problems = read_course(folder)
    assert course is None
    assert [problem.where for problem in problems] == ["sample-course/items.toml"]
    assert read_course(tmp_path / "nowhere")[0] is None


def test_a_file_that_is_not_text_is_said_and_not_raised(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    (folder / "01-first.md").write_bytes(b"caf\xe9")
    assert "01-first.md: is not UTF-8 at byte 3" in said(folder)


def test_a_text_with_a_character_that_no_table_holds_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    (folder / "01-first.md").write_text("One line.\nTwo\0 lines.\n", encoding="utf-8")
    assert "01-first.md: holds a character in line 2 that no text has (NUL)" in said(folder)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = write_course(tmp_path)
    secret = tmp_path / "secret"
    secret.write_text("not for learners")
    (folder / "01-first.md").unlink()
    (folder / "01-first.md").symlink_to(secret)
    course, problems = read_course(folder)
    assert course is None
    assert "not a plain file" in problems[0].what


def test_the_digest_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    first = read_course(write_course(tmp_path / "a"))[0]
    same = read_course(write_course(tmp_path / "b", course="# a comment\n" + COURSE.replace("hours = 1.0", "hours = 1.00")))[0]
    other = read_course(write_course(tmp_path / "c", items=(ITEM.format(id="i01") + ITEM.format(id="i02")).replace("Wings", "Fins")))[0]
    assert first is not None
    assert same is not None
    assert other is not None
    assert first.digest == same.digest
    assert first.digest != other.digest
