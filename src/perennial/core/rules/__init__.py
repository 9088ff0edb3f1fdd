"""Renewal rules: read the rule base, judge a license, say why.

from perennial.core.rules import load, evaluate
base = load()
answer = evaluate(base.rule("CA", "clinical_social_worker"), standing)
"""

from perennial.core.rules.answer import Answer, Line, NotCounted
from perennial.core.rules.evaluate import evaluate
from perennial.core.rules.facts import Credit, Done, License, Standing
from perennial.core.rules.load import PROFESSIONS, RuleBase, default_folder, load
from perennial.core.rules.periods import CreditWindow, credit_window
from perennial.core.rules.rule import Rule

__all__ = [
    "PROFESSIONS",
    "Answer",
    "Credit",
    "CreditWindow",
    "Done",
    "License",
    "Line",
    "NotCounted",
    "Rule",
    "RuleBase",
    "Standing",
    "credit_window",
    "default_folder",
    "evaluate",
    "load",
]
