"""Makes certificates for tests as many providers lay them out, each with what it truly says. Names and numbers are invented."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle

import numpy as np
import typst
from PIL import Image, ImageFilter

from perennial.core.proofs.found import Words

HOLDERS = ("Sam Sample", "Žofia O'Brien, LCSW", "Maria del Carmen Ruiz, PhD", "Lee Park", "Dana Q. Example, LPC", "J. R. Meadow, PsyD")
TITLES = (
    "Ethics in Telehealth Practice",
    "Suicide Risk Assessment: From Screening to Safety Planning",
    "Clinical Supervision for Beginning Supervisors",
    "Working on the Edge: Boundaries and Dual Relationships in Rural Practice",
    "Cultural Humility With Older Adults",
    "EMDR Basics, Part II",
    "The 2026 Update on HIPAA for Private Practice",
    "What Holds Us Together: Grief, Ritual and Community After Disaster",
    "Domestic Violence and the Helping Professions",
    "Treating Insomnia in Adolescents and Young Adults",
    "DSM-5-TR: Changes That Matter",
    "Motivational Interviewing for Opioid Use Disorder",
)
PROVIDERS = (
    "Riverbend Institute",
    "Northern Lights Training Center, Inc.",
    "Oak & Ivy Seminars",
    "Example State University School of Social Work",
    "Prairie Association for Counseling",
    "Lantern Continuing Education",
    "Harbor Psychology Network",
)
FORMATS_OF_DAYS: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%m/%d/%Y}",
    lambda d: f"{d:%b} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%B} {d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}",
)


@dataclass(frozen=True)
class Facts:
    """What a certificate is made of."""

    holder: str
    title: str
    day: date
    said_day: str
    hours: Decimal
    provider: str
    number: str

    @property
    def said_hours(self) -> str:
        """Hours with one decimal place."""
        return f"{self.hours:.1f}"

    @property
    def issued(self) -> str:
        """A day two weeks later."""
        later = self.day + timedelta(days=14)
        return f"{later:%B} {later.day}, {later.year}"


@dataclass(frozen=True)
class Sheet:
    """A certificate as typst, and what a careful person would read from it; None where such a person would leave it open."""

    layout: str
    markup: str
    title: str | None
    day: date | None
    hours: Decimal | None
    provider: str | None
    form: str | None = None
    approvals: dict[str, str] = field(default_factory=dict)

    def pdf(self) -> bytes:
        """The certificate as a PDF."""
        return typst.compile(self.markup.encode(), format="pdf")

    def photo(self, *, seed: int = 1, tilt: float = 0.8) -> bytes:
        """The certificate as a photo: a little turned, grainy and soft."""
        page = Image.open(io.BytesIO(typst.compile(self.markup.encode(), format="png", ppi=180))).convert("RGB")
        turned = page.rotate(tilt, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
        grain = np.random.default_rng(seed).normal(0, 9, (turned.height, turned.width, 1))
        noisy = np.clip(np.asarray(turned).astype(float) + grain - 8, 0, 255).astype(np.uint8)
        out = io.BytesIO()
        Image.fromarray(noisy).save(out, "JPEG", quality=80)
        return out.getvalue()


WORDS = Words(
    topics={
        "ethics": ("ethics", "ethical"),
        "law_ethics": ("law and ethics",),
        "suicide_prevention": ("suicide",),
        "cultural_competence": ("cultural", "diversity"),
        "supervision": ("supervision", "supervisor"),
        "telehealth": ("telehealth",),
        "domestic_violence": ("domestic violence",),
    },
    approvals={slug: (slug,) for slug in ("APA", "NBCC_ACEP", "ASWB_ACE", "NAADAC", "NYSED", "CAMFT", "NASW", "AAMFT", "STATE_BOARD")},
)


def plain(text: str) -> str:
    """Text that typst shows as it is."""
    return "".join(f"\\{c}" if c in "\\#$*_`<>@[]~/'\"-=+" else c for c in text)


def _sheet(layout: str, facts: Facts, body: str, **changes: object) -> Sheet:
    head = '#set page(paper: "us-letter", flipped: true, margin: 2cm)\n#set text(size: 12pt, hyphenate: false)\n'
    made = Sheet(layout, head + body, facts.title, facts.day, facts.hours, facts.provider)
    return replace(made, **changes)  # type: ignore[arg-type]


def classic(f: Facts) -> Sheet:
    """Centered lines, the title large."""
    body = f"""#align(center)[#text(30pt)[Certificate of Completion]
#v(6pt) This certifies that #v(2pt) #text(20pt)[{plain(f.holder)}] #v(2pt) has successfully completed #v(2pt)
#text(18pt)[*{plain(f.title)}*] #v(4pt) on {f.said_day} #v(2pt) and has earned {f.said_hours} continuing education hours.]
#v(20pt) {plain(f.provider)} is approved by the American Psychological Association to sponsor continuing education for psychologists.
{plain(f.provider)} maintains responsibility for this program and its content."""
    return _sheet("classic", f, body, approvals={"APA": ""})


def labels(f: Facts) -> Sheet:
    """Labels on the left, values on the right."""
    body = f"""= Certificate of Attendance
#table(columns: (5cm, 12cm), stroke: none,
 [Participant:], [{plain(f.holder)}], [License number:], [LPC 00{f.number}], [Course title:], [{plain(f.title)}],
 [Date completed:], [{f.said_day}], [CE hours awarded:], [{f.said_hours}], [Provider:], [{plain(f.provider)}],
 [NBCC ACEP No.:], [{f.number}], [License expires:], [12/31/2027], [Delivery:], [Live interactive webinar])"""
    return _sheet("labels", f, body, form="live_online", approvals={"NBCC_ACEP": f.number})


def sentence(f: Facts) -> Sheet:
    """One running sentence."""
    body = f"""#align(center)[#text(24pt)[{plain(f.provider)}]] #v(12pt)
This is to certify that {plain(f.holder)} has completed the home study course “{plain(f.title)}” on {f.said_day} and is awarded
{f.said_hours} CE credits ({f.hours:f} clock hours). #v(10pt)
{plain(f.provider)}, provider \\#{f.number}, is approved as an ACE provider to offer social work continuing education by the
Association of Social Work Boards (ASWB) Approved Continuing Education (ACE) program. #v(20pt) Issued: {f.issued}"""
    return _sheet("sentence", f, body, form="self_study", approvals={"ASWB_ACE": ""})


def letter(f: Facts) -> Sheet:
    """A letter that confirms attendance."""
    body = f"""#text(16pt)[*{plain(f.provider)}*] \\ 100 Example Road, Springfield \\ {f.issued} #v(14pt) Dear {plain(f.holder)}, #v(6pt)
this letter confirms your attendance at the workshop “{plain(f.title)}”, held in person on {f.said_day}. You earned {f.hours:f} contact
hours.
#v(10pt) With kind regards, #v(20pt) The training office"""
    return _sheet("letter", f, body, form="live_in_person")


def table_of_one(f: Facts) -> Sheet:
    """Headings over their values."""
    body = f"""#align(center)[#text(22pt)[Continuing Education Certificate]] #v(10pt) Awarded to {plain(f.holder)} #v(10pt)
#table(columns: (9cm, 5cm, 5cm), [*Course*], [*Completion Date*], [*CE Hours*], [{plain(f.title)}], [{f.said_day}], [{f.said_hours}])
#v(20pt) Sponsored by: {plain(f.provider)} #v(4pt) Printed on {f.issued}"""
    return _sheet("table", f, body)


def signed(f: Facts) -> Sheet:
    """Labels under lines, as where one signs."""
    body = f"""#align(center)[#text(26pt)[Certificate of Completion] #v(4pt) presented to #v(2pt) #text(20pt)[{plain(f.holder)}]
#v(4pt) for participation in #v(2pt) #text(17pt)[{plain(f.title)}] #v(2pt) for {f.said_hours} hours of continuing education]
#v(30pt) #grid(columns: (9cm, 9cm), row-gutter: 6pt, [{f.said_day}], [A. Director], line(length: 6cm), line(length: 6cm),
[Date of completion], [Program director]) #v(16pt) #align(center)[{plain(f.provider)}]"""
    return _sheet("signed", f, body)


def home_study(f: Facts) -> Sheet:
    """Two days: completed and issued; ordered and expiring too."""
    body = f"""#align(center)[#text(22pt)[Statement of Credit]] #v(6pt) Name: {plain(f.holder)} \\ Course: {plain(f.title)} \\
Course number: HS-{f.number} \\ Format: Self-study with post-test \\ Date ordered: January 2, 2024 \\ Date completed: {f.said_day} \\
Date issued: {f.issued} \\ Course expires: December 31, 2029 \\ Credits earned: {f.said_hours} \\ Score: 92% #v(10pt)
Offered by: {plain(f.provider)} #v(4pt) CE Broker provider \\#50-{f.number}. NAADAC provider \\#{f.number}."""
    return _sheet("home study", f, body, form="self_study", approvals={"NAADAC": f.number})


def webinar(f: Facts) -> Sheet:
    """Several bodies, each with its number."""
    body = f"""#align(center)[#text(24pt)[Certificate of Attendance] #v(4pt) {plain(f.holder)} #v(2pt) attended the live webinar #v(2pt)
#text(18pt)[{plain(f.title)}] #v(2pt) {f.said_day} #v(2pt) {f.said_hours} CE Hours]
#v(14pt) #text(9pt)[{plain(f.provider)} is approved by the American Psychological Association to sponsor continuing education for
psychologists. \\
{plain(f.provider)} has been approved by NBCC as an Approved Continuing Education Provider, ACEP No. {f.number}. Programs that do not
qualify for NBCC credit are clearly identified. \\
{plain(f.provider)} is recognized by the New York State Education Department's State Board for Social Work as an approved provider of
continuing education for licensed social workers \\#SW-0{f.number[:3]}. \\
This course is not approved by NAADAC.]"""
    approvals = {"APA": "", "NBCC_ACEP": f.number, "NYSED": f"SW-0{f.number[:3]}"}
    return _sheet("webinar", f, body, form="live_online", approvals=approvals)


def conference(f: Facts) -> Sheet:
    """A span of days; total and parts."""
    day = f.day.replace(day=max(f.day.day, 4))
    live = f.hours - 2 if f.hours > 2 else Decimal(0)
    split = f"General: {live:.1f} hours \\ Ethics: 2.0 hours \\ " if live else ""
    body = f"""#align(center)[#text(24pt)[Record of Attendance]] #v(8pt) Attendee: {plain(f.holder)} \\ Conference: {plain(f.title)} \\
Dates: {day:%B} {day.day - 2}\u2013{day.day}, {day.year} \\ Location: Springfield (in-person) \\ {split}Total hours: {f.said_hours} \\
Sponsoring organization: {plain(f.provider)}"""
    return _sheet("conference", f, body, day=day, form="live_in_person")


def iacet(f: Facts) -> Sheet:
    """CEUs of IACET, ten hours each."""
    body = f"""#align(center)[#text(24pt)[Certificate of Completion] #v(4pt) {plain(f.holder)} #v(2pt) has satisfactorily completed the
training #v(2pt)
#text(18pt)[{plain(f.title)}] #v(2pt) Completed on {f.said_day} #v(2pt) {f.hours / 10:f} CEU] #v(14pt)
{plain(f.provider)} is accredited by the International Accreditors for Continuing Education and Training (IACET) and offers IACET CEUs."""
    return _sheet("IACET", f, body)


def loose_ceus(f: Facts) -> Sheet:
    """CEUs of no one knows what: hours stay open."""
    body = f"""#align(center)[#text(24pt)[Certificate of Completion] #v(4pt) {plain(f.holder)} #v(2pt) has completed #v(2pt)
#text(18pt)[{plain(f.title)}] #v(2pt) Date of completion: {f.said_day} #v(2pt) {f.said_hours} CEUs #v(10pt) Provided by:
{plain(f.provider)}]"""
    return _sheet("loose CEUs", f, body, hours=None)


def in_minutes(f: Facts) -> Sheet:
    """Minutes alone."""
    body = f"""#align(center)[#text(24pt)[Attendance Verification]] #v(8pt) {plain(f.provider)} verifies that {plain(f.holder)}
attended #v(2pt)
*“{plain(f.title)}”* #v(2pt) Session date: {f.said_day} #v(2pt) Duration: {f.hours * 60:.0f} minutes. Asynchronous, on demand. #v(10pt)
Provider: {plain(f.provider)}"""
    return _sheet("minutes", f, body, form="asynchronous")


def two_days(f: Facts) -> Sheet:
    """Two days without a word of what they are: the day stays open."""
    body = f"""#align(center)[#text(24pt)[Continuing Education Award] #v(4pt) {plain(f.holder)} #v(2pt) for completing #v(2pt)
#text(18pt)[{plain(f.title)}] #v(2pt) {f.said_hours} contact hours #v(10pt) {plain(f.provider)}] #v(20pt)
#grid(columns: (9cm, 9cm), [{f.said_day}], [{f.issued}])"""
    return _sheet("two days", f, body, day=None)


def by_body(f: Facts) -> Sheet:
    """Each body gives other hours: hours stay open."""
    body = f"""#align(center)[#text(24pt)[Certificate of Credit] #v(4pt) {plain(f.holder)} #v(2pt) completed the program #v(2pt)
#text(18pt)[{plain(f.title)}] #v(2pt) on {f.said_day}] #v(12pt)
Psychologists: {f.said_hours} CE credits \\ Counselors: {f.hours + Decimal("0.5"):.1f} NBCC hours \\ Presented by {plain(f.provider)}"""
    return _sheet("by body", f, body, hours=None)


def boxes(f: Facts) -> Sheet:
    """Boxes of which one is ticked; the hours of an hour of fifty minutes said besides."""
    body = f"""#text(20pt)[{plain(f.provider)}] #v(4pt) *Program Title:* {plain(f.title)} \\ *Name:* {plain(f.holder)} \\ *Program
Date:* {f.said_day} \\
*Contact Hours:* {f.said_hours} \\ *Format:* [x] In person [ ] Live webinar [ ] Self-study \\
_Certificates are kept for 7 years. Approved for the period 1/1/2024 - 12/31/2028._"""
    return _sheet("boxes", f, body, form="live_in_person")


def columns(f: Facts) -> Sheet:
    """Two columns, with the provider's words beside."""
    body = f"""#grid(columns: (13cm, 9cm), column-gutter: 1cm, [#text(26pt)[Certificate] #v(4pt) Awarded to #v(2pt)
#text(18pt)[{plain(f.holder)}] #v(4pt)
for completion of #v(2pt) #text(16pt)[{plain(f.title)}] #v(6pt) Completed: {f.said_day}], [#text(10pt)[*Credits* \\ {f.said_hours}
continuing education credits
#v(8pt) *Accreditation* \\ {plain(f.provider)} is approved by the National Board for Certified Counselors. NBCC provider no.
{f.number}.]])"""
    return _sheet("columns", f, body, approvals={"NBCC_ACEP": f.number})


LAYOUTS = (classic, labels, sentence, letter, table_of_one, signed, home_study, webinar, conference, iacet, loose_ceus, in_minutes,
two_days, by_body, boxes, columns)  # fmt: skip
HOURS = tuple(Decimal(number) for number in ("6", "1.5", "3", "2", "12", "1", "4.5"))


def sheets(each: int = 5) -> Iterator[Sheet]:
    """`each` certificates of every layout, no two of them alike, the same ones each time."""
    holders, titles, providers, hours = cycle(HOLDERS), cycle(TITLES), cycle(PROVIDERS), cycle(HOURS)
    days = cycle(FORMATS_OF_DAYS)
    for number, layout in enumerate(layout for _ in range(each) for layout in LAYOUTS):
        day = date(2024, 2, 13) + timedelta(days=11 * number)
        shown = next(days)
        yield layout(Facts(next(holders), next(titles), day, shown(day), next(hours), next(providers), f"{1203 + 37 * number}"))
