"""What a rule asks about a license is offered by name, each thing once."""

from perennial.apps.licenses.rules import questions_for, rule_base


def test_no_duty_is_offered_twice() -> None:
    for jurisdiction, profession in rule_base().rules:
        names = [words for _, words in questions_for(jurisdiction, profession).duties]
        assert len(names) == len(set(names)), (jurisdiction, profession)
    assert questions_for("TX", "counselor").duties == (("jurisprudence", "Texas jurisprudence examination"),)
    assert ("jurisprudence_exam", "Jurisprudence examination") in questions_for("TX", "psychologist").duties
    assert "learning_plan" not in dict(questions_for("CO", "clinical_social_worker").duties)
