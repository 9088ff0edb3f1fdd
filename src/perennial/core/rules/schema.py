"""The rule language: what a rule file may say, key by key; the reference page is generated from here."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator


def _exact(value: object) -> object:
    """A TOML float is read as the decimal that was written, never as its binary neighbour."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _not_negative(value: Decimal) -> Decimal:
    if not 0 <= value <= 1000:
        raise ValueError("hours lie between 0 and 1000")
    return value


Hours = Annotated[Decimal, BeforeValidator(_exact), AfterValidator(_not_negative)]
Number = Annotated[Decimal, BeforeValidator(_exact)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
SourceId = Annotated[str, Field(min_length=1)]


class Part(BaseModel):
    """Base of every table in a rule file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Source(Part):
    """Where a figure was read."""

    cite: str | None = Field(None, description="The citation, where the page has one.")
    url: str | None = Field(None, description="The address at which it was read, where there is one.")
    kind: Literal["regulation", "statute", "board_page", "summary"]
    as_of: str | None = Field(None, description="The date that the copy itself claims: YYYY, YYYY-MM or YYYY-MM-DD.")
    read: str = Field("2026-11", description="The month in which it was read.")


class Figure(Part):
    """A dated amount with its source. Without `from` it was in force when read and its start is not known."""

    hours: Hours | None = Field(None, description="CE hours; left out where only completion counts, or beside `percent`.")
    percent: Number | None = Field(None, description="A share instead of hours, in percent of `of`.")
    of: str = Field("asked", description="Base of a percentage: `asked` (hours required), `earned`, or a requirement's id.")
    start: date | None = Field(None, alias="from", description="First day on which it applies, where known.")
    until: date | None = Field(None, description="Last day on which it applies, where it has ended.")
    applies_to: tuple[str, ...] = Field((), description="It holds only for people with one of these attributes, before any other.")
    source: SourceId = Field(description="Id of one of `sources`.")
    says: str = Field(description="What the source says, in our own words.")


class Selection(Part):
    """Which credits, or which hours of them: every key given must match, any of its values will do."""

    formats: tuple[str, ...] = Field((), description="Formats of credit from the vocabulary.")
    not_formats: tuple[str, ...] = Field((), description="Formats that do not belong.")
    approvals: tuple[str, ...] = Field((), description="Approvers; `@national` names the vocabulary's group.")
    not_approvals: tuple[str, ...] = Field((), description="Credits with one of these do not belong.")
    topics: tuple[str, ...] = Field((), description="Only the hours inside one of these topics.")
    classes: tuple[str, ...] = Field((), description="Classes of credit defined in this file.")
    title_words: tuple[str, ...] = Field((), description="The title must hold one of these words or a word beginning so.")


class Class(Part):
    """A class of credit that a board names (Category I, formal, listed provider), as a rule can recognize it."""

    name: str = Field(description="What the board calls it.")
    says: str = Field(description="Which credits belong, in one line of our own words.")
    source: SourceId | None = None
    labels: tuple[str, ...] = Field((), description="Labels on a credit (its category or among its approvals) that state it outright.")
    not_labels: tuple[str, ...] = Field((), description="Labels that state outright that a credit does not belong.")
    any: tuple[Selection, ...] = Field((), description="A credit without such a label belongs where one of these matches.")
    unsure: tuple[Selection, ...] = Field((), description="Credits whose membership was not settled by what was read.")
    unsure_read: Literal["in", "out"] = Field("in", description="How unsettled credits are read until the board answers.")


class Recurrence(Part):
    """How often a topic is due when that is not every renewal. Exactly one of `renewals`, `years`, `at`, `from_renewal`."""

    renewals: int | None = Field(None, ge=2, description="Every so many renewals.")
    years: int | None = Field(None, ge=2, description="Every so many years.")
    at: int | None = Field(None, ge=1, description="Only at the renewal with this number.")
    from_renewal: int | None = Field(None, ge=2, description="At every renewal from this number on.")
    counted: Literal["nth", "within", "last", "block", "license"] = Field(
        "last",
        alias="from",
        description="`nth`: at the n-th, 2n-th renewal; `within`: once in any n periods; `last`: n years from the last "
        "completion; `block`: in fixed blocks of years; `license`: in blocks of years from first licensure.",
    )
    phase: int = Field(0, description="With `nth`: due where renewal number and phase leave the same remainder.")
    base: date | None = Field(None, description="With `block`: first day of the first block.")

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if sum(x is not None for x in (self.renewals, self.years, self.at, self.from_renewal)) != 1:
            raise ValueError("give exactly one of renewals, years, at, from_renewal")
        if self.counted == "block" and self.base is None:
            raise ValueError('from = "block" needs `base`, the first day of the first block')
        return self


class Deadline(Part):
    """By when a topic is first due, counted from first licensure."""

    months: int | None = Field(None, ge=1, description="Months after the license was first issued.")
    renewal: int | None = Field(None, ge=1, description="Number of the renewal at which it is first due.")


class Within(Part):
    """A cap that holds only among the hours that meet one requirement (WV social work: inside the approved 20)."""

    what: Selection
    at_most: tuple[Figure, ...]


class Kinds(Part):
    """A number of kinds of credit rather than hours (CA psychology: two of four categories)."""

    at_least: int = Field(ge=1)
    of: tuple[str, ...] = Field(description="Ids of classes; a class with any counted hour is one kind.")
    source: SourceId
    says: str


class Requirement(Selection):
    """What must be earned: total hours, a topic, a format, a class. Its own keys select the hours that serve it."""

    name: str | None = Field(None, description="Words for people; by default the vocabulary's.")
    at_least: tuple[Figure, ...] = Field((), description="The hours asked; the figure in force on the judging day applies.")
    each_year: tuple[Figure, ...] = Field((), description="Hours asked in each year of the period.")
    kinds: Kinds | None = None
    due: Literal["renewal", "once", "first_renewal"] | Recurrence = "renewal"
    lookback_months: int | None = Field(None, description="With `renewal`: hours of so many months before the due day serve.")
    first_due: Deadline | None = Field(None, description="First due by this time after licensure.")
    judged_by: Literal["period_end", "period_start"] = Field(
        "period_end", description="The day on which a figure must be in force to apply."
    )
    applies_to: tuple[str, ...] = Field((), description="Owed only by people with one of these attributes.")
    counts_toward_total: bool | Literal["unknown"] = Field(
        True, description="false: its hours come on top of the total; unknown: read as counting, and said to be open."
    )
    counts_where: tuple[Selection, ...] = Field(
        (), description="Credits whose hours in this topic count toward the total although the others' do not."
    )
    within: tuple[Within, ...] = ()
    disjoint: tuple[str, ...] = Field((), description="Ids of requirements that the same hour may not serve as well.")
    first_only: Selection | None = Field(None, description="At a first renewal its hours must match this as well.")
    also: tuple[Selection, ...] = Field((), description="Further hours that serve it, whether or not they carry the topic.")
    met_by: tuple[str, ...] = Field((), description="Duties in `done` that meet it whole (an exam, earlier coursework).")
    unsure: tuple[Selection, ...] = Field((), description="Hours of which it was not settled whether they serve.")
    unsure_read: Literal["in", "out"] = "in"


class Waiver(Part):
    """A time in which a limit or a whole rule did not bind, by the last day of the period judged."""

    start: date = Field(alias="from")
    until: date
    source: SourceId
    says: str


class Limit(Selection):
    """How many hours of a kind may count toward the total."""

    name: str | None = None
    at_most: tuple[Figure, ...]
    each: Literal["period", "year", "day", "credit", "course", "format", "topic"] = Field(
        "period", description="The cap holds over the period, or for each year, day, credit, course, format or topic."
    )
    waived: tuple[Waiver, ...] = ()
    unsure: tuple[Selection, ...] = Field((), description="Hours of which it was not settled whether the cap holds them.")
    unsure_read: Literal["in", "out"] = "in"


class Closing(Part):
    """The day of the year on which the credit window closes, at or before the license's expiry."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)


class Period(Part):
    """The license's own renewal period."""

    months: int | None = Field(description="Length; left out where it was not read.", default=None)
    ends: Literal["birth_month", "birth_date", "fixed_date", "issue_anniversary", "other"]
    month: int | None = Field(None, ge=1, le=12)
    day: int | None = Field(None, ge=1, le=31)
    years: Literal["odd", "even", "every", "every_third", "own"] | None = Field(
        None, description="`own`: every n-th year counted for each licensee."
    )
    base_year: int | None = Field(None, description="With every_third: a year in which periods ended.")
    source: SourceId | None = None
    says: str


class Window(Part):
    """When hours must be earned, where that differs from the license's own period."""

    months: int | None = Field(None, description="Length, where not that of the period.")
    closes: Literal["expires", "birth_month", "calendar_year_before"] | Closing = "expires"
    opens: Literal["rolling", "last_application"] = Field(
        "rolling", description="`last_application`: the day on which the board received the last renewal application."
    )
    reports: Literal["even", "odd", "license_number", "issue_year"] | None = Field(
        None,
        description="Hours are owed only at renewals in such years; between them nothing is. `license_number`: odd or even as its "
        "last digit; `issue_year`: odd or even as the year first licensed.",
    )
    opens_days_earlier: int = Field(0, description="The window opens so many days before that, where both end days count.")
    first_opens: Literal["issued", "rolling"] = Field("issued", description="Where the first period's window opens.")
    second_opens_at_issue: bool = Field(False, description="Hours since first licensure serve the second renewal.")
    source: SourceId | None = None
    says: str


class Rounding(Part):
    """How a prorated figure is rounded."""

    to: Number
    way: Literal["up", "down", "nearest"]


class Proration(Part):
    """First-period hours by formula."""

    hours_per_month: str = Field(description='A number or a fraction such as "40/24".')
    months: Literal["whole", "both_ends", "after_issue_month", "six_month_blocks"] = Field(
        description="whole: full months held; both_ends: calendar months, issue and expiry month included; "
        "after_issue_month: calendar months after that of issue; six_month_blocks: full half years, in months."
    )
    round: Rounding | None = None
    at_most: Hours | None = None
    per_six_months: dict[str, Hours] = Field({}, description="Requirement id -> hours for each full six months.")


class FirstStep(Part):
    """What is asked in the first period; the first step whose conditions hold applies."""

    issued_within_months: int | None = Field(None, description="License issued less than so many months before the end.")
    held_less_than_months: int | None = Field(None, description="Held for fewer whole months at the end, both days counted.")
    start: date | None = Field(None, alias="from", description="Only periods that end on or after this day.")
    until: date | None = Field(None, description="Only periods that end on or before this day.")
    asks: dict[str, Hours] = Field({}, description="Requirement id -> hours asked instead.")
    others: Literal["same", "none", "unknown"] = Field("same", description="What of the requirements not named.")
    prorate: Proration | None = None
    unknown: bool = Field(False, description="The figures for this step were not read.")


class FirstRenewal(Part):
    """The first renewal: the full hours, none, steps, or a formula."""

    unknown: bool = Field(False, description="The rule for the first renewal was not read: the full hours are shown, and open.")
    steps: tuple[FirstStep, ...] = ()
    source: SourceId | None = None
    says: str


class CarryOver(Part):
    """Surplus hours of the period before."""

    at_most: tuple[Figure, ...] = ()
    unknown: bool = Field(False, description="Not read: none is counted, and it is open.")
    earned_in_last_months: int | None = Field(None, description="Only hours of the last so many months carry.")
    not_topics: tuple[str, ...] = Field((), description="Hours in these topics never carry.")
    topics_too: bool = Field(False, description="Carried hours may serve topics as well as the total.")
    says: str | None = None


class Approvals(Part):
    """Whose approval the board accepts."""

    accepted: tuple[str, ...] = Field((), description="Approver slugs; empty: not read; `ANY`: the licensee's own judgement.")
    exclusive: bool = Field(False, description="Only credits from an accepted approver count.")
    source: SourceId | None = None
    says: str | None = None


class Worth(Part):
    """What a unit other than the hour is worth in CE hours."""

    unit: Literal["hours_given", "semester_credit", "quarter_credit", "hours_served", "article", "chapter", "book"]
    formats: tuple[str, ...] = ()
    hours: Number = Field(description="CE hours for one unit.")
    source: SourceId | None = None
    says: str


class Counting(Part):
    """How single credits are measured before anything is added up."""

    minutes_per_hour: int | None = Field(None, description="Minutes in this board's hour; left out where silent.")
    step_hours: Number | None = Field(None, description="Credits are counted in steps of so many hours, rounded down.")
    step_after_hours: Number | None = Field(None, description="The steps apply above this many hours.")
    least_hours: Number | None = Field(None, description="A credit shorter than this earns nothing.")
    repeats: Literal["once_per_period", "not_consecutive"] | None = None
    repeats_of: tuple[Selection, ...] = Field((), description="The rule on repeats holds for these credits only.")
    excluded: tuple[Selection, ...] = Field((), description="Credits that never count.")
    worth: tuple[Worth, ...] = ()
    source: SourceId | None = None
    says: str | None = None


class Grant(Part):
    """Hours that a duty earns when it is done (a jurisprudence exam worth one ethics hour)."""

    what: str = Field(description="Duty slug as in `done`.")
    hours: Hours
    topics: dict[str, Hours] = {}
    first_renewal: bool = Field(False, description="It counts at the first renewal only, whenever it was done.")
    source: SourceId
    says: str


class Effect(Part):
    """What an open point could do to a verdict; left out, it could do nothing."""

    figure: str | None = Field(None, description="Requirement or limit whose hours are in doubt, or `carry_over`.")
    lowest: Hours | None = Field(None, description="Least hours it may be; left out: unknown.")
    highest: Hours | None = Field(None, description="Most hours it may be; left out: unknown.")
    not_asked: str | None = Field(None, description="Requirement or limit that may not bind at all.")
    not_yearly: str | None = Field(None, description="Requirement whose minimum in each year may not bind.")
    recurs: str | None = Field(None, description="Requirement due every so many years, of which it is open from when they count.")
    full_first: bool = Field(False, description="The first renewal may owe the full hours although it is read as owing fewer.")
    due_now: str | None = Field(None, description="Requirement that may be due already although it is read as not yet due.")
    unverified: str | None = Field(None, description="Requirement whose hours our data can't check (a code, a title word).")
    apart: tuple[str, ...] = Field((), description="Requirements that the same hour may perhaps not serve together.")
    cap: Selection | None = Field(None, description="Hours on which an unread cap may lie.")
    cap_hours: Hours = Field(Decimal(0), description="The least that such a cap would leave.")
    asks: tuple[str, ...] = Field((), description="Topics that an unread clause may ask for; hours in any of them would serve.")
    asks_hours: Hours | None = Field(None, description="The most hours it may ask; left out: unknown.")
    applies_to: tuple[str, ...] = Field((), description="Only people with one of these attributes are concerned.")
    only_first: bool = Field(False, description="Only the first renewal is concerned.")
    not_first: bool = Field(False, description="Only later renewals are concerned.")
    start: date | None = Field(None, alias="from", description="Only periods that end on or after this day are concerned.")
    until: date | None = Field(None, description="Only periods that end on or before this day are concerned.")
    closes_months_earlier: int | None = Field(None, description="The window may close so many months before the date used.")
    anything: bool = Field(False, description="Any verdict could change, either way.")


class OpenPoint(Part):
    """A question that the sources leave open."""

    ask: str = Field(description="What to ask the board, as a question.")
    read: str = Field(description="How the rule is read until then.")
    could: tuple[Effect, ...] = Field((), description="Its admissible effects; empty: none on any verdict.")


class Note(Part):
    """A sentence of the research sheet and where it went."""

    sheet: str = Field(description="Place in the sheet: uncertainties.1, cycle.detail, exams.1 ...")
    says: str
    encoded: tuple[str, ...] = Field((), description="Key paths of this file that carry it.")
    open: tuple[str, ...] = Field((), description="Ids of open points that carry it.")


class RuleFile(Part):
    """A rule file: one profession in one jurisdiction. Its path is its name."""

    title: str
    board: str
    licenses: tuple[str, ...]
    not_covered: dict[str, str] = Field({}, description="Credentials of the same board that this rule does not cover -> why.")
    confidence: Literal["high", "medium", "low"]
    records_years: Number | None = Field(None, description="Years for which the licensee keeps proof.")
    records_says: str | None = None
    sources: dict[str, Source]
    period: Period
    window: Window | None = None
    requirements: dict[str, Requirement] = Field(description="`total` is the hours in all; any other id is a topic or class.")
    limits: dict[str, Limit] = {}
    classes: dict[str, Class] = {}
    approvals: Approvals = Approvals()
    carry_over: CarryOver
    first_renewal: FirstRenewal
    counting: Counting = Counting()
    grants: tuple[Grant, ...] = ()
    suspended: tuple[Waiver, ...] = Field((), description="Periods for which the whole duty was suspended.")
    several_licenses: str | None = Field(None, description="What holders of several licenses of this board owe, in words.")
    duties: tuple[str, ...] = Field(
        (), description="Duties that earn no hours (slugs of the vocabulary); open until the person says that they are done."
    )
    facts: dict[str, str] = Field({}, description="What a person may want to know and no verdict depends on.")
    open: dict[str, OpenPoint] = {}
    notes: tuple[Note, ...] = ()
