"""Read questions from a table (CSV), as spreadsheets write it: columns by their names, whatever their order."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import StringIO

from perennial.core.questions.decode import decoded
from perennial.core.questions.found import NOTHING, RIGHT, WRONG, Answer, Aside, Figure, Found, Marked, Read, Unreadable
from perennial.core.questions.numbers import number

COLUMNS = {
    "id": ("id", "name", "number", "nr", "no"),
    "kind": ("kind", "type", "question type", "item type"),
    "stem": ("stem", "question", "question text", "text", "item", "prompt"),
    "correct": ("correct", "answer", "correct answer", "right", "key", "right answer", "correct option", "answers", "correct answers"),
    "rationale": ("rationale", "explanation", "feedback", "comment", "general feedback"),
    "tolerance": ("tolerance", "margin", "plus or minus"),
    "unit": ("unit", "units"),
    "objective": ("objective",),
    "section": ("section", "section file"),
    "pretest": ("pretest",),
}
OPTION = re.compile(r"(?:option|choice|answer|distractor|step|pair)[ _-]?(?:text[ _-]?)?([a-z]|\d{1,2})|([a-z])")
WHY = re.compile(r"(?:rationale|feedback|explanation|comment)[ _-]?(?:option[ _-]?|choice[ _-]?|answer[ _-]?)?([a-z]|\d{1,2})")
KINDS = {
    "single": "single", "single choice": "single", "multiple choice": "single", "mc": "single", "mcq": "single", "choice": "single",
    "multiple": "multiple", "multiple answer": "multiple", "multiple answers": "multiple",
    "multiple response": "multiple", "ma": "multiple",
    "true_false": "true_false", "true false": "true_false", "true/false": "true_false", "tf": "true_false", "t/f": "true_false",
    "matching": "matching", "match": "matching", "ordering": "ordering", "order": "ordering", "sequence": "ordering",
    "numeric": "numeric", "numerical": "numeric", "number": "numeric", "short answer": "short", "short": "short", "sa": "short",
    "reflection": "essay", "essay": "essay", "open": "essay",
}  # fmt: skip
TRUE, FALSE = ("true", "t", "yes", "1"), ("false", "f", "no", "0")
ARROW = re.compile(r"\s*(?:->|=>|→)\s*")
END = "end of the table"
"""A row put after the last one, to see that it is read as a row."""
Row = Mapping[str, str]


def read_sheet(data: bytes, file: str) -> Read:
    """The questions of a CSV file. Raises Unreadable where it has no column for the question."""
    text, asides = decoded(data, file)
    yield from asides
    rows = _rows(text, file)
    header = next(rows, None)
    if header is None:
        raise Unreadable(file, "is empty", "Write a first row with the names of the columns, then a row for each question.")
    names = [_column(name) for name in header[1]]
    if "stem" not in names:
        what = f"has no column 'question' among {', '.join(repr(name.strip()[:30]) for name in header[1][:12])}"
        raise Unreadable(f"{file}, line {header[0]}", what, "Name the columns in the first row: question, option 1, option 2, correct.")
    yield from _unknown(file, header, names)
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield _question(f"line {line}", dict(_named(names, cells)), cells[len(names) :])


def _rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each ends on."""
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"\s*sep=(.)\s*", first)
    delimiter = named[1] if named else max(",;\t|", key=first.count)
    table = f"\n{rest}" if named else text
    _refuse_open_quote(table, delimiter, file)
    reader = csv.reader(StringIO(table, newline=""), delimiter=delimiter)
    began = 1
    try:
        for row in reader:
            if row:
                yield began, row
            began = reader.line_num + 1
    except csv.Error as fault:
        raise Unreadable(f"{file}, line {reader.line_num}", f"is no table: {fault}", "Save it as CSV and choose it again.") from None


def _refuse_open_quote(table: str, delimiter: str, file: str) -> None:
    """A quote that is never closed would swallow all rows after it, unsaid: such a table is not read."""
    began, last, row = 1, 1, list[str]()
    try:
        reader = csv.reader(StringIO(f"{table}\n{END}", newline=""), delimiter=delimiter)
        for cells in reader:
            began, last, row = last, reader.line_num + 1, cells
    except csv.Error:
        return
    if row != [END]:
        what = "opens a quote that is never closed, so that all rows after it would be one cell"
        raise Unreadable(f"{file}, line {began}", what, "Close the quote, or save the table as CSV anew.")


def _column(name: str) -> str:
    """What a column holds: a known word, `option 1`, `why 1`, or its name after `?`."""
    plain = " ".join(name.lower().replace("_", " ").replace("-", " ").split()).strip(":*")
    for known, names in COLUMNS.items():
        if plain in names:
            return known
    for word, pattern in (("why", WHY), ("option", OPTION)):
        found = pattern.fullmatch(plain)
        if found:
            return f"{word} {_place(found[1] or found[2])}"
    return f"?{name.strip()}"


def _place(sign: str) -> int:
    """1 for a, 2 for b; numbers as they stand."""
    return int(sign) if sign.isdigit() else ord(sign) - ord("a") + 1


def _unknown(file: str, header: tuple[int, Sequence[str]], names: Sequence[str]) -> Iterator[Aside]:
    unknown = [name[1:] for name in names if name.startswith("?") and name != "?"]
    if unknown:
        what = f"has columns that have no place here: {', '.join(unknown)[:200]}"
        yield Aside(f"{file}, line {header[0]}", what, "They were left out.", "changed")
    for name in sorted({name for name in names if names.count(name) > 1 and name != "?"}):
        yield Aside(
            f"{file}, line {header[0]}", f"has the column '{name.lstrip('?')}' twice", "The last one that holds text counts.", "changed"
        )


def _named(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, cell in zip(names, cells, strict=False):
        if cell.strip():
            yield name, cell.strip()


def _question(where: str, row: Row, beyond: Sequence[str]) -> Found | Aside:
    kind = _kind(row)
    if kind is None:
        return Aside(where, f"'{row.get('kind', '')[:40]}' is no kind of question", f"Known: {', '.join(sorted(set(KINDS)))}.")
    if "stem" not in row:
        return Aside(where, "has no question", "Write it in the column of questions, or delete the row.")
    notes = ("cells beyond the named columns left out",) if any(cell.strip() for cell in beyond) else ()
    found = Found(where, kind, Marked(row["stem"], "auto"), name=row.get("id", ""), tags=tuple(_tags(row)), notes=notes)
    return _answered(found, row)


def _kind(row: Row) -> str | None:
    """The kind that the row names; where it names none, that which its cells show."""
    if "kind" in row:
        return KINDS.get(" ".join(row["kind"].lower().replace("-", " ").replace("_", " ").split()))
    options = _by_place(row, "option")
    if not options:
        word = row.get("correct", "").lower()
        return _kind_of_answer(word)
    right = _right(row, options)
    return "multiple" if right is not None and len(right) > 1 else "single"


def _kind_of_answer(word: str) -> str:
    """The kind of a question without options, by its answer."""
    if word in {"true", "false", "t", "f"}:
        return "true_false"
    if number(word) is not None:
        return "numeric"
    return "short" if word else "essay"


def _tags(row: Row) -> Iterator[str]:
    for name in ("objective", "section"):
        if name in row:
            yield f"{name}:{row[name]}"
    if row.get("pretest", "").lower() in {*TRUE, "x"}:
        yield "pretest"


def _by_place(row: Row, word: str) -> dict[int, str]:
    return {int(name.split()[1]): text for name, text in sorted(row.items()) if name.startswith(f"{word} ")}


def _answered(found: Found, row: Row) -> Found | Aside:
    options = dict(sorted(_by_place(row, "option").items()))
    comment = Marked(row["rationale"], "auto") if "rationale" in row else NOTHING
    changes: dict[str, object] = {"comment": comment}
    if found.kind == "numeric":
        return _numeric(found, row, comment)
    if found.kind == "ordering":
        changes["steps"] = tuple(Marked(text, "auto") for text in options.values())
    elif found.kind == "matching":
        pairs = [ARROW.split(text, maxsplit=1) for text in options.values()]
        wrong = next((text for text, pair in zip(options.values(), pairs, strict=True) if len(pair) < 2), None)
        if wrong:
            return Aside(found.where, f"'{wrong[:60]}' is no pair", "Write both sides with an arrow between: left -> right.")
        changes["pairs"] = tuple((Marked(left, "auto"), Marked(right, "auto")) for left, right in pairs)
    elif found.kind == "short":
        changes["answers"] = tuple(Answer(Marked(text), RIGHT) for text in _split(row.get("correct", "")))
    elif found.kind != "essay":
        return _choice(found, row, options, comment)
    return _with(found, changes)


def _with(found: Found, changes: Mapping[str, object]) -> Found:
    kept = {name: getattr(found, name) for name in ("where", "kind", "stem", "name", "tags", "notes")}
    return Found(**{**kept, **changes})


def _numeric(found: Found, row: Row, comment: Marked) -> Found | Aside:
    value, tolerance = number(row.get("correct", "")), number(row.get("tolerance", "0"))
    if value is None or tolerance is None:
        return Aside(
            found.where, f"'{row.get('correct', '')[:40]}' is not a number", "Write the right number in the column of right answers."
        )
    return _with(found, {"figures": (Figure(value, tolerance),), "unit": row.get("unit", ""), "comment": comment})


def _choice(found: Found, row: Row, options: Mapping[int, str], comment: Marked) -> Found | Aside:
    """Options, of which the column `correct` names the right ones by number, letter or words."""
    if found.kind == "true_false" and not options:
        options = {1: "True", 2: "False"}
    right = _right(row, options)
    if right is None:
        what = f"'{row.get('correct', '')[:60]}' names none of its options"
        return Aside(found.where, what, "Write the number, the letter or the words of the right option; several with ; between.")
    if doubled := _doubled(row.get("correct", ""), options):
        note = f"'{doubled}' is the words of one option and the place of another; it was taken by its words"
        found = replace(found, notes=(*found.notes, note))
    why = _by_place(row, "why")
    answers = tuple(
        Answer(Marked(text, "auto"), RIGHT if place in right else WRONG, Marked(why.get(place, ""), "auto"))
        for place, text in options.items()
    )
    return _with(found, {"answers": answers, "comment": comment})


def _right(row: Row, options: Mapping[int, str]) -> set[int] | None:
    """The places of the right options; nothing where one that is named is not there."""
    correct = row.get("correct", "")
    whole = _place_of(correct, options)
    if whole is not None:
        return {whole}
    places = [_place_of(word, options) for word in _split(correct)]
    return {place for place in places if place is not None} if places and None not in places else None


def _doubled(correct: str, options: Mapping[int, str]) -> str:
    """A word of the key that is the words of one option and would, as a number or a letter, be another."""
    for word in (correct.strip(), *_split(correct)):
        by_place = dict.fromkeys(options, "")
        named, placed = _place_of(word, options), _place_of(word, by_place)
        if word and named is not None and placed is not None and named != placed:
            return word
    return ""


def _split(text: str) -> list[str]:
    """Several answers in one cell: by semicolon or line, else by comma."""
    signs = r"[;|\n]" if re.search(r"[;|\n]", text) else ","
    return [word.strip() for word in re.split(signs, text) if word.strip()]


def _place_of(word: str, options: Mapping[int, str]) -> int | None:
    """The place that a word names: its own words first, then a number or a letter."""
    word = word.strip()
    same = [place for place, text in options.items() if text.casefold() == word.casefold()]
    if same:
        return same[0]
    truth = "true" if word.lower() in TRUE else "false" if word.lower() in FALSE else ""
    if {text.casefold() for text in options.values()} == {"true", "false"} and truth and not word.isdigit():
        return next(place for place, text in options.items() if text.casefold() == truth)
    sign = word.lower().removeprefix("option ").strip(" .)")
    if re.fullmatch(r"[a-z]|\d{1,2}", sign) and _place(sign) in options:
        return _place(sign)
    return None
