"""Checks of objectives: verbs that one can see, their number, and what serves and tests them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING

from perennial.core.approval.bodies import Rule
from perennial.core.approval.subject import Check, Fault, Subject
from perennial.core.values.words import counted

_LEARNERS = (
    "learner", "participant", "attendee", "clinician", "therapist", "counselor", "psychologist", "social worker", "reader", "student",
    "trainee", "practitioner", "professional", "provider",
)  # fmt: skip
_WHO = rf"(each |every |all |the )?({'|'.join(_LEARNERS)})s?"
_NO_ADVERB = "ally|apply|comply|imply|multiply|rally|rely|reply|supply|tally"
LEAD_IN = re.compile(
    r"((at|by|upon|on|after|following) [^,:]{3,80}[,:] ?"
    r"|(in|from|through|with) (this|the|our) (course|workshop|training|program|module|session|webinar|lesson)[,:]? "
    rf"|(({_WHO}|you)( who [^,]{{3,60}})? )?(will|can|should|shall|may|would|must|are to|is to) "
    rf"|{_WHO} (?=(understand|know|learn|appreciate|become|come|gain|are|is)s?\b)"
    r"|have (?=learned\b)|(come|get)s?( away)?( to)? (?=(understand|know|appreciat|learn))"
    r"|(be|are|is) (better )?(able|prepared|equipped) to |have the ability to |to "
    rf"|(better|fully|really|more|further|also|(?!({_NO_ADVERB}) )[a-z]+ly) )",
)
_GAINING = (
    "gain", "develop", "acquire", "have", "obtain", "deepen", "build", "get", "achieve", "receive", "enhance", "expand", "strengthen",
    "increase", "improve", "attain", "leave with", "come away with",
)  # fmt: skip
GAINS = rf"({'|'.join(_GAINING)})(s|ing)?"
SOME = "[a-z]+ "
ABOUT = "of|about|in|into|on|how|that|what|why|when|regarding|with|for"
NOUN_OF = {
    "understand": "understanding",
    "know": "knowledge",
    "appreciate": "appreciation",
    "become aware": "awareness",
    "become familiar": "familiarity",
}


def opening(text: str) -> str:
    """An objective from its verb on: small letters, no bullet, no 'Participants will be able to', forms of be and become made one."""
    found = (
        unicodedata.normalize("NFKC", text)
        .replace("\u00ad", "")
        .replace("\u200b", "")
        .casefold()
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    found = " ".join(re.sub(r"[*_`>#]", "", found).split())
    found = re.sub(r"^[\W\d]+", "", found).replace("'ll ", " will ")
    while (stripped := LEAD_IN.sub("", found, count=1) if LEAD_IN.match(found) else found) != found:
        found = re.sub(r"^\W+", "", stripped)
    found = re.sub(r"^(is|are|being) ", "be ", found)
    found = re.sub(r"^be (?=([a-z]+ )?(aware|familiar)\b)", "become ", found)
    found = re.sub(r"^be ([a-z]+ )?knowledgeable\b", "know", found)
    return re.sub(r"^(becomes|becoming) ", "become ", found)


def weak(text: str, verb: str) -> bool:
    """Whether an objective begins with this verb, in any of its forms, or with gaining what its noun says."""
    begins = opening(text)
    forms = rf"({_loose(verb)}(s|es|ing|ed)?|{_loose(verb[:-1])}(ing|es|ed))"
    if re.match(rf"([a-z]+( and |, | or |/))?{forms}(?![\w-])", begins):
        return True
    noun = NOUN_OF.get(verb)
    return bool(noun and re.match(rf"({GAINS} ({SOME}){{0,3}})?{noun}(,? (and|or) [a-z]+)? ({ABOUT})\b", begins))


def _loose(verb: str) -> str:
    """A pattern for a verb of several words, between which one more may stand: become more aware."""
    return "( [a-z]+)? ".join(re.escape(word) for word in verb.split())


def _objective_verbs(subject: Subject, rule: Rule) -> Iterator[Fault]:
    for objective in subject.course.objectives:
        for verb in rule.words:
            if weak(objective.text, verb):
                what = f"objective '{objective.id}' begins with '{verb}'"
                yield Fault(f"objectives ({objective.id})", what, "Say what one can see the learner do: list, distinguish, write, compute.")


def _objective_count(subject: Subject, rule: Rule) -> Iterator[Fault]:
    course = subject.course
    least = max(1, int((course.credit.hours * rule.value).to_integral_value(ROUND_CEILING)))
    if len(course.objectives) < least:
        yield Fault("objectives", f"states {len(course.objectives)} for {counted(course.credit.hours, 'hour')}", f"State at least {least}.")


def _objective_links(subject: Subject, _: Rule) -> Iterator[Fault]:
    course = subject.course
    tested = {item.objective for item in course.items if not item.pretest and item.kind != "reflection"}
    taught = {objective for section in course.sections for objective in section.objectives}
    for objective in course.objectives:
        lacks = [what for what, there in (("section serves", taught), ("question tests", tested)) if objective.id not in there]
        if lacks:
            what = f"no {' and no '.join(lacks)} objective '{objective.id}'"
            yield Fault(f"objectives ({objective.id})", what, "Name it at the section that teaches it and at a question, or remove it.")


OBJECTIVE_CHECKS: Mapping[str, Check] = {
    "objective_count": _objective_count,
    "objective_links": _objective_links,
    "objective_verbs": _objective_verbs,
}
