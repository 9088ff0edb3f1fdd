"""Words without what does not matter to their meaning: case, accents, the plural, and British spelling."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[a-z0-9]+")
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
POSSESSIVE = re.compile(rf"['{APOSTROPHE}]s?\b")
SHORTEST_PLURAL = 4
KEPT_ENDINGS = ("ss", "us", "is")
BRITISH = {
    "behaviour": "behavior",
    "behavioural": "behavioral",
    "behaviourally": "behaviorally",
    "behaviourism": "behaviorism",
    "centred": "centered",
    "counselling": "counseling",
    "counsellor": "counselor",
    "dialogue": "dialog",
    "enrolment": "enrollment",
    "fibre": "fiber",
    "hospitalisation": "hospitalization",
    "licence": "license",
    "mentalisation": "mentalization",
    "normalisation": "normalization",
    "paediatric": "pediatric",
    "programme": "program",
    "randomised": "randomized",
    "traumatised": "traumatized",
}


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, folded, so that "Cognitive-behavioural therapies" equals "cognitive behavioral therapy"."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(mark for mark in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(mark))
    if "'" in plain or APOSTROPHE in plain:
        plain = POSSESSIVE.sub("", plain)
    return tuple(map(_word, WORD.findall(plain)))


@lru_cache(maxsize=65536)
def _word(word: str) -> str:
    """One word without its plural and in US spelling."""
    word = BRITISH.get(word, word)
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith(KEPT_ENDINGS):
        return word
    single = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return BRITISH.get(single, single)
