"""Why a work stands where it stands, in words: where what was asked for is found, its design, its year, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from perennial.core.search.asked import Asked, Group
from perennial.core.search.entry import Entry
from perennial.core.search.stems import stems_of


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and whether it raises the work or lowers it."""

    words: str
    raises: bool = True


def reasons_for(
    entry: Entry, asked: Asked, taken_for: Sequence[tuple[str, str]] = (), *, level_words: str = "", alike: bool = False
) -> list[Reason]:
    """The reasons, the weightiest first; `alike` says that its meaning is near to what was asked."""
    found = [*_of_words(entry, asked, dict(taken_for))]
    if alike:
        found.append(Reason("near in meaning" if found else "near in meaning, in other words"))
    if level_words and entry.level != "unknown":
        found.append(Reason(level_words.lower()))
    if entry.year:
        found.append(Reason(str(entry.year)))
    if entry.retracted:
        found.insert(0, Reason("retracted, so it comes last", raises=False))
    return found


def _of_words(entry: Entry, asked: Asked, taken_for: dict[str, str]) -> list[Reason]:
    places = (
        ("title", entry.title),
        ("headings", " ; ".join(entry.headings)),
        ("abstract", entry.abstract),
        ("authors", " ".join(entry.authors)),
    )
    texts = {name: stems_of(text) for name, text in places}
    found: dict[str, list[str]] = {}
    others: list[Reason] = []
    for group in asked.groups:
        place = next((name for name, stems in texts.items() if group.typed not in taken_for and _inside(group.typed, stems)), "")
        if place:
            found.setdefault(place, []).append(group.typed)
            continue
        others += _otherwise(group, texts, entry, taken_for)
    said = [Reason(f"{_listed(words)} in the {place}") for place, words in found.items()]
    return said + others


def _otherwise(group: Group, texts: dict[str, list[str]], entry: Entry, taken_for: dict[str, str]) -> list[Reason]:
    near = next((taken_for[word] for word in group.typed.split() if word in taken_for), "")
    if near and any(_inside(near, stems) for stems in texts.values()):
        return [Reason(f"“{near}”, taken for “{group.typed}”")]
    name = next((name for name in group.names if any(_inside(name, stems) for stems in texts.values())), "")
    if name:
        return [Reason(f"“{name}”, another name of “{group.typed}”")]
    if set(group.practices) & set(entry.practices):
        return [Reason(f"on the map under “{group.typed}”")]
    return []


def _inside(words: str, stems: list[str]) -> bool:
    """Whether the words stand in the text one after another, by their stems."""
    wanted = stems_of(words)
    return bool(wanted) and any(stems[place : place + len(wanted)] == wanted for place in range(len(stems) - len(wanted) + 1))


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
