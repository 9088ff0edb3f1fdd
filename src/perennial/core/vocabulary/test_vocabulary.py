"""What practices are called: expansion, search, and the practices that a work is about."""

import pytest

from perennial.core.vocabulary import Kind, Tag, Term, Vocabulary, expand, find, folded, tag

CBT = Term(
    "cognitive-behavioral-therapy",
    "Cognitive behavioral therapy",
    Kind.MODALITY,
    ("cognitive therapy",),
    ("CBT",),
    ("Cognitive Behavioral Therapy",),
)
INSOMNIA_CBT = Term(
    "cbt-for-insomnia",
    "Cognitive behavioral therapy for insomnia",
    Kind.MODALITY,
    (),
    ("CBT-I",),
    (),
    (CBT.slug,),
)
ACT = Term("acceptance-and-commitment-therapy", "Acceptance and commitment therapy", Kind.MODALITY, (), ("ACT",), (), (CBT.slug,))
TEAMS = Term("assertive-community-treatment", "Assertive community treatment", Kind.MODALITY, (), ("ACT",))
EMDR = Term("emdr", "Eye movement desensitization and reprocessing", Kind.MODALITY, (), ("EMDR",))
PTSD = Term("posttraumatic-stress", "Posttraumatic stress disorder", Kind.CONDITION, ("post-traumatic stress",), ("PTSD",))
CHILDREN = Term("children", "Children", Kind.POPULATION, mesh=("Child",))
WORDS = Vocabulary.of([CBT, INSOMNIA_CBT, ACT, TEAMS, EMDR, PTSD, CHILDREN])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cognitive-Behavioural Therapies", "cognitive behavioral therapy"),
        ("the client's dialogue", "The client\N{RIGHT SINGLE QUOTATION MARK}s dialog"),
        ("Mindfulness programmes", "mindfulness program"),
        ("Thérapies", "therapy"),
    ],
)
def test_what_does_not_matter_to_the_meaning_is_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_a_word_that_ends_in_s_without_being_a_plural_stays() -> None:
    assert folded("stress crisis focus") == ("stress", "crisis", "focus")


def test_a_name_a_synonym_and_an_abbreviation_lead_to_the_same_practice() -> None:
    for words in ("cognitive-behavioral-therapy", "Cognitive behavioural therapies", "COGNITIVE THERAPY", "cbt"):
        assert WORDS.slugs_called(words) == (CBT.slug,), words
    assert WORDS.slugs_called("act") == (ACT.slug, TEAMS.slug)
    assert WORDS.slugs_called("something else") == ()


def test_a_practice_expands_to_all_it_is_called_each_once() -> None:
    assert expand(WORDS, CBT.slug) == ("Cognitive behavioral therapy", "cognitive therapy", "CBT")
    assert expand(WORDS, "nowhere") == ()


def test_what_is_part_of_a_practice_is_known_from_above() -> None:
    assert WORDS.narrower[CBT.slug] == (INSOMNIA_CBT.slug, ACT.slug)
    assert WORDS.narrower[PTSD.slug] == ()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("cbt", CBT.slug),
        ("cognitive behavioural", CBT.slug),
        ("insomnia", INSOMNIA_CBT.slug),
        ("cognative behavoral therapy", CBT.slug),
        ("post traumatic", PTSD.slug),
        ("eye movment", EMDR.slug),
        ("child", CHILDREN.slug),
    ],
)
def test_a_search_forgives_spelling_and_knows_other_words(asked: str, first: str) -> None:
    assert find(WORDS, asked)[0].slug == first


@pytest.mark.parametrize("asked", ["", "  ", "---", "zz", "wholly other words"])
def test_a_search_for_what_is_not_there_finds_nothing(asked: str) -> None:
    assert find(WORDS, asked) == []


def test_a_work_is_tagged_by_heading_then_by_text_and_each_practice_once() -> None:
    found = tag(
        WORDS,
        "Cognitive behaviour therapies and EMDR for post-traumatic stress in children",
        ["*Child", "Cognitive Behavioral Therapy/methods"],
    )
    assert found == (Tag(CHILDREN.slug, "mesh"), Tag(CBT.slug, "mesh"), Tag(PTSD.slug, "text"), Tag(EMDR.slug, "text"))


def test_a_longer_name_hides_the_shorter_inside_it() -> None:
    assert tag(WORDS, "Digital cognitive behavioural therapy for insomnia: a trial") == (Tag(INSOMNIA_CBT.slug, "text"),)


def test_a_short_or_shared_abbreviation_and_small_letters_tag_nothing() -> None:
    assert tag(WORDS, "ACT now: a cbt for all, emdr, and PTSDs") == ()
    assert tag(WORDS, "PTSD in veterans") == (Tag(PTSD.slug, "text"),)
