"""The evaluation form: what approval bodies ask of every course, and what this course asks besides."""

from typing import Any

from django import forms

from perennial.core import courses as core

SCALE = (("1", "Not at all"), ("2", "A little"), ("3", "Partly"), ("4", "Mostly"), ("5", "Fully"))
LONGEST_COMMENT = 4000

# Asked of every course, whoever wrote it.
STANDARD = (
    ("useful", "I can use this in my practice"),
    ("current", "The content was accurate and up to date"),
    ("authors", "The authors knew their subject and wrote clearly"),
    ("fair_test", "The test asked for what the course taught"),
    ("unbiased", "The course was free of commercial and other bias"),
    ("worked", "The pages worked well on my device"),
    ("accessible", "The course could be used with my abilities and needs"),
)


class EvaluationForm(forms.Form):
    """Questions on a scale of five, how long it took, and what to say freely."""

    def __init__(self, content: core.Course, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for objective in content.objectives:
            self.fields[f"objective-{objective.id}"] = scale(objective.text)
        for name, words in STANDARD:
            self.fields[name] = scale(words)
        for question in content.evaluation:
            self.fields[f"own-{question.id}"] = scale(question.text) if question.kind == "scale" else words_on(question.text)
        self.fields["minutes"] = forms.IntegerField(
            label="How many minutes did it take, test included?",
            min_value=1,
            max_value=6000,
            help_text="A whole number, so that the hours of this course stay honest.",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "Write a whole number from 1 to 6000."),
        )
        self.fields["comment"] = words_on("What should we keep, change or add?")

    @property
    def scales(self) -> list[forms.BoundField]:
        """The standard questions."""
        return [self[name] for name, _ in STANDARD]

    @property
    def objectives(self) -> list[forms.BoundField]:
        """One question for each objective."""
        return [bound for bound in self if bound.name.startswith("objective-")]

    @property
    def own(self) -> list[forms.BoundField]:
        """What this course asks besides."""
        return [bound for bound in self if bound.name.startswith("own-")]


def scale(words: str) -> forms.Field:
    """A statement and five answers."""
    return forms.ChoiceField(
        label=words, choices=SCALE, widget=forms.RadioSelect, error_messages={"required": "Choose one of the five answers."}
    )


def words_on(question: str) -> forms.Field:
    """A question answered in words, or not at all."""
    return forms.CharField(
        label=question,
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In general words: nothing by which a client could be recognized.",
    )
