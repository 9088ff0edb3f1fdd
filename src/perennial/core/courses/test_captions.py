"""Captions from anyone: shown where they can be, and none so long that looking at them holds up the site."""

import time

import pytest

from perennial.core.courses.media import captions_fault

HEAD, CUE = "WEBVTT\n\n", "00:00:01.000 --> 00:00:04.000\n"


def test_captions_in_order_have_no_fault() -> None:
    assert captions_fault(f"{HEAD}{CUE}Hello.\n".encode()) is None


def test_more_than_a_film_of_ten_hours_needs_is_refused_unread() -> None:
    fault = captions_fault((HEAD + f"{CUE}a\n\n" * 70_000).encode())
    assert fault is not None
    assert fault[0] == "has more than 2 MB"


@pytest.mark.parametrize("body", ["\n", f"{CUE}a\n\n", "NOTE x\n\n", "REGION\nid:x\n\n", "STYLE\n::cue{}\n", "-->", "<a ", "00:", "\x00"])
def test_what_is_repeated_without_end_takes_its_size_in_time(body: str) -> None:
    began = time.process_time()
    captions_fault((HEAD + CUE + body * (200_000 // len(body))).encode())
    assert time.process_time() - began < 5
