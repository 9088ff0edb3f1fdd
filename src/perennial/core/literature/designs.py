"""What titles and abstracts say of a design, as expressions; each with bits of text without which it need not be tried."""

import re
from dataclasses import dataclass

# Of a byte of UTF-8: letters and digits of ASCII as they are, all else a space.
ALONE = bytes(place if chr(place).isascii() and (chr(place).isalnum() or place == ord("_")) else ord(" ") for place in range(256))


@dataclass(frozen=True, slots=True)
class Line:
    """Expressions in small letters by the level that each tells, and bits of which one must stand in a text that any of them fits.

    `words` are whole words of which one must stand there too: they are for long texts, where looking for each bit takes long.
    """

    bits: tuple[str, ...]
    pattern: "re.Pattern[str]"
    words: tuple[str, ...] = ()

    def search(self, text: str, lowered: str) -> tuple[str, str] | None:
        """The level and the words that told it; `lowered` is the text in small letters."""
        for bit in self.bits:
            if bit in lowered:
                break
        else:
            return None
        found = self.pattern.search(lowered)  # several times quicker than without regard to case
        if not found:
            return None
        words = text[found.start() : found.end()] if len(text) == len(lowered) else found[0]
        return found.lastgroup or "", words.strip()


def _line(bits: tuple[str, ...], words: str = "", **patterns: str) -> Line:
    """Where two expressions begin at the same place, the first is taken."""
    return Line(bits, re.compile("|".join(f"(?P<{level}>{pattern})" for level, pattern in patterns.items())), tuple(words.split()))


# Each line is searched for by itself, in this order: a plan of a review is a plan, a guideline for trials a guideline.
TITLE = (
    _line(
        ("protocol", "design"),
        protocol=r"\bprotocol\b(?! violation)|\brationale,? (?:and )?design\b|\bdesign and (?:rationale|methods)\b"
        r"|\bdesign, and methods\b",
    ),
    _line(
        ("reply", "response", "re:", "comment", "editorial", "letter", "guideline", "parameter", "statement", "checklist", "report"),
        opinion=r"^(?:re:|(?:reply|response|comment(?:ary)?|editorial|letter)\b(?: to| on|:))|\b(?:invited )?commentary\b",
        guideline=r"\bguidelines?\b|\bpractice parameters?\b|\b(?:recommendation|consensus|position|policy) statement\b"
        r"|\bchecklist\b|\breporting (?:items|qualitative|standards)\b",
    ),
    _line(("scoping",), narrative=r"\bscoping (?:review|stud)"),
    _line(
        ("systematic", "meta", "umbrella", "synthesis", "pooled"),
        systematic_review=r"\bsystematic(?:ally)? (?:literature )?review|\bmeta-?anal(?:ys[ei]s|ytic)|\bumbrella review"
        r"|\bmeta-?synthes[ei]s|\bsynthesis of qualitative|\breview of (?:systematic reviews|meta-analyses)|\bpooled analysis\b",
    ),
    _line(("random", "quasi"), controlled_study=r"\bnon-?randomi[sz]ed\b|\bquasi-?experiment"),
    _line(("mendelian",), cohort=r"\bmendelian randomi[sz]ation\b"),
    _line(
        ("random", "rct", "placebo", "double-blind"),
        randomized_trial=r"\brandomi[sz]ed\b|\brandomi[sz]ation\b|\brct\b|\bplacebo-controlled\b|\bdouble-blind\b",
    ),
    _line(("case-control", "case control"), case_control=r"\bcase-control\b|\bcase control stud"),
    _line(
        ("case", "n-of-1", "multiple", "open", "uncontrolled"),
        case_series=r"\bcase (?:report|series|stud(?:y|ies))\b|\b(?:a|two|three|four) cases? of\b|\bsingle-case\b|\bn-of-1\b"
        r"|\bmultiple[- ]baseline\b|\bopen[- ](?:label )?(?:pilot )?trial\b|\bopen-label\b|\buncontrolled\b",
    ),
    _line(
        ("cohort", "longitudinal", "prospective", "retrospective", "follow-up", "regist", "natural"),
        cohort=r"\bcohort\b|\blongitudinal\b|\bprospective\b|\bretrospective\b|\bfollow-up study\b|\bregist(?:er|ry)-based\b"
        r"|\bnatural history\b",
    ),
    _line(
        (
            "cross-sectional",
            "survey",
            "prevalence",
            "psychometric",
            "valid",
            "reliab",
            "accuracy",
            "scale",
            "inventory",
            "questionnaire",
            "measure",
        ),
        cross_sectional=r"\bcross-sectional\b|\bsurveys?\b|\bprevalence\b|\bpsychometric|\bvalid(?:ity|ation)\b|\breliability\b"
        r"|\b(?:diagnostic|screening) accuracy\b|\b(?:scale|inventory|questionnaire|measure) for (?:assessing|measuring)\b"
        r"|\brating scale for\b",
    ),
    _line(
        ("qualitative", "interview", "focus", "grounded", "thematic", "phenomenolog", "lived", "ethnograph"),
        qualitative=r"\bqualitative(?:ly)?\b|\binterview study\b|\bfocus groups?\b|\bgrounded theory\b|\bthematic analysis\b"
        r"|\bphenomenolog|\blived experiences?\b|\bethnograph",
    ),
    _line(
        ("animal", "rats", "mice", "rat ", "mouse", "murine"),
        laboratory=r"\banimal model|\bin (?:rats|mice)\b|\b(?:rat|mouse|murine) model",
    ),
    _line(("controlled",), controlled_study=r"\bcontrolled (?:trial|study|evaluation)\b"),
    _line(
        ("review", "overview", "primer", "handbook", "model", "theory", "conceptual"),
        narrative=r"\breview\b|\boverview\b|\bprimer\b|\bhandbook\b|\bmodel of\b|\btheory of\b|\bconceptual\b|: model\b",
    ),
)
# What an abstract says of the study itself: narrower than in a title, since an abstract also tells of the studies of others.
ABSTRACT = (
    _line(
        ("searched", "systematic review", "meta-analysis", "random-effects", "random effects"),
        words="searched systematic meta random",
        systematic_review=r"\bwe (?:systematically )?searched (?:\w+ ){0,4}(?:databases|pubmed|medline)"
        r"|\bthis (?:systematic review|meta-analysis)\b|\brandom[- ]effects (?:meta-analys[ei]s|model)s?\b"
        r"|\bsystematic review was conducted\b",
    ),
    _line(
        ("were random", "was random", "we random", "randomly a", "this randomi", "a randomi"),
        words="randomly randomised randomized",
        randomized_trial=r"\b(?:were|was|we) random(?:ly|i[sz]ed)\b|\brandomly (?:assigned|allocated)\b"
        r"|\b(?:this|a) randomi[sz]ed (?:controlled |clinical )?trial (?:was|of|with)\b",
    ),
    _line(
        ("quasi", "nonrandom", "non-random", "matched control"),
        words="quasi quasiexperimental non nonrandomised nonrandomized matched",
        controlled_study=r"\bquasi-?experimental\b|\bnon-?randomi[sz]ed\b|\bmatched control group\b",
    ),
    _line(
        ("case-control", "cases and"),
        words="case cases",
        case_control=r"\bcase-control (?:study|design)\b|\bcases and (?:matched )?controls\b",
    ),
    _line(
        (" case", "open trial", "open pilot"),
        words="case cases open",
        case_series=r"\bwe (?:report|present|describe) (?:a|the|two|three) cases?\b|\bthis case (?:report|series|study)\b"
        r"|\bopen (?:pilot )?trial\b",
    ),
    _line(
        ("cohort study", "prospective", "longitudinal", "nationwide", "retrospective", "birth"),
        words="cohort prospective longitudinal nationwide retrospective birth",
        cohort=r"\b(?:prospective|retrospective|longitudinal|birth|nationwide)\b(?: \w+){0,2} (?:cohort|study)\b|\bcohort study\b",
    ),
    _line(
        ("cross-sectional", "survey", "psychometric", "internal consistency"),
        words="cross survey psychometric internal",
        cross_sectional=r"\bcross-sectional\b|\bonline survey\b|\bsurvey of\b|\bpsychometric properties\b|\binternal consistency\b",
    ),
    _line(
        ("structured interviews", "focus group", "thematic", "grounded", "phenomenological"),
        words="structured semistructured focus thematic grounded phenomenological",
        qualitative=r"\bsemi-?structured interviews\b|\bfocus groups?\b|\bthematic analysis\b|\bgrounded theory\b"
        r"|\bphenomenological analysis\b",
    ),
    _line(
        ("this article", "this paper", "this chapter", "we review", "narrative review"),
        words="article paper chapter review",
        narrative=r"\bthis (?:article|paper|chapter) (?:reviews|discusses|describes|summarizes)\b|\bwe review\b|\bnarrative review\b",
    ),
)
PLACES = {word.encode(): [place for place, line in enumerate(ABSTRACT) if word in line.words] for line in ABSTRACT for word in line.words}


def likely(lowered: str) -> list[Line]:
    """Of the lines for abstracts, in order, those that may fit this one: one of whose words stands in it. Most fit none."""
    found = PLACES.keys() & lowered.encode("utf-8", "replace").translate(ALONE).split()
    return [ABSTRACT[place] for place in sorted({place for word in found for place in PLACES[word]})]
