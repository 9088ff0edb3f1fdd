"""Courses, their versions, enrolment, reading and progress, notes."""
