"""What a host says of a meeting, what a host writes after it, and what a guest says of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from perennial.apps.clubs.models import LONG, LONGEST, ZONE_WORDS, Meeting
from perennial.apps.clubs.services import MeetingFacts
from perennial.apps.courses.opinions import scale
from perennial.apps.credits.queries import topic_choices
from perennial.apps.providers.queries import Provider
from perennial.core.approval import bodies

STANDARD = (
    ("useful", "I can use this in my practice"),
    ("prepared", "The host was prepared and knew the subject"),
    ("unbiased", "The meeting was free of commercial and other bias"),
    ("accessible", "I could take part with my abilities and needs"),
)
LATER = "Write the day and the time."


class HoldForm(forms.Form):
    """A meeting: when, where, about what, with which questions."""

    title = forms.CharField(label="Title", max_length=200, help_text="Often a question, such as “Does exposure need relaxation?”")
    about = forms.CharField(label="Why this paper", max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"invalid": LATER})
    begins = forms.TimeField(label="Begins", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label="Lasts, in minutes", min_value=15, max_value=480, initial=60)
    zone = forms.ChoiceField(label="Time zone", choices=list(ZONE_WORDS.items()))
    where = forms.ChoiceField(label="How you meet", choices=Meeting.Where.choices)
    place = forms.CharField(label="Room, or address of the call", max_length=500, required=False)
    questions = forms.CharField(
        label="Questions to answer beforehand",
        help_text="One on each line, at most ten. People see what others answered once they have answered themselves.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    objectives = forms.CharField(
        label="What people will be able to do", help_text="One on each line.", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    topic = forms.ChoiceField(label="Topic of the hours", required=False)
    provider = forms.ChoiceField(label="Held by", required=False)
    bodies = forms.MultipleChoiceField(
        label="Under the approval of",
        help_text="Only what the provider's approval covers. A certificate names a body only if its approval holds on the day.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_listed = forms.BooleanField(label="Open to everybody on this site", required=False, help_text="Else by your link alone.")

    def __init__(self, data: Any = None, *, providers: Sequence[Provider], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.providers = {one.slug: one for one in providers}
        topic: Any = self.fields["topic"]
        topic.choices = [("", "None"), *topic_choices()]
        held: Any = self.fields["provider"]
        held.choices = [("", "Myself, without a provider"), *((one.slug, one.name) for one in providers)]
        approved: Any = self.fields["bodies"]
        approved.choices = [(slug, body.name) for slug, body in bodies().items()]
        if not providers:
            del self.fields["provider"], self.fields["bodies"]

    def provider_chosen(self) -> Provider | None:
        """The provider that holds it."""
        return self.providers.get(self.cleaned_data.get("provider") or "")

    def facts(self) -> MeetingFacts:
        """What was said, as a value."""
        said = self.cleaned_data
        starts_at = datetime.combine(said["on"], said["begins"], ZoneInfo(said["zone"]))
        return MeetingFacts(
            title=said["title"].strip(),
            about=said["about"].strip(),
            objectives=lines(said["objectives"]),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=said["minutes"]),
            zone=said["zone"],
            where=said["where"],
            place=said["place"].strip(),
            topic=said["topic"],
            bodies=said.get("bodies") or [],
            is_listed=said["is_listed"],
            questions=lines(said["questions"]),
        )


def lines(text: str) -> list[str]:
    """The lines of a text that hold something, each once, cut to 400 characters."""
    return list(dict.fromkeys(line.strip()[:400] for line in text.splitlines() if line.strip()))


def said_of(meeting: Meeting) -> dict[str, Any]:
    """What stands in the form of a meeting that is there."""
    starts = meeting.starts_at.astimezone(ZoneInfo(meeting.zone))
    return {
        **{name: getattr(meeting, name) for name in ("title", "about", "zone", "where", "place", "topic", "bodies", "is_listed")},
        "on": starts.date(),
        "begins": starts.time(),
        "minutes": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "questions": "\n".join(one.text for one in meeting.questions.all()),
        "objectives": "\n".join(meeting.objectives),
        "provider": meeting.provider.slug if meeting.provider else "",
    }


class MarkForm(forms.Form):
    """That a guest came or went at a time of the meeting's day."""

    kind = forms.ChoiceField(label="What", choices=(("in", "Came"), ("out", "Left")))
    at = forms.TimeField(label="At", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class ClosingForm(forms.Form):
    """The minutes of the meeting."""

    minutes = forms.CharField(
        label="Minutes",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What was discussed, what you agreed on, what stays open. Everybody who takes part can read them. Nothing about clients.",
    )


class EvaluationForm(forms.Form):
    """How the meeting was: by objective, then what is asked of every meeting."""

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data)
        for place, text in enumerate(meeting.objectives, 1):
            self.fields[f"objective-{place}"] = scale(f"I can: {text}")
        for name, words in STANDARD:
            self.fields[name] = scale(words)
        self.fields["comment"] = forms.CharField(
            label="What should the host keep or change?", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
        )
