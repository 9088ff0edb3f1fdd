"""Organizations that offer courses, their approvals with dates."""
