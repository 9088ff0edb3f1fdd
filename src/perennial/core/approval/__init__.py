"""What approval bodies ask of a course: hours of credit with their computation, and checks with their clauses."""

from perennial.core.approval.bodies import Asked, Body, CertificateField, Rule, bodies, certificate_fields, library
from perennial.core.approval.checks import check_course, claimed_hours, granted_hours
from perennial.core.approval.findings import Finding
from perennial.core.approval.hours import Ceu, Hours, Minutes, in_ceu
from perennial.core.approval.length import Computed, computed_length, minutes_by_mergener, minutes_from_words
from perennial.core.approval.rounding import Rounding, granted

__all__ = [
    "Asked",
    "Body",
    "CertificateField",
    "Ceu",
    "Computed",
    "Finding",
    "Hours",
    "Minutes",
    "Rounding",
    "Rule",
    "bodies",
    "certificate_fields",
    "check_course",
    "claimed_hours",
    "computed_length",
    "granted",
    "granted_hours",
    "in_ceu",
    "library",
    "minutes_by_mergener",
    "minutes_from_words",
]
