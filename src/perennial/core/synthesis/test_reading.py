"""Files of trials as they come: separators, decimals, letters, names of columns, faults; which rows are pooled; what a sign means."""

import io
from collections.abc import Sequence

import pytest

from perennial.core.synthesis import table
from perennial.core.synthesis.builders import csv_of, events, trials
from perennial.core.synthesis.choosing import Chosen, Selection, Where, choose
from perennial.core.synthesis.metapsy import TrialFile, read_trials
from perennial.core.synthesis.pooling import pool
from perennial.core.synthesis.table import Unreadable

Rows = Sequence[dict[str, object]]


def read(data: bytes, **given: str) -> TrialFile:
    return read_trials(io.BytesIO(data), "made.csv", given)


def chosen(rows: Rows, selection: Selection = Selection(), **given: str) -> Chosen:  # noqa: B008
    return choose(read(csv_of(rows), **given), selection)


def renamed(rows: Rows, names: dict[str, str]) -> list[dict[str, object]]:
    return [{names.get(name, name): value for name, value in row.items()} for row in rows]


def without(rows: Rows, *columns: str) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if name not in columns} for row in rows]


def changed(at: int, **cells: object) -> list[dict[str, object]]:
    rows = trials()
    rows[at] |= {name.replace("DOT", "."): value for name, value in cells.items()}
    return rows


@pytest.mark.parametrize(
    "form",
    [
        {"delimiter": ";", "comma": True},
        {"delimiter": ",", "comma": False, "encoding": "utf-8"},
        {"delimiter": "\t", "comma": False, "encoding": "utf-8-sig"},
        {"delimiter": "\t", "comma": True, "encoding": "utf-16"},
        {"delimiter": ";", "comma": False, "numbered": False},
    ],
)
def test_every_form_of_the_same_table_gives_the_same_effects(form: dict[str, object]) -> None:
    file = read(csv_of(trials(), **form))  # type: ignore[arg-type]
    whole = read(csv_of(trials()))
    assert [one.g for one in file.trials] == [one.g for one in whole.trials]
    assert file.problems == ()
    assert "Müller" in file.trials[0].cells["full_ref"]
    assert set(file.columns) - {""} == set(trials()[0])


def test_a_header_without_the_column_of_row_numbers_is_understood() -> None:
    head, *lines = csv_of(trials()).decode("latin-1").split("\n")
    data = "\n".join([head.removeprefix('"";'), *lines]).encode("latin-1")
    assert [one.g for one in read(data).trials] == [one.g for one in read(csv_of(trials())).trials]


def test_a_line_that_names_the_separator_is_taken_at_its_word() -> None:
    assert len(read(b"sep=;\r\n" + csv_of(trials())).trials) == len(trials())


def test_rows_at_post_test_with_effect_and_error_are_pooled() -> None:
    found = chosen(trials())
    assert len(found.effects) == sum(row["time"] == "post" for row in trials())
    assert found.reasons() == {"measured at follow-up": 4}
    assert {one.study for one in found.effects} == {str(row["study"]) for row in trials()}


def test_a_file_without_times_is_pooled_whole_and_says_so() -> None:
    found = chosen(without(trials(), "time"))
    assert len(found.effects) == len(trials())
    assert any("no column of times" in one for one in found.assumed)


def test_post_test_by_another_name_is_found_and_said() -> None:
    rows = [row | {"time": "Post-treatment" if row["time"] == "post" else "fu"} for row in trials()]
    found = chosen(rows)
    assert len(found.effects) == len(chosen(trials()).effects)
    assert "post-test is what the file calls post-treatment" in found.assumed


def test_no_post_test_at_all_asks_for_a_time() -> None:
    rows = [row | {"time": "12 weeks"} for row in trials()]
    with pytest.raises(Unreadable) as fault:
        chosen(rows)
    assert "it has 12 weeks" in fault.value.problem.mend
    assert len(chosen(rows, Selection(time="any")).effects) == len(chosen(rows, Selection(time="12 weeks")).effects) == len(rows)


def test_conditions_join_with_or_inside_a_column_and_with_and_between() -> None:
    found = chosen(trials(), Selection(where=(Where("format", ("ind", "GRP")), Where("condition_arm1", ("cbt",)))))
    assert {(one.told["format"], one.told["condition_arm1"]) for one in found.effects} == {("ind", "cbt"), ("grp", "cbt")}
    with pytest.raises(Unreadable, match="never holds"):
        chosen(trials(), Selection(where=(Where("format", ("phone",)),)))
    with pytest.raises(Unreadable, match="has no column"):
        chosen(trials(), Selection(where=(Where("absent", ("x",)),)))


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"DOTg_se": None}, "has an effect and no standard error"),
        ({"DOTg_se": 0}, "has a standard error of 0"),
        ({"DOTg_se": -0.2}, "has a standard error below 0"),
        ({"DOTg_se": "see text"}, "“see text” stands where a number is due"),
        ({"DOTg": "0.3*"}, "“0.3*” stands where a number is due"),
        ({"DOTg": "1e999"}, "stands where a number is due"),
    ],
)
def test_a_faulty_row_is_left_out_and_named_by_line_and_column(cells: dict[str, object], says: str) -> None:
    found = chosen(changed(2, **cells))
    (fault,) = [one.problem for one in found.left_out if one.problem]
    assert says in fault.what
    assert fault.where.startswith("made.csv, line 4, column .g")
    assert len(found.effects) == len(chosen(trials()).effects) - 1


def test_other_names_of_columns_are_taken_and_said() -> None:
    names = {".g": "yi", ".g_se": "SEI", "study": "Author"} | {
        f"{one}_arm{n}": f"{one}_trt{n}" for one in ("mean", "sd", "n") for n in (1, 2)
    }
    found = chosen(renamed(trials(), names))
    assert [one.y for one in found.effects] == [one.y for one in chosen(trials()).effects]
    assert {"the column “yi” is taken as g", "the column “SEI” is taken as g_se", "the column “Author” is taken as study"} <= set(
        found.assumed
    )
    assert found.direction.favors == "therapy"


def test_columns_can_be_named_by_hand() -> None:
    rows = renamed(trials(), {".g": "effect size", ".g_se": "error", "study": "who"})
    found = chosen(rows, g="effect size", g_se="error", study="who")
    assert pool(found.effects).estimate == pytest.approx(pool(chosen(trials()).effects).estimate)
    with pytest.raises(Unreadable, match="no column of studies"):
        chosen(rows)
    with pytest.raises(Unreadable, match="is no meaning"):
        chosen(rows, color="who")
    with pytest.raises(Unreadable, match="has no column"):
        chosen(rows, study="nobody")


def test_a_variance_serves_where_there_is_no_standard_error() -> None:
    rows = [row | {"vi": float(str(row[".g_se"])) ** 2} for row in trials()]
    found = chosen(without(rows, ".g_se"))
    assert [one.v for one in found.effects] == pytest.approx([one.v for one in chosen(trials()).effects])


def test_without_g_it_is_computed_from_means_and_said() -> None:
    found = chosen(without(trials(), ".g", ".g_se"))
    assert any("computed from means" in one for one in found.assumed)
    assert found.effects[0].y == pytest.approx(-0.1308, abs=1e-4)
    assert found.direction.sentence == "a positive number favors control (arm 2)"


@pytest.mark.parametrize(("sign", "favored"), [(1.0, "therapy"), (-1.0, "control")])
def test_the_direction_is_found_in_the_means(sign: float, favored: str) -> None:
    found = chosen(trials(sign=sign))
    assert found.direction.favors == favored
    assert "rows with means of both arms" in found.direction.because


def test_scores_that_rise_with_improvement_turn_the_direction() -> None:
    rows = [row | {"baseline_m_arm1": 5.0, "baseline_m_arm2": 5.0} for row in trials()]
    assert chosen(rows).direction.favors == "control"


def test_arms_in_the_other_order_are_told_by_their_names() -> None:
    swap = {"condition_arm1": "condition_arm2", "condition_arm2": "condition_arm1"}
    assert chosen(renamed(trials(), swap)).direction.sentence == "a positive number favors control (arm 1)"


def test_without_baselines_only_the_means_are_told() -> None:
    found = chosen(without(trials(), "baseline_m_arm1", "baseline_m_arm2")).direction
    assert found.favors is None
    assert "lower mean in therapy (arm 1)" in found.sentence


def test_without_means_and_with_mixed_signs_the_direction_is_not_known() -> None:
    assert chosen(without(trials(), "mean_arm1")).direction.sentence.startswith("not known")
    mixed = [row | {".g": float(str(row[".g"])) * (-1) ** place} for place, row in enumerate(trials())]
    assert "disagree" in chosen(mixed).direction.sentence


def test_events_become_risk_ratios_and_their_name_says_whether_they_are_wanted() -> None:
    found = chosen(events())
    assert (found.kind, found.direction.favors) == ("log_rr", "control")
    assert "the event (attempts) is more frequent in therapy (arm 1)" in found.direction.sentence
    wanted = chosen([row | {"outcome_type": "response"} for row in events()])
    assert wanted.direction.favors == "therapy"
    assert chosen([row | {"outcome_type": "visits"} for row in events()]).direction.favors is None


def test_impossible_events_are_left_out() -> None:
    rows = events()
    rows[1] |= {"event_arm1": 500}
    assert chosen(rows).reasons() == {"figures that give no effect": 1}


def test_years_come_from_the_names_of_studies_where_there_is_no_column() -> None:
    found = chosen(without(trials(), "year"))
    assert found.effects[0].year == 1995
    assert "years are read from the names of the studies" in found.assumed


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>', "HTML or XML"),
        (b'[{"study": 1}]', "JSON"),
        (b"PK\x03\x04\x00\x00", "no text"),
        (b"study\nA\n", "one column"),
        (b"study;.g;.g_se\n", "no rows"),
        (b"study;.g;.g_se\nA;1\n", "no rows"),
        (b"a;b\n1;2\n", "no column of studies"),
        (b"study;b\n1;2\n", "holds no Hedges' g or log risk ratio"),
    ],
)
def test_what_is_no_table_of_trials_is_said_exactly(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as fault:
        choose(read(data))
    assert says in str(fault.value.problem)


def test_no_more_is_read_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LARGEST_BYTES", 1000)
    body = io.BytesIO(b"x" * 5000)
    with pytest.raises(Unreadable, match="has over"):
        read_trials(body, "large.csv")
    assert body.tell() == 1001


def test_a_broken_line_is_left_out_and_named() -> None:
    lines = csv_of(trials()).split(b"\n")
    lines[3] = b'"x";"y"'
    file = read(b"\n".join(lines))
    assert [str(one) for one in file.problems] == [
        "made.csv, line 4: has 2 cells for 20 columns. Mend its separators and quotes; the line was left out."
    ]
    assert len(file.trials) == len(trials()) - 1


def test_a_comma_between_thousands_is_no_decimal_comma() -> None:
    file = read(b'study,.g,.g_se,n_arm1\nA,0.5,0.2,"1,200"\nB,"0,25",0.2,30\n')
    assert [one.g for one in file.trials] == [0.5, 0.25]
    assert [one.where for one in file.problems] == ["made.csv, line 2, column n_arm1"]


def test_a_column_that_comes_again_is_kept_under_another_name() -> None:
    file = read(b"study;.g;.g_se;note;note\nA;0,5;0,2;x;y\nB;0,6;0,2;x;z\n")
    assert file.columns == ("study", ".g", ".g_se", "note", "note (again 1)")
    assert file.trials[1].cells["note (again 1)"] == "z"
    assert "of the columns called “note” the first is taken" in file.assumed


def test_an_empty_last_cell_moves_no_column() -> None:
    file = read(b"study;.g;.g_se\nA;0,5;0,2;\nB;\xe2\x88\x920,6;0,2;\n")
    assert [(one.study, one.g) for one in file.trials] == [("A", 0.5), ("B", -0.6)]


@pytest.mark.parametrize(("mean", "sd", "n"), [("1", "1e200", "20"), ("1", "1", "1e20"), ("1e10", "1e-300", "20"), ("1", "1e-170", "2")])
def test_figures_beyond_reckoning_leave_out_their_row_alone(mean: str, sd: str, n: str) -> None:
    head = "study,mean_arm1,sd_arm1,n_arm1,mean_arm2,sd_arm2,n_arm2\n"
    found = choose(read(f"{head}A,1,1,20,2,1,20\nB,{mean},{sd},{n},2,{sd},{n}\n".encode()))
    assert [one.study for one in found.effects] == ["A"]
    assert found.left_out[0].line == 3


def test_risks_beyond_reckoning_leave_out_their_row_alone() -> None:
    found = choose(read(b"study,event_arm1,totaln_arm1,event_arm2,totaln_arm2\nA,1,20,2,20\nB,1e-320,1e300,5,20\n"))
    assert [one.study for one in found.effects] == ["A"]


def test_a_table_of_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_CELLS", 20)
    with pytest.raises(Unreadable, match="over 20 cells"):
        read(csv_of(trials()))
