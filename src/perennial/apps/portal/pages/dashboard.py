"""Stub."""

from django.http import HttpResponse


def dashboard(request, *a, **k):
    return HttpResponse("stub")


take_back = dashboard
