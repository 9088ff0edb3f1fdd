"""Tells Django of this area."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """The area `attendance`."""

    name = "perennial.apps.attendance"
    label = "attendance"
