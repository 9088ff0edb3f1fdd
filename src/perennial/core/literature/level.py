"""How strong the evidence of a work can be at best, by its design: an order of designs, not a verdict about one paper."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The design of a work, the one whose evidence can be strongest first. The order says nothing of how well a work was done."""

    SYSTEMATIC_REVIEW = "systematic_review"
    RANDOMIZED_TRIAL = "randomized_trial"
    CONTROLLED_STUDY = "controlled_study"
    COHORT = "cohort"
    CASE_CONTROL = "case_control"
    CROSS_SECTIONAL = "cross_sectional"
    CASE_SERIES = "case_series"
    QUALITATIVE = "qualitative"
    GUIDELINE = "guideline"
    NARRATIVE = "narrative"
    OPINION = "opinion"
    PROTOCOL = "protocol"
    LABORATORY = "laboratory"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The design, for people."""
        return WORDS[self]

    @property
    def rank(self) -> int:
        """Its place in the order: 1 for the strongest."""
        return RANKS[self]


WORDS = {
    Level.SYSTEMATIC_REVIEW: "Systematic review",
    Level.RANDOMIZED_TRIAL: "Randomized trial",
    Level.CONTROLLED_STUDY: "Controlled study without randomization",
    Level.COHORT: "Cohort study",
    Level.CASE_CONTROL: "Case-control study",
    Level.CROSS_SECTIONAL: "Cross-sectional study",
    Level.CASE_SERIES: "Case report or series",
    Level.QUALITATIVE: "Qualitative study",
    Level.GUIDELINE: "Guideline",
    Level.NARRATIVE: "Narrative review or textbook",
    Level.OPINION: "Opinion, letter or comment",
    Level.PROTOCOL: "Plan of a study, without results",
    Level.LABORATORY: "Study of animals or in the laboratory",
    Level.UNKNOWN: "Design not known",
}
RANKS = {level: place for place, level in enumerate(Level, 1)}


@dataclass(frozen=True, slots=True)
class Graded:
    """The design of a work, and why we take it for that: a clause such as "its publication type is Randomized Controlled Trial"."""

    level: Level
    because: str
