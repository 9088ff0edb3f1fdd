"""What a positive effect means, found in the means of the arms and never taken for granted: databases differ in sign."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from perennial.core.synthesis.metapsy import Trial
from perennial.core.synthesis.values import Kind

Favored = Literal["therapy", "control"]
FEWEST_VOTES, CLEAR = 3, 0.8
FEWEST_CHANGES, MOSTLY = 2, 2 / 3
CONTROLS = ("wl", "cau", "tau", "wait", "control", "ctr", "placebo", "care as usual", "usual care", "no treatment")
HARMS = ("attempt", "suicid", "deteriorat", "relapse", "dropout", "drop-out", "death", "mortality", "self-harm", "adverse")
GAINS = ("remission", "response", "recover", "improve")


@dataclass(frozen=True, slots=True)
class Direction:
    """Whom a positive number favors (None: the data cannot say), the sentence that says it, and on what it rests.

    `more_in` is for risk ratios: where events are more frequent if the number is positive.
    """

    favors: Favored | None
    sentence: str
    because: str
    more_in: Favored | None = None


def direction_of(trials: Sequence[Trial], sizes: Mapping[int, float], kind: Kind) -> Direction:
    """The direction of the effects `sizes`, by line, as the means or events of the same rows have it."""
    names = _arms(trials)
    return _of_means(trials, sizes, names) if kind == "g" else _of_events(trials, sizes, names)


def _of_means(trials: Sequence[Trial], sizes: Mapping[int, float], names: tuple[Favored, Favored]) -> Direction:
    told = [(one, higher) for one in trials if sizes.get(one.line) and (higher := _is_higher(one)) is not None]
    if len(told) < FEWEST_VOTES:
        return Direction(None, "not known: the file does not hold the means of both arms", f"{len(told)} rows have means that differ")
    lower = lower_is_better(trials)
    votes = Counter((sizes[one.line] > 0) == (higher != lower[one.instrument]) for one, higher in told if one.instrument in lower)
    total = votes.total()
    if total < FEWEST_VOTES:
        return _without_baselines([(sizes[one.line] > 0) == higher for one, higher in told], names)
    better = votes[True]
    most = max(better, total - better)
    because = f"{most} of {total} rows with means of both arms, by instruments whose scores from baseline say what improvement is"
    if most < CLEAR * total:
        return Direction(None, "not known: the signs of the effects and the means of the arms disagree", because)
    favored = names[0] if 2 * better > total else names[1]
    return Direction(favored, _favors(favored, 1 if favored == names[0] else 2), because)


def _is_higher(one: Trial) -> bool | None:
    """Whether arm 1 has the higher mean; None where they are alike, or one is not known."""
    first, second = one.arm1.mean, one.arm2.mean
    return None if first is None or second is None or first == second else first > second


def _without_baselines(alike: Sequence[bool], names: tuple[Favored, Favored]) -> Direction:
    """What can be said where no baseline tells which scores are better; `alike` says of each row whether g is positive where arm 1 is
    higher."""
    up, total = sum(alike), len(alike)
    if max(up, total - up) < CLEAR * total:
        return Direction(None, "not known: the signs of the effects do not go with the means of the arms", _of(up, total))
    word = "higher" if 2 * up > total else "lower"
    sentence = f"not known whom it favors: a positive number is a {word} mean in {names[0]} (arm 1), and no baseline says which is better"
    return Direction(None, sentence, _of(max(up, total - up), total))


def lower_is_better(trials: Sequence[Trial]) -> dict[str, bool]:
    """For each instrument whether improvement is a lower score: most arms, treated or not, improve from baseline.

    An instrument is left out that fewer than two arms have a baseline of, or of which less than two thirds of the arms move one way.
    """
    moves: dict[str, list[bool]] = defaultdict(list)
    for one in trials:
        for arm in (one.arm1, one.arm2):
            change = arm.mean - arm.baseline if arm.mean is not None and arm.baseline is not None else arm.change
            if change:
                moves[one.instrument].append(change < 0)
    found = {}
    for instrument, falls in moves.items():
        share = sum(falls) / len(falls)
        if len(falls) >= FEWEST_CHANGES and max(share, 1 - share) >= MOSTLY:
            found[instrument] = share > 0.5
    return found


def _of_events(trials: Sequence[Trial], sizes: Mapping[int, float], names: tuple[Favored, Favored]) -> Direction:
    told = []
    for one in trials:
        risks = [arm.event / arm.total for arm in (one.arm1, one.arm2) if arm.event is not None and arm.total]
        if sizes.get(one.line) and len(risks) == len(names) and risks[0] != risks[1]:
            told.append((one, (sizes[one.line] > 0) == (risks[0] > risks[1])))
    agree = sum(same for _, same in told)
    if len(told) < FEWEST_VOTES or max(agree, len(told) - agree) < CLEAR * len(told):
        return Direction(None, "not known: the file does not hold the events of both arms", _of(agree, len(told)))
    arm = 0 if 2 * agree > len(told) else 1
    outcomes = {one.outcome for one, _ in told}
    event = f" ({', '.join(sorted(outcomes))})" if 0 < len(outcomes) <= FEWEST_VOTES and "" not in outcomes else ""
    more = f"the event{event} is more frequent in {names[arm]} (arm {arm + 1})"
    good = _good(outcomes)
    because = f"{max(agree, len(told) - agree)} of {len(told)} rows with events of both arms"
    if good is None:
        return Direction(None, f"a positive number means that {more}", because, names[arm])
    favored = names[arm] if good else names[1 - arm]
    because = f"{because}; the name of the outcome says whether it is wanted"
    return Direction(favored, f"{_favors(favored, names.index(favored) + 1)}: {more}", because, names[arm])


def _good(outcomes: set[str]) -> bool | None:
    """Whether the events are wanted, by their names; None where these do not say."""
    kinds = {_kind(name.casefold()) for name in outcomes}
    return kinds.pop() if len(kinds) == 1 else None


def _kind(name: str) -> bool | None:
    harm, gain = any(word in name for word in HARMS), any(word in name for word in GAINS)
    return None if harm == gain else gain


def _arms(trials: Sequence[Trial]) -> tuple[Favored, Favored]:
    """What the arms are: arm 2 is the control, as in Metapsy's databases, unless their names say the contrary."""
    first, second = (
        sum(is_control(name) for name in names) for names in zip(*((one.arm1.condition, one.arm2.condition) for one in trials), strict=True)
    )
    return ("control", "therapy") if first > second else ("therapy", "control")


@lru_cache(maxsize=4096)
def is_control(condition: str) -> bool:
    """Whether a condition's name is one of no therapy: waiting list, care as usual, placebo."""
    name = condition.casefold()
    return name in CONTROLS or any(word in name for word in CONTROLS if len(word) > 3) or name == "pl"


def _favors(favored: Favored, arm: int) -> str:
    return f"a positive number favors {favored} (arm {arm})"


def _of(some: int, total: int) -> str:
    return f"{some} of {total} rows"
