"""Stub."""

from django.http import HttpResponse


def requirement(request, *a, **k):
    return HttpResponse("stub")


take_back = requirement
