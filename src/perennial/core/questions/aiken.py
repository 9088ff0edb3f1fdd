"""Read Aiken: a question, lettered answers, and a line ANSWER: with the letter; each fault is named with its line."""

import re
from collections.abc import Iterator, Sequence

from perennial.core.questions.decode import decoded
from perennial.core.questions.found import RIGHT, WRONG, Answer, Aside, Found, Marked, Read

OPTION = re.compile(r"\s*([A-Za-z])[.)]\s+(\S.*)|\s*([A-Z])[.)](\S.*)")
RIGHT_ONE = re.compile(r"\s*ANSWER\s*:(.*)", re.IGNORECASE)
ONE_LETTER = re.compile(r"[A-Za-z]")
Line = tuple[int, str]


def read_aiken(data: bytes, file: str) -> Read:
    """The questions of an Aiken file. Raises Unreadable where it is no text."""
    text, asides = decoded(data, file)
    yield from asides
    for lines in _blocks(text):
        yield _question(lines)


def _blocks(text: str) -> Iterator[list[Line]]:
    """The lines of each question: up to its ANSWER, or up to where the next question plainly begins after an empty line."""
    held: list[Line] = []
    lettered = empty = False
    for place, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            empty = True
            continue
        answer, option = RIGHT_ONE.fullmatch(line), OPTION.fullmatch(line)
        if held and empty and lettered and not answer and not option:
            yield held
            held, lettered = [], False
        held.append((place, line.strip()))
        lettered = lettered or (bool(option) and len(held) > 1)
        empty = False
        if answer:
            yield held
            held, lettered = [], False
    if held:
        yield held


def _question(lines: Sequence[Line]) -> Found | Aside:
    """The question of these lines, or its first fault."""
    answer = RIGHT_ONE.fullmatch(lines[-1][1])
    options: list[tuple[int, str, str]] = []
    stem: list[str] = []
    for place, line in lines[:-1] if answer else lines:
        option = OPTION.fullmatch(line) if stem else None
        if option:
            options.append((place, (option[1] or option[3]).upper(), option[2] or option[4]))
        elif options:
            return _fault(place, f"'{line[:60]}' stands among the answers without a letter", "Begin it with A), B) and so on, on one line.")
        else:
            stem.append(line)
    return _checked(lines, stem, options, answer[1].strip() if answer else None)


def _checked(lines: Sequence[Line], stem: Sequence[str], options: Sequence[tuple[int, str, str]], answer: str | None) -> Found | Aside:
    first, last = lines[0][0], lines[-1][0]
    if not stem:
        return _fault(first, "there is an ANSWER without a question before it", "Write the question, its answers, then ANSWER.")
    for count, (place, letter, _) in enumerate(options):
        if letter != chr(ord("A") + count):
            return _fault(place, f"answer {letter} where {chr(ord('A') + count)} should be", "Letter the answers A, B, C without a gap.")
    if len(options) < 2:
        return _fault(
            first, f"'{stem[0][:60]}' has {'one answer' if options else 'no answers'} to choose from", "Write at least A) and B)."
        )
    if answer is None:
        return _fault(last, f"'{stem[0][:60]}' has no line ANSWER:", "Write ANSWER: and the letter of the right answer after its answers.")
    if not ONE_LETTER.fullmatch(answer):
        return _fault(last, f"ANSWER: '{answer[:40]}' is not one letter", "Write the letter of the one right answer.")
    if answer.upper() not in {letter for _, letter, _ in options}:
        return _fault(last, f"ANSWER: {answer.upper()} is none of {options[0][1]} to {options[-1][1]}", "Name one of its answers.")
    answers = tuple(Answer(Marked(text), RIGHT if letter == answer.upper() else WRONG) for _, letter, text in options)
    return Found(f"line {first}", "single", Marked("\n".join(stem)), answers=answers)


def _fault(line: int, what: str, mend: str) -> Aside:
    return Aside(f"line {line}", what, mend)
