"""What commands print: exactly one JSON document of the form of the design, or tables."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.lock import locked
from data.study_file import open_study

Call = Callable[..., Any]
SCORE = {"hard", "breaches", "waived", "tiers", "total"}


@pytest.fixture
def curtois(samples: Path, place: Path) -> Path:
    return Path(shutil.copy(samples / "curtois.txt", place / "roster.txt"))


def test_info_tells_all_scenarios_of_a_bare_file(two: Path, call: Call) -> None:
    found = call("info", two, "--json").document
    assert set(found) == {"file", "scenarios", "counts", "shared", "protected"}
    base, closed = found["scenarios"]
    counted = {"name", "parent", "stale", "placed", "unscheduled", "duties", "score"}
    astray = {"broken", "shifted", "unknown"}
    assert set(base) == counted | {"state", "lost", "unlike", "signatures"} | astray
    assert set(base["score"]) == SCORE
    assert (base["name"], base["parent"], base["stale"]) == ("base", None, False)
    assert (closed["name"], closed["parent"], closed["stale"]) == ("closed", "base", True)
    assert base["duties"] == closed["duties"] > 100
    assert found["counts"]["case"] == base["unscheduled"] + base["placed"] == 80
    assert base["placed"] > 10
    one = call("info", f"{two}#closed", "--json").document
    assert [each["name"] for each in one["scenarios"]] == ["closed"]


def test_check_names_breaches_and_gives_scores(two: Path, call: Call) -> None:
    found = call("check", two, "--all", "--json").document
    assert set(found) == {"faults", "breaches", "waiting", "scores"}
    assert set(found["scores"]) == {"base", "closed"}
    assert set(found["waiting"][0]) == {"scenario", "case", "reason", "rules", "sentence"}
    breach = found["breaches"][0]
    assert set(breach) == {
        "scenario",
        "rule",
        "hard",
        "waived",
        "amount",
        "unit",
        "subjects",
        "when",
        "sentence",
    }
    assert any("scenario closed" in fault["where"] for fault in found["faults"])
    assert set(call("check", two, "--json").document["scores"]) == {"base"}
    english, french = (call("check", two, "--lang", lang).out for lang in ("en", "fr"))
    assert english != french


def test_check_ends_with_2_where_a_hard_rule_is_broken(small: Path, call: Call) -> None:
    with locked(small), open_study(small) as opened:
        from planner.edits import AdoptPlan
        from planner.plan import Duty, Plan

        person, shift = opened.study.base.staff[0].id, opened.study.base.shifts[0].id
        duties = [Duty(person, day, shift) for day in range(28)]
        opened.do(AdoptPlan(scenario="base", plan=Plan.build((), duties)))
        opened.save()
    ended = call("check", small, "--json")
    assert ended.code == 2
    hard = [breach for breach in ended.document["breaches"] if breach["hard"]]
    assert len(hard) == ended.document["scores"]["base"]["breaches"] > 0
    assert all(person in breach["subjects"] for breach in hard)


def test_indicators_come_with_their_definitions(two: Path, call: Call) -> None:
    rows = call("kpis", two, "--json").document["kpis"]
    assert rows
    for row in rows:
        assert set(row) == {"name", "title", "definition", "unit", "better", "value"}
        assert row["definition"]
        assert not row["definition"].startswith("kpi.")
    told = call("kpis", two, "--definitions").out
    assert all(row["definition"] in told for row in rows)


def test_a_comparison_has_the_form_of_the_design(two: Path, call: Call) -> None:
    ended = call("compare", two, "--json")
    found = ended.document
    assert set(found) == {
        "reference",
        "scenarios",
        "kpis",
        "inputs",
        "placements",
        "duties",
        "pins",
        "waivers",
        "stale",
        "searched",
        "late",
        "lent",
    }
    assert (found["reference"], found["scenarios"]) == ("base", ["base", "closed"])
    figure = {"name", "unit", "better", "values", "delta", "causes", "contributions"}
    assert set(found["kpis"][0]) == figure
    assert set(found["inputs"][0]) == {"scenario", "kind", "id", "field", "from", "to"}
    assert {each["kind"] for each in found["inputs"]} == {"session", "cover"}
    assert [each["scenario"] for each in found["stale"]] == ["closed"]
    other = call("compare", two, "--reference", f"{two}#closed", "--json").document
    assert (other["reference"], other["scenarios"]) == ("closed", ["closed", "base"])


def test_a_scenario_beside_itself_shows_nothing(two: Path, call: Call) -> None:
    found = call("compare", f"{two}#base", f"{two}#base", "--json").document
    assert (found["inputs"], found["placements"], found["duties"]) == ([], [], [])
    assert call("compare", f"{two}#base", "--reference", f"{two}#base").code == 0


def test_only_what_differs_stands_in_the_table(two: Path, call: Call) -> None:
    few, all_rows = call("compare", two).out, call("compare", two, "--all").out
    assert len(few.splitlines()) < len(all_rows.splitlines())
    assert "closed *" in few
    assert "out of date" in call("compare", two).err


def test_two_files_are_compared_too(two: Path, place: Path, call: Call) -> None:
    other = place / "other.opale"
    shutil.copy(two, other)
    found = call("compare", two, f"{other}#closed", "--json").document
    assert found["scenarios"] == ["two.opale#base", "two.opale#closed", "other.opale#closed"]


def test_a_report_is_written_once(two: Path, place: Path, call: Call) -> None:
    out = place / "report.html"
    assert call("compare", two, "--html", out).code == 0
    first = out.read_text(encoding="utf-8")
    assert "<svg" in first
    assert call("compare", two, "--html", out).code == 1
    assert call("compare", two, "--html", out, "--force", "--lang", "fr").code == 0
    assert out.read_text(encoding="utf-8") != first


def test_an_export_comes_back_equal(two: Path, place: Path, call: Call) -> None:
    first, second = place / "first", place / "second"
    assert call("export", two, "--as", "csv", "--out", first, "--json").document["stale"] is False
    assert call("import", first, "--out", place / "back.opale").code == 0
    assert call("export", place / "back.opale", "--as", "csv", "--out", second).code == 0
    for file in first.iterdir():
        assert (second / file.name).read_bytes() == file.read_bytes(), file.name
    with (first / "duties.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == call("info", two, "--json").document["scenarios"][0]["duties"]


def test_an_export_of_an_old_plan_is_marked(two: Path, place: Path, call: Call) -> None:
    """F70: results that no longer match the facts say so everywhere."""
    ended = call("export", f"{two}#closed", "--as", "csv", "--out", place / "x", "--json")
    assert ended.document["stale"] is True
    assert "out of date" in ended.err
    assert (place / "x" / "OUT-OF-DATE.txt").exists()


def test_folders_of_others_are_never_replaced(two: Path, place: Path, call: Call) -> None:
    folder = place / "mine"
    folder.mkdir()
    assert call("export", two, "--as", "csv", "--out", folder).code == 0
    assert call("export", two, "--as", "csv", "--out", folder).code == 1
    assert call("export", two, "--as", "csv", "--out", folder, "--force").code == 0
    (folder / "thesis.docx").write_text("years of work", encoding="utf-8")
    ended = call("export", two, "--as", "csv", "--out", folder, "--force")
    assert (ended.code, "thesis.docx" in ended.err) == (1, True)
    assert (folder / "thesis.docx").exists()


def test_an_import_with_faults_tells_all_and_writes_nothing(
    samples: Path, place: Path, call: Call
) -> None:
    out = place / "out.opale"
    ended = call("import", samples / "csv_bad", "--out", out, "--json")
    assert ended.code == 1
    faults = ended.document["faults"]
    assert len(faults) > 5
    assert all(set(fault) == {"where", "what", "hint"} for fault in faults)
    assert all(fault["what"] in ended.err for fault in faults[:30])
    assert not out.exists()
    text = call("import", samples / "csv_bad", "--out", out)
    assert (text.code, text.out) == (1, "")


def test_an_import_without_its_faulty_lines_tells_them(
    samples: Path, place: Path, call: Call
) -> None:
    folder, out = place / "in", place / "out.opale"
    shutil.copytree(samples / "csv_bad", folder)
    assert "--skip-faulty" not in call("import", folder, "--out", out).err  # its rules are wrong
    (folder / "rules.toml").unlink()
    refused = call("import", folder, "--out", out)
    assert (refused.code, "With --skip-faulty the rest is imported" in refused.err) == (1, True)
    assert not out.exists()
    ended = call("import", folder, "--out", out, "--skip-faulty", "--json")
    assert ended.code == 0
    assert ended.document["faults"] == []
    assert [each["where"] for each in ended.document["left_out"]][:2] == [
        "cases.csv, line 3, column due",
        "cases.csv, line 4, column surgeons",
    ]
    assert all(each["what"] in ended.err for each in ended.document["left_out"])
    assert ended.document["counts"]["case"] == 1


@pytest.mark.parametrize(("lang", "told"), [("en", "whole or not at all"), ("fr", "en entier")])
def test_a_benchmark_instance_is_read_whole(
    lang: str, told: str, samples: Path, place: Path, call: Call
) -> None:
    out = place / "out.opale"
    ended = call("import", samples / "curtois.txt", "--out", out, "--skip-faulty", "--lang", lang)
    assert (ended.code, told in ended.err, out.exists()) == (1, True, False)


def test_an_import_brings_facts_and_plan(samples: Path, place: Path, call: Call) -> None:
    out = place / "out.opale"
    found = call("import", samples / "csv", "--out", out, "--json").document
    assert found["file"] == str(out)
    assert found["faults"] == []
    assert found["counts"]["case"] > 0
    info = call("info", out, "--json").document
    assert info["counts"] == found["counts"]
    assert call("import", samples / "csv", "--out", out).code == 1
    assert call("import", samples / "csv", "--out", out, "--force").code == 0


def test_a_benchmark_is_a_target_and_nothing_is_written(
    curtois: Path, place: Path, call: Call
) -> None:
    ended = call("solve", curtois, "--effort", 1, "--json")
    found = ended.document
    assert ended.code == 0
    assert set(found) == {
        "status",
        "parts",
        "score",
        "bound",
        "seconds",
        "cpu_seconds",
        "unscheduled",
        "waiting",
        "uncovered",
        "fingerprint",
        "request",
        "seed",
    }
    assert set(found["parts"]) == {"roster"}
    assert set(found["parts"]["roster"]) == {"status", "score", "bound", "source"}
    assert set(found["score"]) == SCORE
    assert {each.name for each in place.iterdir()} == {"roster.txt", "state"}


def test_a_solution_is_written_and_judged(curtois: Path, place: Path, call: Call) -> None:
    solution, kept = place / "s.csv", place / "kept.opale"
    ended = call("solve", curtois, "--effort", 1, "--solution", solution, "--out", kept, "--json")
    assert ended.code == 0
    judged = call("check", curtois, "--solution", solution, "--json").document
    assert judged["scores"]["base"] == ended.document["score"]
    info = call("info", kept, "--json").document
    assert info["scenarios"][0]["score"] == ended.document["score"]
    assert call("solve", curtois, "--effort", 1, "--solution", solution).code == 1
    wrong = place / "wrong.csv"
    wrong.write_text("who,when\n", encoding="utf-8")
    assert call("check", curtois, "--solution", wrong).code == 1
    assert "none.csv" in call("check", curtois, "--solution", place / "none.csv").err


def test_readings_are_for_those_who_have_them(samples: Path, call: Call) -> None:
    lists = samples / "asl1.lp"
    for reading in ("as_encoded", "specialty"):
        assert call("check", lists, "--reading", reading).code in (0, 2)
    assert "perhaps" in call("check", lists, "--reading", "perhaps").err
    assert call("check", samples / "curtois.txt", "--reading", "specialty").code == 1
