"""Which form fits a work, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from perennial.core.appraisal.form import Form

BY_TITLE = (
    ("prediction_model", ("prediction model", "predictive model", "risk score", "prognostic model", "machine learning")),
    ("diagnostic_accuracy", ("diagnostic accuracy", "screening accuracy", "sensitivity and specificity", "validity of the")),
    ("systematic_review", ("systematic review", "meta-analysis", "meta-analyses", "meta-analytic", "metaanalysis")),
    ("single_case", ("single-case", "single case", "multiple baseline", "n-of-1")),
    ("qualitative", ("qualitative", "interview study", "phenomenolog", "grounded theory", "thematic analysis")),
    ("randomized_trial", ("randomized", "randomised", "controlled trial")),
    ("case_control", ("case-control", "case control")),
    ("cohort", ("cohort", "longitudinal", "prospective", "follow-up study")),
)
OWN_DESIGN = {"prediction_model", "diagnostic_accuracy"}
"""Designs that no level of evidence names, so that the words of the title come first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A form, and in a sentence why it is suggested; an empty design where nothing tells."""

    design: str
    because: str


def suggest(forms: Iterable[Form], *, level: str, because: str, title: str) -> Suggestion:
    """The form for a work: by its title where only that tells, else by its level of evidence, else by its title."""
    there = {form.design: form for form in forms}
    words = _by_title(title)
    named = words if words and words.design in there else None
    if named and named.design in OWN_DESIGN:
        return named
    for form in there.values():
        if level and level in form.levels:
            reason = f" ({because.rstrip('.')})" if because else ""
            return Suggestion(form.design, f"The work is listed as {level.replace('_', ' ')}{reason}.")
    return named or Suggestion("", "Neither the level of evidence nor the title tells the design. Look into the methods section.")


def _by_title(title: str) -> Suggestion | None:
    text = title.casefold()
    for design, words in BY_TITLE:
        for word in words:
            if word in text:
                return Suggestion(design, f"The title says “{word}”.")
    return None
