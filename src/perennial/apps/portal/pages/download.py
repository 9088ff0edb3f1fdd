"""Stub."""

from django.http import HttpResponse


def download(request, *a, **k):
    return HttpResponse("stub")


take_back = download
