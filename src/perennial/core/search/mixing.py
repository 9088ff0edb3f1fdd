"""One list of two: works found by words, and works whose meaning is near, by their places in both (reciprocal rank fusion).

Source: Cormack, Clarke and Büttcher, Reciprocal rank fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009; its
constant is 60.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

RANK_CONSTANT = 60
LEAST_ALIKE = 0.35  # works less alike than this are about something else
Alike = Sequence[tuple[int, float]]


def by_meaning(alike: Alike, weights: Mapping[int, float]) -> list[int]:
    """The works that fit and are alike enough, in the order of likeness above the least, times their weight."""
    found = {one: (likeness - LEAST_ALIKE) * weights[one] for one, likeness in alike if one in weights and likeness > LEAST_ALIKE}
    return sorted(found, key=lambda one: (-found[one], one))


def mixed(lists: Iterable[Sequence[int]], last: Collection[int]) -> list[tuple[int, float]]:
    """Every work of the lists with its score, the best first; those in `last` after all others."""
    scores: dict[int, float] = {}
    for one_list in lists:
        for place, one in enumerate(one_list, 1):
            scores[one] = scores.get(one, 0.0) + 1 / (RANK_CONSTANT + place)
    return sorted(scores.items(), key=lambda pair: (pair[0] in last, -pair[1], pair[0]))
