"""What approval bodies ask of a course and its provider: hours of credit with their computation, and checks with their clauses."""

from perennial.core.approval.bodies import Asked, Body, CertificateField, Rule, bodies, certificate_fields, library
from perennial.core.approval.checks import check_course
from perennial.core.approval.findings import Finding
from perennial.core.approval.hour_checks import claimed_hours, credit_in_words, granted_credit, granted_hours
from perennial.core.approval.hours import Ceu, Hours, Minutes, in_ceu
from perennial.core.approval.length import METHODS, Computed, computed_length, minutes_by_mergener, minutes_from_words
from perennial.core.approval.provider import Administrator, HeldApproval, Provider, provider_from, read_provider
from perennial.core.approval.rounding import Rounding, granted, granted_units
from perennial.core.approval.statement import Element, statement_elements

__all__ = [
    "METHODS",
    "Administrator",
    "Asked",
    "Body",
    "CertificateField",
    "Ceu",
    "Computed",
    "Element",
    "Finding",
    "HeldApproval",
    "Hours",
    "Minutes",
    "Provider",
    "Rounding",
    "Rule",
    "bodies",
    "certificate_fields",
    "check_course",
    "claimed_hours",
    "computed_length",
    "credit_in_words",
    "granted",
    "granted_credit",
    "granted_hours",
    "granted_units",
    "in_ceu",
    "library",
    "minutes_by_mergener",
    "minutes_from_words",
    "provider_from",
    "read_provider",
    "statement_elements",
]
