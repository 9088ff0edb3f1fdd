"""Stub."""

from django.http import HttpResponse


def rule(request, *a, **k):
    return HttpResponse("stub")


take_back = rule
