"""Makes abstracts of invented words, spread as words of a language are, and questions about them; the same for the same seed.

Words are built of roots, beginnings and endings of the field, so that stems and near spellings behave as in texts; the word of rank r comes
with a chance of 1 / (r + 2.7)^1.07. Each document has one of 400 topics, whose words come more often, so that words come together.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

COMMON_TEXT = (
    "the of and in to a with for was were is that on by from this as or at an be are not which these between than study results "
    "patients group treatment we methods conclusions background during after using"
)
ROOTS_TEXT = (
    "psych therap anxi depress trauma attach cogn behav emot soma neuro addict substanc couns famil coupl child adolesc grief ethic "
    "cultur suicid risk assess diagnos interven mindful resili sleep stress pain memor attent motiv social school communit veteran "
    "refuge gender ident body eating obsess compuls panic phob bipol schizo autis hyperact learn speech develop aging dement caregiv "
    "violen abus neglect recover relaps crisis hotlin telehealth supervis consent confident bound documen bill insur polic outcom "
    "measur random control trial meta analys qualit interview survey cohort longitud validat reliab screen prevent educat train compet "
    "profess licens"
)
BEGINNINGS_TEXT = "pre post inter multi co re un non self sub over trans bi meta micro"
ENDINGS_TEXT = "s al ive ion ions ing ed ment ness ity ist ists ation ology ologic istic able ically er ers ance"
SYLLABLES_TEXT = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya zen tra plo ster mon cal"
COMMON, ROOTS, SYLLABLES = COMMON_TEXT.split(), ROOTS_TEXT.split(), SYLLABLES_TEXT.split()
BEGINNINGS = ("", "", "", *BEGINNINGS_TEXT.split())
ENDINGS = ("", *ENDINGS_TEXT.split())
SIZE, TOPICS, OF_A_TOPIC, SEED, AT_ONCE = 80_000, 400, 150, 7, 20_000
Numbers = npt.NDArray[Any]


class Words(NamedTuple):
    """All words, the most frequent first; how often one of a rank or before it comes; and the words of each topic."""

    words: Numbers
    share: Numbers
    topics: Numbers
    dice: np.random.Generator


def write_documents(path: Path, count: int) -> None:
    """Write so many documents, a line each: key, title of ten words, abstract of 30 to 390, between tabs."""
    made = _words()
    with path.open("w", encoding="utf-8", buffering=1 << 22) as file:
        for first in range(0, count, AT_ONCE):
            file.writelines(_lines(made, first, min(AT_ONCE, count - first)))


def questions(count: int = 300) -> list[str]:
    """Questions of two or three words: of one topic, a frequent and a rare one, or of middling frequency, in turn."""
    made, dice, found = _words(), np.random.default_rng(77), []
    for number in range(count):
        kind, many = number % 3, 2 + number % 2
        if kind == 0:
            chosen = made.topics[dice.integers(0, TOPICS), dice.choice(40, many, replace=False)]
        elif kind == 1:
            chosen = np.concatenate([dice.integers(len(COMMON), 200, 1), dice.integers(3000, 20000, many - 1)])
        else:
            chosen = dice.integers(len(COMMON), 3000, many)
        found.append(" ".join(made.words[one] for one in dict.fromkeys(chosen.tolist())))
    return found


def _words() -> Words:
    words = np.array(_vocabulary(), dtype=object)
    chance = 1 / (np.arange(len(words)) + 2.7) ** 1.07
    dice = np.random.default_rng(SEED)
    return Words(words, np.cumsum(chance / chance.sum()), dice.integers(len(COMMON), 8000, (TOPICS, OF_A_TOPIC)), dice)


def _vocabulary() -> list[str]:
    dice, found = np.random.default_rng(SEED), dict.fromkeys(COMMON)
    built = [begin + root + end for root in ROOTS for begin in BEGINNINGS for end in ENDINGS]
    dice.shuffle(built)
    found.update(dict.fromkeys(built))
    while len(found) < SIZE:
        found["".join(SYLLABLES[one] for one in dice.integers(0, len(SYLLABLES), dice.integers(2, 5)))] = None
    return list(found)[:SIZE]


def _lines(made: Words, first: int, many: int) -> Iterator[str]:
    dice = made.dice
    lengths = np.clip(dice.normal(200, 40, many), 40, 400).astype(int)
    total = int(lengths.sum())
    ranks = np.searchsorted(made.share, dice.random(total)).clip(0, SIZE - 1)
    topics = np.repeat(dice.integers(0, TOPICS, many), lengths)
    own = dice.random(total) < 0.15
    ranks[own] = made.topics[topics[own], (dice.random(int(own.sum())) ** 2 * OF_A_TOPIC).astype(int)]
    words, place = made.words[ranks], 0
    for number, length in enumerate(lengths, first):
        text = words[place : place + length]
        place += length
        yield f"{number}\t{' '.join(text[:10])}\t{' '.join(text[10:])}\n"
