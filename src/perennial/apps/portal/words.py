"""How figures, days and answers that are needed are said on pages that show an answer."""

from perennial.core.rules.citing import board_address as board_address

CONFIDENCE = {
    "high": "Read in the rule's own text or on the board's page.",
    "medium": "Known from two or more summaries that agree; the rule's own text was not read.",
    "low": "Known from one summary only. Ask the board before you rely on it.",
}
NEEDS = {
    "birth_month": "Choose the month of birth; this rule counts from it.",
    "number": "Enter the license number; this rule goes by its last digit.",
    "issued": "Enter the day on which the license was first issued; what a first renewal asks depends on it.",
    "renewal_number": "Enter the day of issue, or which renewal this is; some lines are asked at certain renewals only.",
    "months": "How long a renewal period lasts was not read. Ask the board from which day hours count.",
}


def days(number: int) -> str:
    """Days with their unit: 1 day, 97 days."""
    return f"{number} {'day' if number == 1 else 'days'}"


def sentence(text: str) -> str:
    """A rule's words as a sentence: a capital first, a full stop last."""
    words = text.strip()
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""
