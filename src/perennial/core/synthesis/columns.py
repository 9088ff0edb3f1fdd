"""Which column of a file means what: the names of Metapsy's databases, those of other files, and those that a person gives."""

import re
from collections.abc import Mapping, Sequence

from perennial.core.synthesis.table import Row, Unreadable

SUFFIXES = (("_arm1", "_arm2"), ("_trt1", "_trt2"), ("_ig", "_cg"))
PLAIN: dict[str, tuple[str, ...]] = {
    "study": ("study", "study_id", "studyid", "studlab", "slab", "trial", "author"),
    "g": (".g", "g", "hedges_g", "hedgesg", "smd", "yi", "es", "te", "precalc_g"),
    "g_se": (".g_se", "g_se", "se_g", "hedges_g_se", "sei", "es_se", "se", ".se", "sete", "std_error", "standard_error", "precalc_g_se"),
    "g_var": (".g_var", "g_var", "var_g", "vi", "variance"),
    "log_rr": (".log_rr", "log_rr", "logrr", "precalc_log_rr"),
    "log_rr_se": (".log_rr_se", "log_rr_se", "logrr_se", "selogrr", "precalc_log_rr_se"),
    "time": ("time", "timepoint", "time_point", "measurement_point"),
    "year": ("year", "publication_year", "year_publication", "pub_year"),
    "instrument": ("instrument", "outcome_measure", "outc_measure", "scale", "measure"),
    "outcome": ("outcome_type", "dich_type", "outc_type", "outcome"),
    "format": ("format", "delivery"),
    "rob": ("rob", "rob_overall", "risk_of_bias", "overall_rob"),
    "country": ("country",),
}
ARMED: dict[str, tuple[str, ...]] = {
    "condition": ("condition", "cond", "treatment", "cond_spec"),
    "mean": ("mean", "m", "post_m", "mean_post"),
    "sd": ("sd", "post_sd", "sd_post"),
    "n": ("n", "post_n", "n_post"),
    "baseline": ("baseline_m", "baseline_mean", "base_m", "pre_m", "mean_pre"),
    "change": ("mean_change", "change_m"),
    "event": ("event", "events", ".event", "improved_n"),
    "total": ("totaln", "total", ".totaln", "rand_n"),
}
EXACT = {"mean": "m{}i", "sd": "sd{}i", "n": "n{}i"}
FIRST = {"event": "ai", "total": "n1i"}
SECOND = {"event": "ci", "total": "n2i"}


def roles() -> dict[str, tuple[str, ...]]:
    """Every meaning a column can have, with the names it is known by, the likeliest first, in small letters."""
    found = dict(PLAIN)
    for role, names in ARMED.items():
        for place, letter in ((0, FIRST), (1, SECOND)):
            others = [EXACT[role].format(place + 1)] if role in EXACT else [letter[role]] if role in letter else []
            found[f"{role}_arm{place + 1}"] = (*(name + suffix[place] for name in names for suffix in SUFFIXES), *others)
    return found


ROLES = roles()


def find_columns(columns: Sequence[str], rows: Sequence[Row], given: Mapping[str, str], name: str) -> dict[str, str]:
    """The column of each meaning that the file has. A column that holds something goes before one that is empty throughout.

    Raises Unreadable where the person names a meaning or a column that there is not, or the file lacks what names its studies.
    """
    for role, column in given.items():
        if role not in ROLES:
            raise Unreadable(f"{role}={column}", f"“{role}” is no meaning of a column", f"Known are {', '.join(sorted(ROLES))}.")
        if column not in columns:
            raise Unreadable(f"{role}={column}", f"{name} has no column “{column}”", f"It has {', '.join(one for one in columns if one)}.")
    by_name = {re.sub(r"\W+", "_", column.casefold()).strip("_"): column for column in reversed(columns)}
    by_name |= {column.casefold(): column for column in reversed(columns)}
    found = dict(given)
    for role, names in ROLES.items():
        there = [by_name[one] for one in names if one in by_name]
        if role not in found and there:
            found[role] = next((one for one in there if any(row.text(one) for row in rows)), there[0])
    if "study" not in found:
        raise Unreadable(f"{name}, line 1", "has no column of studies", "Name it “study”, or say which it is: --map study=COLUMN.")
    return found


def told_otherwise(found: Mapping[str, str], given: Mapping[str, str]) -> tuple[str, ...]:
    """What was taken for granted: columns that are called otherwise than in Metapsy's databases."""
    said = []
    for role in ("study", "g", "g_se", "g_var", "log_rr", "log_rr_se", "time"):
        if role in found and role not in given and found[role].casefold() not in (ROLES[role][0], f".{role}"):
            said.append(f"the column “{found[role]}” is taken as {role}")
    return tuple(said)
