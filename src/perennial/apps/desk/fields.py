"""The forms of a draft's parts. Almost nothing is required: a draft may be saved unfinished, and its check says what is missing."""

from functools import cache
from typing import Any, TypeVar

from django import forms
from django.conf import settings

from perennial.core.courses.parts import METHODS, QUESTION_KINDS
from perennial.core.courses.read import LEVELS
from perennial.core.rules.vocabulary import Vocabulary, read_vocabulary

Choices = list[tuple[str, str]]
Field = TypeVar("Field", bound=forms.Field)
KINDS: Choices = [
    ("single", "One right answer"),
    ("multiple", "Several right answers"),
    ("true_false", "True or false"),
    ("matching", "Match pairs"),
    ("ordering", "Put steps in order"),
    ("numeric", "A number"),
    ("reflection", "In own words, never scored"),
]
METHOD_WORDS = {
    "words_6000": "Words: 6,000 an hour",
    "mergener": "Mergener's formula",
    "running_time": "Running time of audio and video",
    "pilot": "Times measured with readers",
}
MEDIA_KINDS: Choices = [("image", "Image"), ("audio", "Audio"), ("video", "Video"), ("file", "File to keep")]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once per process."""
    return read_vocabulary(settings.RULEBASE / "vocabulary.toml")


def line(label: str, hint: str = "", *, longest: int = 4000, rows: int = 0) -> forms.CharField:
    """A field of text that may stay empty; with `rows`, of several lines."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, help_text=hint, max_length=longest, required=False, widget=widget)


def choice(label: str, choices: Choices, hint: str = "") -> forms.ChoiceField:
    """A field of one choice, which may stay open."""
    return forms.ChoiceField(label=label, choices=choices, help_text=hint, required=False)


def one_of_steps(label: str) -> forms.ChoiceField:
    """A step of the case; the script keeps its choices as the steps above are named."""
    return forms.ChoiceField(label=label, choices=[], required=False, widget=forms.Select(attrs={"data-steps": ""}))


def whole(label: str, most: int, hint: str = "") -> forms.IntegerField:
    """A whole number from 1, which may stay open."""
    return forms.IntegerField(label=label, min_value=1, max_value=most, help_text=hint, required=False)


def box(label: str, hint: str = "") -> forms.BooleanField:
    """A yes."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


def wished(field: Field) -> Field:
    """A field that a finished course may leave empty; its label says so."""
    field.may_stay_empty = True  # type: ignore[attr-defined]  # read by the tag `field`
    return field


def kept() -> forms.CharField:
    """What is kept with a row and nobody types."""
    return forms.CharField(required=False, max_length=90, widget=forms.HiddenInput)


def decimal(label: str, hint: str = "") -> forms.CharField:
    """A number with a point, kept as it was typed."""
    attributes = {"inputmode": "decimal", "autocomplete": "off"}
    return forms.CharField(label=label, help_text=hint, max_length=12, required=False, widget=forms.TextInput(attrs=attributes))


class Part(forms.Form):
    """What every form of a part has: the revision that the person had before them."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def offer(self, lists: dict[str, Choices]) -> None:
        """Fill the choices that depend on the draft, by the names of the fields."""
        for name, choices in lists.items():
            field: Any = self.fields.get(name)
            if field is not None:
                field.choices = choices


class AboutForm(Part):
    """The course as the catalog shows it."""

    title = line("Title", longest=90)
    summary = line("Summary", "One or two sentences for the catalog.", longest=600, rows=3)
    level = choice("Level", [(level, level.capitalize()) for level in LEVELS])
    audience = line("For whom", rows=2)
    needs = line("What a learner should bring", "“None.” if nothing.")
    care = wished(line("A word before hard content", "Such as that a vignette speaks of suicide.", rows=2))
    free = box("Course and certificate are free")
    review_state = choice("Review", [("not_yet_reviewed", "Not yet reviewed"), ("reviewed", "Reviewed by a licensed clinician")])
    review_says = line("The sentence about the review", "It stands at each section and on the certificate.", rows=2)


class AuthorRow(forms.Form):
    """Who wrote the course."""

    name = line("Name", longest=200)
    role = line("Role", "Such as: author.")
    qualifications = line("Qualifications", "Degree, license, experience with this subject.", rows=2)


class PracticeRow(forms.Form):
    """A practice that the course is about."""

    practice = wished(choice("Practice", []))


class BeforeRow(forms.Form):
    """A course on which this one builds."""

    course = wished(choice("Course to take first", []))


class OutlineForm(Part):
    """How the bank is asked."""

    ask = whole("Questions in a test", 500)
    pass_percent = whole("Percent to pass", 100)
    minutes = wished(whole("Minutes for the test", 1440, "Empty: no limit."))


class ObjectiveRow(forms.Form):
    """What a learner can do afterwards."""

    id = kept()
    text = line("Afterwards the learner can", "Begin with a verb one can see: list, distinguish, compute, write.", longest=300, rows=2)


class CreditForm(Part):
    """The hours that are claimed, and how they come about."""

    hours = decimal("Hours claimed", "In quarters, such as 1.25.")
    minutes_per_hour = choice("Minutes in an hour", [("50", "50"), ("60", "60")])
    method = choice("Method", [(method, METHOD_WORDS.get(method, method)) for method in METHODS])
    difficulty = decimal("Difficulty, 1 to 5", "For Mergener's formula alone.")
    pilots = line("Minutes that readers took", "Each reader's minutes, with commas between.")
    pilot_rationale = line("How they were measured, and why the hours follow", rows=3)


class TopicRow(forms.Form):
    """Hours of one topic, inside the hours of the course."""

    topic = forms.ChoiceField(label="Topic", required=False)
    hours = decimal("Hours")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topic"]
        field.choices = [("", "Choose a topic"), *vocabulary().topic_choices()]


class MediaRow(forms.Form):
    """What a file is called and says."""

    file = kept()
    kind = choice("Kind", MEDIA_KINDS)
    title = line("Title", longest=200)
    alt = line("What the image shows", "For those who do not see it. For images.", rows=2)
    minutes = decimal("Minutes", "Running time of audio and video.")
    captions = choice("Captions", [], "A WebVTT file (.vtt) that you have uploaded. Video cannot be published without.")
    transcript = line("Transcript", "What is said, as text; for audio and video.", longest=100_000, rows=4)


class ReferenceRow(forms.Form):
    """A work that the text cites."""

    id = line("Short name", "As the text cites it: [@name].", longest=90)
    text = line("Reference", longest=1000, rows=2)
    doi = wished(line("DOI", "As 10.1000/xyz.", longest=300))
    url = wished(line("Address", "Where no DOI exists.", longest=1000))


class TermRow(forms.Form):
    """A word of the glossary."""

    term = line("Word", longest=200)
    means = line("What it means", rows=2)


class QuestionRow(forms.Form):
    """A question of the course's own evaluation."""

    id = kept()
    text = line("Question", rows=2)
    kind = choice("Answered", [(kind, {"scale": "On a scale", "text": "In words"}.get(kind, kind)) for kind in QUESTION_KINDS])


class DeclarationsForm(Part):
    """What learners read of commercial interests."""

    disclosures = line("What learners read", "Commercial support and interests, or that there are none.", rows=4)


class DeclarationRow(forms.Form):
    """One person's word."""

    name = line("Name", longest=200)
    role = line("Role", "Author, planner, reviewer.")
    on = forms.CharField(
        label="Declared on", required=False, max_length=10, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    says = line("What they declare", "Dealings with companies whose products touch clients, in the last 24 months; or “None.”", rows=2)


class SectionForm(Part):
    """A section."""

    title = line("Title", longest=120)
    objectives = forms.MultipleChoiceField(label="Objectives that it serves", required=False, widget=forms.CheckboxSelectMultiple)
    text = line("Text", longest=1_000_000, rows=24)


class ItemForm(Part):
    """A question of the bank."""

    kind = choice("Kind", KINDS)
    stem = line("Question", rows=3)
    objective = choice("Objective that it tests", [])
    section = choice("Section that answers it", [])
    pretest = box("Ask it before reading, uncounted")
    value = decimal("Right number")
    tolerance = decimal("Off by at most", "0: exactly.")
    unit = wished(line("Unit", longest=40))
    rationale = line("Why", "What a right answer rests on. For a question in own words: what a good answer holds.", rows=3)


class OptionRow(forms.Form):
    """One answer to choose."""

    text = line("Answer", longest=1000, rows=2)
    correct = box("Right")
    rationale = line("Why it is right or wrong", rows=2)


class PairRow(forms.Form):
    """Two that belong together."""

    left = line("Left", "Empty: a wrong extra on the right.", longest=500)
    right = line("Belongs to it", longest=500)


class StepRow(forms.Form):
    """One step; rows stand in the right order."""

    text = line("Step", longest=500)


class CaseForm(Part):
    """A branching vignette."""

    title = line("Title", longest=120)
    section = choice("Section in which it stands", [])
    objective = choice("Objective that it serves", [])
    start = one_of_steps("First step")


class CaseStepRow(forms.Form):
    """What happens at a step."""

    id = line("Short name of the step", "Small letters, digits, hyphens.", longest=90)
    text = line("What happens", rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].widget.attrs["data-step"] = ""


class ChoiceRow(forms.Form):
    """What one may do at a step, and where it leads."""

    at = one_of_steps("At step")
    text = line("The learner may", longest=500)
    goto = one_of_steps("Leads to step")
    says = wished(line("What is said of this choice", rows=2))
