"""Each kind of part as a form: what its data show in the fields, and what the fields make of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from perennial.apps.desk import fields
from perennial.apps.desk.parts import Data, Kind, shortened

MOST_ROWS = 500
Row = forms.Form
Lines = Mapping[str, Sequence[Data]]


@dataclass(frozen=True, slots=True)
class Spec:
    """The forms of a kind: one for its head, and one for each table of rows with its heading; and the way there and back."""

    head: type[fields.Part]
    rows: Mapping[str, tuple[str, type[forms.Form]]]
    open: Callable[[Data], tuple[Data, Lines]]
    collect: Callable[[Data, Lines], Data]
    extra: int = 1


@dataclass(slots=True)
class RowSet:
    """The rows of one table of a part."""

    name: str
    title: str
    forms: BaseFormSet[forms.Form]
    lists: Mapping[str, fields.Choices]
    shown_for: str = ""

    def __post_init__(self) -> None:
        for row in self.forms.forms:
            self._offer(row)

    def _offer(self, row: Row) -> None:
        """Give a row its words and the choices that depend on the draft."""
        row.fields["DELETE"].label = f"Remove this {self.title.lower()}"
        for name in ROW_LISTS & row.fields.keys():
            listed: Any = row.fields[name]
            listed.choices = self.lists.get(name, [])

    @property
    def empty(self) -> Row:
        """A row with nothing in it, for the script that adds rows."""
        row: Row = self.forms.empty_form
        self._offer(row)
        return row

    @property
    def heading(self) -> str:
        """What stands above the rows."""
        return heading_of(self.name, self.title, within=bool(self.shown_for))

    @property
    def kinds(self) -> list[str]:
        """The kinds of question for which they are asked; none: always."""
        return self.shown_for.split()


@dataclass(slots=True)
class Editor:
    """A part as forms. `lists` are the choices that depend on the draft, by name of field."""

    kind: str
    before: Data
    revision: int
    lists: Mapping[str, fields.Choices]
    posted: QueryDict | None = None
    head: fields.Part = field(init=False)
    rows: list[RowSet] = field(init=False)

    def __post_init__(self) -> None:
        spec = SPECS[self.kind]
        head, lines = spec.open(self.before)
        self.lists = self._with_own(head, lines)
        self.head = spec.head(self.posted, initial={**head, "base": self.revision})
        self.head.offer(dict(self.lists))
        self.rows = [self._row_set(spec, name, title, form, lines.get(name, ())) for name, (title, form) in spec.rows.items()]

    def _row_set(self, spec: Spec, name: str, title: str, form: type[forms.Form], initial: Sequence[Data]) -> RowSet:
        made = formset_factory(form, extra=spec.extra, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
        # What was sent is not compared with what stands: a page saves the same new row more than once, and the second time it is no change.
        rows = made(self.posted, initial=list(initial) if self.posted is None else None, prefix=name)
        return RowSet(name, title, rows, self.lists, SHOWN_FOR.get((self.kind, name), ""))

    def _with_own(self, head: Data, lines: Lines) -> Mapping[str, fields.Choices]:
        """The lists with the steps of a case, told or sent just now, and with whatever a field holds that its list does not."""
        lists = dict(self.lists)
        if self.kind == Kind.CASE:
            sent = [str(value) for key, value in (self.posted or {}).items() if STEP_NAME.match(key)]
            told = {str(step["id"]): str(step.get("text") or "") for step in lines["steps"] if step.get("id")}
            steps = {**told, **{name.strip(): told.get(name.strip(), "") for name in sent if name.strip()}}
            choices = [("", "Choose a step"), *((name, f"{name}: {shortened(text)}" if text else name) for name, text in steps.items())]
            lists |= dict.fromkeys(("start", "at", "goto"), choices)
        held = [head, *(row for rows in lines.values() for row in rows)]
        for name in ROW_LISTS | {"start"}:
            listed = lists.get(name, [("", "None")])
            strange = {str(row[name]) for row in held if row.get(name)} - {value for value, _ in listed}
            lists[name] = [*listed, *((value, f"{value} (not in the list)") for value in sorted(strange))]
        return lists

    def is_valid(self) -> bool:
        """Whether the fields can be kept."""
        return all([self.head.is_valid(), *(rows.forms.is_valid() for rows in self.rows)])

    def data(self) -> Data:
        """What the fields say, with whatever the part held that has no field."""
        lines = {rows.name: [_cleaned(row) for row in rows.forms.forms if _counts(row)] for rows in self.rows}
        return {**self.before, **SPECS[self.kind].collect(self.head.cleaned_data, lines)}

    def names(self, kept: Data) -> dict[str, str]:
        """The ids that rows have been given in what was kept, by the name of their field: a page that saved puts them into its fields."""
        found = {}
        for rows in self.rows:
            places = [place for place, row in enumerate(rows.forms.forms) if _counts(row)]
            for place, row in zip(places, kept.get(rows.name, ()), strict=False):
                if isinstance(row, dict) and row.get("id"):
                    found[f"{rows.name}-{place}-id"] = str(row["id"])
        return found

    @property
    def faults(self) -> list[str]:
        """What cannot be kept, in sentences."""
        found = [f"{self.head.fields[name].label or name}: {error}" for name, errors in self.head.errors.items() for error in errors]
        for rows in self.rows:
            found += [f"{rows.title}: {error}" for error in rows.forms.non_form_errors()]
            for place, row in enumerate(rows.forms.forms, 1):
                found += [f"{rows.title} {place}: {error}" for errors in row.errors.values() for error in errors]
        return found


HEADINGS = {
    ("steps", True): "Steps, in the right order",
    ("media", False): "What each file says",
    ("prerequisites", False): "Courses to take first",
}
# Fields of rows whose choices depend on the draft, or on what the site knows.
ROW_LISTS = {"captions", "practice", "course", "at", "goto"}
STEP_NAME = re.compile(r"^steps-\d+-id$")
# For which kinds of question a table of rows is asked.
SHOWN_FOR: Mapping[tuple[str, str], str] = {
    (Kind.ITEM, "options"): "single multiple true_false",
    (Kind.ITEM, "pairs"): "matching",
    (Kind.ITEM, "steps"): "ordering",
}


def _counts(row: forms.Form) -> bool:
    """Whether a row says anything, and is not to go."""
    cleaned = getattr(row, "cleaned_data", {})
    says = any(value not in (None, "", False) for key, value in cleaned.items() if key not in ("DELETE", "kind", "id"))
    return not cleaned.get("DELETE") and says


def _cleaned(row: forms.Form) -> Data:
    return {key: _tidy(value) for key, value in row.cleaned_data.items() if key != "DELETE"}


def _tidy(value: Any) -> Any:
    """Text with one kind of line end."""
    return value.replace("\r\n", "\n").replace("\x00", "").strip() if isinstance(value, str) else value


def _simple(*names: str) -> Callable[[Data], tuple[Data, Lines]]:
    """Tables of rows whose keys are those of the part."""

    def opened(data: Data) -> tuple[Data, Lines]:
        return dict(data), {name: list(data.get(name, ())) for name in names}

    return opened


def _kept(*heads: str) -> Callable[[Data, Lines], Data]:
    """The part holds its rows, and these fields of the head, under the same keys."""

    def collected(head: Data, lines: Lines) -> Data:
        return {**{name: _tidy(head[name]) for name in heads}, **{name: list(rows) for name, rows in lines.items()}}

    return collected


def _commas(words: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in words.split(",") if word.strip()))


def _whole(word: str) -> int | str:
    """A whole number where it is one; the word where not, so that the check says so."""
    return int(word) if word.isdecimal() and len(word) < 9 else word


def _numbered(rows: Sequence[Data], letter: str) -> list[Data]:
    """Rows with an id of their own each: those that have one keep it."""
    taken, made, number = {row.get("id") for row in rows}, [], 0
    for row in rows:
        name = row.get("id")
        while not name:
            number += 1
            name = f"{letter}{number}" if f"{letter}{number}" not in taken else ""
        taken.add(name)
        made.append({**row, "id": name})
    return made


def _open_about(data: Data) -> tuple[Data, Lines]:
    review = data.get("review", {})
    head = {**data, "review_state": review.get("state"), "review_says": review.get("says")}
    practices = [{"practice": name} for name in data.get("practices", ())]
    before = [{"course": name} for name in data.get("prerequisites", ())]
    return head, {"authors": data.get("authors", []), "practices": practices, "prerequisites": before}


def _about(head: Data, lines: Lines) -> Data:
    kept = {name: _tidy(head[name]) for name in ("title", "summary", "level", "audience", "needs", "care", "free")}
    review = {"state": head["review_state"] or "not_yet_reviewed", "says": _tidy(head["review_says"])}
    named = (("practices", "practice"), ("prerequisites", "course"))
    lists = {name: list(dict.fromkeys(row[key] for row in lines[name] if row[key])) for name, key in named}
    return {**kept, **lists, "review": review, "authors": list(lines["authors"])}


def _open_outline(data: Data) -> tuple[Data, Lines]:
    return dict(data.get("test", {})), {"objectives": data.get("objectives", [])}


def _outline(head: Data, lines: Lines) -> Data:
    test = {name: head[name] for name in ("ask", "pass_percent", "minutes") if head[name] is not None}
    return {"objectives": _numbered(lines["objectives"], "o"), "test": test}


def _open_credit(data: Data) -> tuple[Data, Lines]:
    credit = data.get("credit", {})
    pilots = ", ".join(str(minutes) for minutes in credit.get("pilots", ()))
    topics = [{"topic": topic, "hours": hours} for topic, hours in credit.get("topics", {}).items()]
    return {**credit, "pilots": pilots}, {"topics": topics}


def _credit(head: Data, lines: Lines) -> Data:
    made: Data = {
        "hours": _tidy(head["hours"]),
        "minutes_per_hour": int(head["minutes_per_hour"] or 60),
        "method": head["method"],
        "topics": {row["topic"]: row["hours"] for row in lines["topics"] if row["topic"]},
    }
    optional = {
        "difficulty": _tidy(head["difficulty"]),
        "pilots": [_whole(word) for word in _commas(head["pilots"])],
        "pilot_rationale": _tidy(head["pilot_rationale"]),
    }
    return {"credit": made | {name: value for name, value in optional.items() if value}}


def _evaluation(_head: Data, lines: Lines) -> Data:
    return {"evaluation": _numbered(lines["evaluation"], "e")}


def _media(_head: Data, lines: Lines) -> Data:
    """Of each file what its kind has: an image what it shows, a video captions."""
    asked = {"image": ("alt",), "audio": ("minutes", "transcript"), "video": ("minutes", "captions", "transcript")}
    rows = [{name: row[name] for name in ("file", "kind", "title", *asked.get(row["kind"], ()))} for row in lines["media"]]
    return {"media": rows}


def _open_item(data: Data) -> tuple[Data, Lines]:
    steps = [{"text": step} for step in data.get("steps", ())]
    return {**data, **(data.get("numeric") or {})}, {"options": data.get("options", []), "pairs": data.get("pairs", []), "steps": steps}


def _item(head: Data, lines: Lines) -> Data:
    kind = head["kind"] or "single"
    made: Data = {name: _tidy(head[name]) for name in ("stem", "objective", "section", "pretest")}
    chosen = kind in ("single", "multiple", "true_false")
    return {
        **made,
        "kind": kind,
        "options": list(lines["options"]) if chosen else [],
        "pairs": list(lines["pairs"]) if kind == "matching" else [],
        "steps": [row["text"] for row in lines["steps"]] if kind == "ordering" else [],
        "numeric": {name: _tidy(head[name]) for name in ("value", "tolerance", "unit")} if kind == "numeric" else None,
        "rationale": "" if chosen else _tidy(head["rationale"]),
    }


def _open_case(data: Data) -> tuple[Data, Lines]:
    steps = data.get("steps", [])
    choices = [{"at": step.get("id"), **option} for step in steps for option in step.get("choices", ())]
    return dict(data), {"steps": steps, "choices": choices}


def _case(head: Data, lines: Lines) -> Data:
    options = [(row["at"], {key: row[key] for key in ("text", "goto", "says")}) for row in lines["choices"]]
    steps = [{"id": row["id"], "text": row["text"], "choices": [one for at, one in options if at == row["id"]]} for row in lines["steps"]]
    return {**{name: _tidy(head[name]) for name in ("title", "section", "objective", "start")}, "steps": steps}


SPECS: Mapping[str, Spec] = {
    Kind.ABOUT: Spec(
        fields.AboutForm,
        {
            "authors": ("Author", fields.AuthorRow),
            "practices": ("Practice", fields.PracticeRow),
            "prerequisites": ("Course to take first", fields.BeforeRow),
        },
        _open_about,
        _about,
    ),
    Kind.OUTLINE: Spec(fields.OutlineForm, {"objectives": ("Objective", fields.ObjectiveRow)}, _open_outline, _outline),
    Kind.CREDIT: Spec(fields.CreditForm, {"topics": ("Topic", fields.TopicRow)}, _open_credit, _credit),
    Kind.MEDIA: Spec(fields.Part, {"media": ("File", fields.MediaRow)}, _simple("media"), _media, extra=0),
    Kind.REFERENCES: Spec(fields.Part, {"references": ("Reference", fields.ReferenceRow)}, _simple("references"), _kept()),
    Kind.GLOSSARY: Spec(fields.Part, {"glossary": ("Word", fields.TermRow)}, _simple("glossary"), _kept(), extra=2),
    Kind.EVALUATION: Spec(fields.Part, {"evaluation": ("Question", fields.QuestionRow)}, _simple("evaluation"), _evaluation),
    Kind.DECLARATIONS: Spec(
        fields.DeclarationsForm, {"declarations": ("Declaration", fields.DeclarationRow)}, _simple("declarations"), _kept("disclosures")
    ),
    Kind.SECTION: Spec(fields.SectionForm, {}, _simple(), _kept("title", "objectives", "text")),
    Kind.ITEM: Spec(
        fields.ItemForm,
        {"options": ("Answer", fields.OptionRow), "pairs": ("Pair", fields.PairRow), "steps": ("Step", fields.StepRow)},
        _open_item,
        _item,
        extra=2,
    ),
    Kind.CASE: Spec(
        fields.CaseForm, {"steps": ("Step", fields.CaseStepRow), "choices": ("Choice", fields.ChoiceRow)}, _open_case, _case, extra=2
    ),
}


def label_of(kind: str, path: str) -> str:
    """The label over a field, or the heading over rows, that a key of a part's data has in its form; the path where it has none."""
    spec, key = SPECS[kind], path.split(".")[-1].split("[")[0]
    for form in (spec.head, *(row for _, row in spec.rows.values())):
        field = form.base_fields.get(path.replace(".", "_")) or form.base_fields.get(key)
        if field is not None and field.label:
            return str(field.label)
    return heading_of(key, spec.rows[key][0]) if key in spec.rows else path


def heading_of(name: str, title: str, *, within: bool = False) -> str:
    """What stands above a table of rows; `within`: it is asked for some kinds of question alone."""
    return HEADINGS.get((name, within), f"{title}s")
