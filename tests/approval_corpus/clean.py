"""Twenty courses in order: ten bodies, four methods, half an hour to twelve hours, with and without media, free and not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from perennial.core.courses import Course
from tests.approval_corpus.making import (
    COUNSELOR,
    NURSE,
    PSYCHOLOGIST,
    SOCIAL_WORKER,
    Sample,
    course,
    media,
    provider,
    scales,
)

PILOT = {
    "pilots": (118, 131, 140, 97),
    "pilot_rationale": "Four licensed clinicians of three professions.",
}
APA = "{} has been approved by APA to offer courses for psychologists, and is responsible for each of them and what it says."
NBCC = "NBCC approved {} as a provider (ACEP no. 6001). What does not qualify for NBCC hours is marked. All of it is {}'s responsibility."
ACE = (
    "{} (provider 1777) is ASWB ACE-approved, 1 January 2025 through December 31, 2027. The last word on what is accepted lies with each "
    "licensing board. {} is responsible for the course."
)
NAADAC = "NAADAC lists {} among its approved education providers, number 99-8."
NYSED = "{} is recognized by the New York State Education Department for licensed {}, #{}."
CAMFT = "CAMFT has approved {} (CEPA 050505) to sponsor courses for LMFTs, LCSWs, LPCCs and LEPs; {} is responsible for them."
FLORIDA = "{}: Florida board provider 50-31415."
IACET = "{} is accredited by IACET and gives its CEU."
FULL = (
    ("own-1", "How well did the presenter know the material?", "scale"),
    ("own-2", "Did the pages, sound and captions work on your device?", "scale"),
    ("own-3", "Will this be of use in your practice?", "scale"),
    ("own-4", "Was it free of commercial bias?", "scale"),
    ("own-5", "Were your needs met where you asked for accommodation?", "scale"),
    ("own-6", "What else would you tell us?", "text"),
)


def _apa() -> list[Sample]:
    long = course("law", "4", authors=[PSYCHOLOGIST, NURSE], total=24_900, ask=24, topics=(("ethics", Decimal(4)),))
    own = course("measures", "1.5", authors=[COUNSELOR, PSYCHOLOGIST], total=9_050, ask=9, kinds=("matching", "numeric", "single"))
    recorded = course(
        "sleep", "1.25", authors=[PSYCHOLOGIST], total=900, ask=8, method="running_time", media=(media("video", "76.5"),), free=False
    )
    name = "Harbor Sample Institute"
    holder = provider(name, "APA", "", APA.format(name))
    return [
        Sample("a law course of four hours", long, holder, "APA"),
        Sample("an own evaluation", replace(own, evaluation=scales(own, *FULL)), replace(holder, evaluation="own"), "APA"),
        Sample("a recorded talk with a fee", recorded, holder, "APA"),
    ]


def _nbcc() -> list[Sample]:
    name = "Prairie Counseling Samples, Inc."
    holder = provider(name, "NBCC_ACEP", "6001", NBCC.format(name, name))
    quarter = course("grief", "0.75", authors=[COUNSELOR], total=4_520, ask=6)
    mixed = course("addiction", "2", authors=[COUNSELOR, NURSE], total=7_000, ask=15, media=(media("audio", "52", "talk.mp3"),))
    formula = course("supervision", "1", authors=[COUNSELOR], total=6_300, ask=14, method="mergener", difficulty=Decimal("2.5"))
    return [
        Sample("three quarters of an hour", quarter, holder, "NBCC_ACEP"),
        Sample("text and a podcast", mixed, holder, "NBCC_ACEP"),
        Sample(
            "hours by formula under what words give",
            formula,
            replace(holder, approvals=(replace(holder.approvals[0], ends=None),)),
            "NBCC_ACEP",
        ),
    ]


def _ace() -> list[Sample]:
    name = "Sample & Sons"
    holder = provider(name, "ASWB_ACE", "1777", ACE.format(name, name))
    ethics = course("law", "2.5", authors=[SOCIAL_WORKER], total=15_100, ask=20, topics=(("ethics", Decimal("2.5")),), free=False)
    half = course("grief", "0.5", authors=[NURSE], total=3_200, ask=5, kinds=("true_false", "single"))
    piloted = course("supervision", "2", authors=[SOCIAL_WORKER], total=11_000, ask=12, method="pilot", credit=PILOT)
    return [
        Sample("ethics by a social worker", ethics, holder, "ASWB_ACE"),
        Sample("half an hour", half, holder, "ASWB_ACE"),
        Sample("hours that readers took", piloted, holder, "ASWB_ACE"),
    ]


def _new_york() -> list[Sample]:
    name = "Hudson Samples"
    made = []
    for body, profession, number, topic, hours, total in (
        ("NYSED_SW", "social workers (social work)", "SW-0555", "addiction", "1", 6_001),
        ("NYSED_MHP", "mental health counselors", "MHC-0031", "measures", "3", 18_400),
        ("NYSED_PSY", "psychologists", "PSY-0007", "sleep", "1.75", 10_700),
    ):
        holder = provider(name, body, number, NYSED.format(name, profession, number))
        made.append(Sample(f"New York, {body}", course(topic, hours, authors=[COUNSELOR, SOCIAL_WORKER], total=total), holder, body))
    return made


def _others() -> list[Sample]:
    camft, naadac, florida, iacet = "Bay Samples", "Recovery Samples", "Gulf Sample Academy", "Sample Training Company"
    piloted = course("sleep", "1.75", authors=[COUNSELOR], total=9_000, ask=10, method="pilot", credit=PILOT, free=False)
    older = provider(naadac, "NAADAC", "99-8", NAADAC.format(naadac), starts=date(2024, 6, 1), ends=date(2027, 6, 1))
    laws = course("law", "8", authors=[COUNSELOR], total=48_600, ask=40, title="Laws and rules of Florida for 491 licensees")
    reworded = replace(laws, disclosures="The authors are paid by the provider. No company outside paid anyone.")
    short = course("measures", "0.5", authors=[NURSE], total=3_000, ask=5)
    long = course(
        "addiction", "12", authors=[PSYCHOLOGIST], total=40_000, ask=60, media=(media("video", "330"), media("image", None, "fig.png"))
    )
    fifty = course("grief", "1.5", authors=[COUNSELOR], total=7_600, minutes_per_hour=50)
    return [
        Sample("CAMFT, a pilot", piloted, provider(camft, "CAMFT", "050505", CAMFT.format(camft, camft)), "CAMFT"),
        Sample("CAMFT, reflections beside a test", _reflecting(), provider(camft, "CAMFT", "050505", CAMFT.format(camft, camft)), "CAMFT"),
        Sample("NAADAC, an older approval", course("addiction", "1", authors=[NURSE], total=6_900, ask=10), older, "NAADAC"),
        Sample("Florida, laws and rules", reworded, provider(florida, "FL_491", "50-31415", FLORIDA.format(florida)), "FL_491"),
        Sample("Florida, hours of fifty minutes", fifty, provider(florida, "FL_491", "50-31415", FLORIDA.format(florida)), "FL_491"),
        Sample("IACET, the smallest event", short, provider(iacet, "IACET", "", IACET.format(iacet)), "IACET"),
        Sample("IACET, twelve hours with film", long, provider(iacet, "IACET", "", IACET.format(iacet)), "IACET"),
        Sample("NAADAC, with its own evaluation", _own_form(), replace(older, evaluation="own"), "NAADAC"),
    ]


def _reflecting() -> Course:
    """A course whose bank has questions answered in own words beside those of the test."""
    made = course("supervision", "1", authors=[COUNSELOR], total=6_450, ask=5, kinds=("single", "multiple", "ordering"))
    extra = replace(made.items[0], id="r1", kind="reflection", options=(), rationale="A good answer names one session.")
    return replace(made, items=(*made.items, extra))


def _own_form() -> Course:
    made = course("grief", "1", authors=[COUNSELOR], total=6_100, ask=8)
    return replace(made, evaluation=scales(made, *FULL))


MAKERS: tuple[Callable[[], list[Sample]], ...] = (_apa, _nbcc, _ace, _new_york, _others)


def clean() -> list[Sample]:
    """The twenty, in a fixed order."""
    return [sample for maker in MAKERS for sample in maker()]
