"""Appraisal of published studies: forms by design, agreement of two raters, and whether a study applies to one's clients."""

from perennial.core.appraisal.agreement import Agreement, Difference, Figure, agree, differences
from perennial.core.appraisal.applies import ASPECTS, Aspect, Compared, Line, Told, compare, in_words
from perennial.core.appraisal.form import Answer, Domain, Form, Item, from_plain, plain
from perennial.core.appraisal.group import GroupAgreement, agree_all
from perennial.core.appraisal.gym import Example, Key, read_gym
from perennial.core.appraisal.minutes import minutes_spent
from perennial.core.appraisal.practice import Next, Progress, Try, next_question, progress
from perennial.core.appraisal.read import read_forms
from perennial.core.appraisal.suggest import Suggestion, suggest

__all__ = [
    "ASPECTS",
    "Agreement",
    "Answer",
    "Aspect",
    "Compared",
    "Difference",
    "Domain",
    "Example",
    "Figure",
    "Form",
    "GroupAgreement",
    "Item",
    "Key",
    "Line",
    "Next",
    "Progress",
    "Suggestion",
    "Told",
    "Try",
    "agree",
    "agree_all",
    "compare",
    "differences",
    "from_plain",
    "in_words",
    "minutes_spent",
    "next_question",
    "plain",
    "progress",
    "read_forms",
    "read_gym",
    "suggest",
]
