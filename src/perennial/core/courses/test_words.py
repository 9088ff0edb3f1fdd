"""Which words count towards hours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perennial.core.courses import counted_words

WORDS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Three plain words", 3),
        ("## Not these\n\nBut these two more", 4),
        ("Not a reference\n---\n\nOne", 1),
        ("Cited [@a2020; @b2021] once", 2),
        ("Cited [@a2020].", 1),
        ("::: case The title of Ana\nTwo words\n:::", 2),
        ("::: note\nTwo words\n:::", 2),
        ("Not `this code` but", 2),
        ("```\nnot this\n```\n\nOne", 1),
        ("    not this\n\nOne", 1),
        ("| a | b |\n|---|---|\n| c d | 5 |", 5),
        ("- one\n- two\n\n1. three", 3),
        ("[two words](https://example.org/not/these)", 2),
        ("co**unt**ed as one", 3),
        ("A dash — and an ellipsis … are none", 7),
        ("one\ntwo  \nthree", 3),
        ("a post-test, 12.5 %, and 988", 5),
    ],
)
def test_only_the_text_counts(text: str, words: int) -> None:
    assert counted_words(text) == words


@given(WORDS, WORDS)
def test_two_paragraphs_count_as_their_sum(first: list[str], second: list[str]) -> None:
    assert counted_words(" ".join(first) + "\n\n" + " ".join(second)) == len(first) + len(second)


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_counted(text: str) -> None:
    assert 0 <= counted_words(text) <= len(text)
