"""Reads what people are told; offers calendar files to the areas above."""

from perennial.apps.notices.calendar import CalendarEvent, calendar_file

__all__ = ["CalendarEvent", "calendar_file"]
