"""Who was there for how long: marks at doors become presence, presence becomes whole minutes, minutes become hours."""

from perennial.core.attendance.hours import Attended, BodyHours, PartMinutes, attended
from perennial.core.attendance.presence import Kind, Mark, Presence, Span, presence_of, presences
from perennial.core.attendance.session import BodyRule, Part, Session, read_log, read_session, session_from

__all__ = [
    "Attended",
    "BodyHours",
    "BodyRule",
    "Kind",
    "Mark",
    "Part",
    "PartMinutes",
    "Presence",
    "Session",
    "Span",
    "attended",
    "presence_of",
    "presences",
    "read_log",
    "read_session",
    "session_from",
]
