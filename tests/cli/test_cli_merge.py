"""`planner merge`: two copies of a study come together, and what both changed is told."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from data import merging
from data.study_file import open_study, save_study
from planner.edits import Edit
from planner.hand_edits import Place
from planner.plan import Placement
from planner.study import BASE, Study

Call = Callable[..., Any]


@pytest.fixture
def pair(two: Path) -> tuple[Path, Path]:
    """Two copies of the small hospital with a plan."""
    return two, Path(shutil.copy(two, two.with_name("copy.opale")))


def changed(call: Call, target: Path | str, *words: str) -> None:
    ended = call("scenario", "change", target, *(w for word in words for w in ("--set", word)))
    assert ended.code == 0, ended.err


def edited(path: Path, *edits: Edit) -> None:
    with open_study(path) as opened:
        for edit in edits:
            opened.do(edit)
        opened.save()


def study(path: Path) -> Study:
    with open_study(path) as opened:
        return opened.study


def test_what_only_one_has_changed_is_taken_from_each(call: Call, pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    first, second = study(ours).base.cases[:2]
    changed(call, ours, f"case/{first.id}.mean=77")
    changed(call, f"{theirs}#closed", f"case/{second.id}.mean=88")
    ended = call("merge", ours, theirs, "--out", "m.opale")
    assert (ended.code, ended.err) == (0, "")
    assert "No conflict is left." in ended.out
    told = [each.strip() for each in ended.out.splitlines()]
    mine, other = (told.index(f"1 change of {path} alone is taken over:") for path in pair)
    assert (first.id in told[mine + 1], told[other + 1].startswith("closed: ")) == (True, True)
    again = call("merge", ours, theirs, "--out", "m.opale", "--force", "--json").document["taken"]
    shown = {
        side: [(each["scenario"], each["part"]) for each in rows] for side, rows in again.items()
    }
    assert shown == {"ours": [("base", "facts")], "theirs": [("closed", "changes")]}
    made = study(Path("m.opale"))
    assert made.base.cases[0].mean == 77
    assert [each.mean for each in made.problem("closed").cases[:2]] == [77, 88]


def test_a_conflict_ends_with_two_tells_both_sides_and_is_the_same_both_ways(
    call: Call, pair: tuple[Path, Path]
) -> None:
    ours, theirs = pair
    session = next(each for each in study(ours).base.sessions if _used(study(ours), each.id))
    changed(call, ours, f"session/{session.id}.end={session.start // 60:02}:10")
    changed(call, theirs, f"session/{session.id}.end=20:00")
    ended = call("merge", ours, theirs, "--out", "m.opale", "--json")
    assert ended.code == 2
    (conflict,) = ended.document["conflicts"]
    assert (conflict["what"], conflict["kept"], conflict["chosen"]) == ("differs", "16:30", None)
    shorter, longer = conflict["consequences"]["ours"], conflict["consequences"]["theirs"]
    assert {each["rule"] for each in shorter["adds"]} >= {"T03"}
    assert "T03" not in {each["rule"] for each in longer["adds"]}
    assert call("merge", theirs, ours, "--out", "n.opale").code == 2
    assert study(Path("m.opale")) == study(Path("n.opale"))
    told = call("merge", ours, theirs, "--out", "m.opale", "--force", "--lang", "fr")
    assert "irait contre un souhait\u202f: " in told.out
    preferred = call("merge", ours, theirs, "--out", "m.opale", "--force", "--prefer", "theirs")
    assert preferred.code == 0
    assert study(Path("m.opale")).base == study(theirs).base


def test_a_side_can_be_taken_for_one_conflict(call: Call, pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    first, second = (case.id for case in study(ours).base.cases[:2])
    changed(call, ours, f"case/{first}.mean=77", f"case/{second}.mean=77")
    changed(call, theirs, f"case/{first}.mean=88", f"case/{second}.mean=88")
    words = ("merge", ours, theirs, "--out", "m.opale", "--force")
    keys = [f"base:facts:case:{id}:mean" for id in (first, second)]
    ended = call(*words, "--take", f"{keys[0]}=theirs", "--json")
    assert (ended.code, ended.document["left"], ended.document["judged"]) == (2, 1, 1)
    told = [(each["key"], each["chosen"]) for each in ended.document["conflicts"]]
    assert told == [(keys[0], "theirs"), (keys[1], None)]
    assert call(*words, "--take", f"{keys[0]}=base", "--prefer", "ours").code == 0
    made = study(Path("m.opale")).base.cases
    assert made[0].mean not in (77, 88)
    assert made[1].mean == 77


@pytest.mark.parametrize(
    ("take", "why"),
    [("nothing=mine", "is no choice"), ("nothing=ours", "There is no conflict “nothing”")],
)
def test_a_choice_that_means_nothing_is_told(
    call: Call, pair: tuple[Path, Path], take: str, why: str
) -> None:
    ended = call("merge", *pair, "--out", "m.opale", "--take", take)
    assert ended.code == 1
    assert why in ended.err
    assert not Path("m.opale").exists()


def test_it_is_said_when_rules_are_asked_about_the_first_conflicts_only(
    call: Call, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "_JUDGED", 2)
    ours, theirs = pair
    cases = [case.id for case in study(ours).base.cases[:3]]
    for path, minutes in ((ours, 77), (theirs, 88)):
        changed(call, path, *(f"case/{id}.mean={minutes}" for id in cases))
    words = ("merge", ours, theirs, "--out", "m.opale", "--force")
    told = call(*words).out
    assert "told for the first 2 of 3 conflicts" in told
    assert f"choose: --take base:facts:case:{cases[0]}:mean=ours" in told


def _used(made: Study, session: str) -> bool:
    return any(each.session == session for each in made.scenario(BASE).plan.placements)


def test_the_journal_of_the_merged_study_has_the_lines_of_both(
    call: Call, pair: tuple[Path, Path]
) -> None:
    ours, theirs = pair
    case = study(ours).base.cases[0].id
    changed(call, ours, f"case/{case}.mean=77")
    changed(call, theirs, f"case/{case}.mean=88")
    call("merge", ours, theirs, "--out", "m.opale")
    with open_study(Path("m.opale")) as opened:
        *_, one, other, line = opened.history()
        assert [one.parameters["name"], other.parameters["name"]] == [
            f"case/{case}.mean={minutes}" for minutes in (77, 88)
        ]
        assert (line.action, line.status) == ("journal.merged", "conflicts")
        assert line.parameters["conflicts"][0]["theirs"] == 88
        with open_study(ours) as before:
            mine = before.history()
            assert opened.history()[: len(mine)] == mine


def test_files_without_anything_in_common_are_refused(call: Call, pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    save_study(study(ours), Path("other.opale"))  # the same facts, with a journal of its own
    ended = call("merge", ours, "other.opale", "--out", "m.opale")
    assert ended.code == 1
    assert "--ancestor" in ended.err
    Path("text.opale").write_text("nothing")
    assert call("merge", ours, "text.opale", "--out", "m.opale").code == 1
    assert not Path("m.opale").exists()
    assert call("merge", ours, theirs, "--out", theirs).code == 1  # it is there
    assert call("merge", ours, ours.with_name("none.opale"), "--out", "m.opale").code == 1
    named = call("merge", ours, "other.opale", "--ancestor", theirs, "--out", "m.opale")
    assert named.code == 0, named.err


def clashing(made: Study) -> tuple[Sequence[Edit], Sequence[Edit]]:
    """Two waiting cases put into one room at one time, each by one side."""
    placed = {each.case for each in made.scenario(BASE).plan.placements}
    session, one, two = next(
        (session, *waiting[:2])
        for session in made.base.sessions
        if len(
            waiting := [
                each
                for each in made.base.cases
                if each.id not in placed and each.specialty in session.owners
            ]
        )
        > 1
    )
    edits = []
    for case in (one, two):
        able = {each.id for each in made.base.surgeons if each.specialty == case.specialty}
        surgeon = min(case.surgeons or able)
        placement = Placement(case.id, session.id, surgeon, session.start + 240)
        edits.append([Place(scenario=BASE, placement=placement)])
    return edits[0], edits[1]


def clash(pair: tuple[Path, Path]) -> set[str]:
    """Let each side put another case into one room at one time; give the two."""
    mine, other = clashing(study(pair[0]))
    edited(pair[0], *mine)
    edited(pair[1], *other)
    return {edit.placement.case for edit in (*mine, *other)}  # type: ignore[attr-defined]


def test_two_plans_that_break_a_rule_only_together_are_named(
    call: Call, pair: tuple[Path, Path]
) -> None:
    cases = clash(pair)
    ended = call("merge", *pair, "--out", "m.opale", "--json")
    assert (ended.code, ended.document["left"]) == (2, 0)
    rules = {each["rule"]: each for each in ended.document["clashes"]}
    assert set(rules["T01"]["cases"]) == cases
    told = call("merge", *pair, "--out", "m.opale", "--force").out
    assert "Only together the two plans break" in told


@pytest.mark.long
def test_what_clashes_is_solved_anew_and_all_else_stays(
    call: Call, pair: tuple[Path, Path]
) -> None:
    before = study(pair[0]).scenario(BASE)
    cases = clash(pair)
    words = ("--out", "m.opale", "--json", "--resolve", "--effort", "1")
    solved = call("merge", *pair, *words)
    assert (solved.code, solved.document["clashes"]) == (0, [])
    assert len(solved.document["resolved"]) == 1
    told = solved.document
    assert len(told["mended"]) >= 1
    assert set(told["mended"][0]["cases"]) <= {*cases}
    made = study(Path("m.opale")).scenario(BASE)
    placed_now = {each.case: each.start for each in made.plan.placements}
    assert told["moved"], "what a side had placed is elsewhere now"
    for move in told["moved"]:
        now = placed_now.get(move["case"])
        assert (move["to"] is None) == (now is None)
        assert move["from"] != move["to"]
    moved = {each["case"] for each in told["moved"]}
    words = call("merge", *pair, "--out", "w.opale", "--resolve", "--effort", "1").out
    assert "is kept again" in words or "are kept again" in words
    assert all(f"  {case}: " in words for case in moved)
    kept = {each for each in before.plan.placements if each.case not in cases}
    assert kept <= set(made.plan.placements)
    assert made.plan.days == before.plan.days
    assert made.pins == before.pins
    placed = {each.case for each in made.plan.placements}
    assert placed <= {*(each.case for each in kept), *cases}


@pytest.fixture
def again(call: Call, pair: tuple[Path, Path]) -> tuple[Path, Path, list[str]]:
    """A merge in which choices were made, worked on since, and the other file, worked on as well."""
    ours, theirs = pair
    cases = [str(each.id) for each in study(ours).base.cases[:3]]
    new = theirs.with_name("new.json")
    new.write_text('{"kind": "staff", "id": "77", "contract": "FPH"}', encoding="utf-8")
    changed(call, ours, f"case/{cases[0]}.mean=100")
    changed(call, theirs, f"case/{cases[0]}.mean=110", f"case/{cases[1]}.mean=33")
    assert call("scenario", "change", theirs, "--add", new).code == 0
    chosen = f"base:facts:case:{cases[0]}:mean=ours"
    assert call("merge", ours, theirs, "--out", "both.opale", "--take", chosen).code == 0
    both = Path("both.opale")
    assert call("scenario", "change", both, "--remove", "staff/77").code == 0
    changed(call, theirs, f"case/{cases[2]}.mean=44")
    for each in (both, theirs):
        each.with_name(f"{each.name}.bak").unlink()
    return both, theirs, cases


@pytest.mark.parametrize("turned", [False, True])
def test_a_second_merge_begins_where_the_first_one_ended(
    call: Call, again: tuple[Path, Path, list[str]], turned: bool
) -> None:
    both, theirs, cases = again
    sides = (theirs, both) if turned else (both, theirs)
    ended = call("merge", *sides, "--out", "last.opale", "--json")
    assert (ended.code, ended.document["conflicts"]) == (0, []), ended.err
    made = study(Path("last.opale")).base
    means = {str(each.id): each.mean for each in made.cases}
    assert [means[each] for each in cases] == [100, 33, 44]
    assert "77" not in {str(each.id) for each in made.staff}, "what was removed stays so"
    with open_study(Path("last.opale")) as opened:
        lines = [(each.made, each.action, str(each.parameters)) for each in opened.history()]
    assert len(lines) == len(set(lines)), "no line stands there twice"
    assert sum(action == "journal.merged" for _, action, _ in lines) == 2


def test_both_have_merged_the_other_and_merge_again(
    call: Call, again: tuple[Path, Path, list[str]]
) -> None:
    both, theirs, cases = again
    assert call("merge", theirs, "two.opale", "--out", "other.opale", "--prefer", "ours").code == 0
    fourth = str(study(both).base.cases[3].id)
    changed(call, both, f"case/{fourth}.mean=55")
    changed(call, Path("other.opale"), f"case/{cases[2]}.mean=66")
    made = []
    for number, sides in enumerate(((both, "other.opale"), ("other.opale", both))):
        out = f"cross{number}.opale"
        assert call("merge", *sides, "--out", out, "--json").code in (0, 2)
        made.append(study(Path(out)).base)
    assert made[0] == made[1]
    means = {str(each.id): each.mean for each in made[0].cases}
    assert [means[fourth], means[cases[2]]] == [55, 66]


def test_a_second_merge_without_what_lines_have_changed_loses_nothing(
    call: Call, again: tuple[Path, Path, list[str]]
) -> None:
    both, theirs, cases = again
    for each in (both, theirs):
        with open_study(each) as opened:
            opened.connection.execute("DELETE FROM deltas")
            opened.save()
        each.with_name(f"{each.name}.bak").unlink()
    ended = call("merge", both, theirs, "--out", "last.opale")
    assert ended.code in (0, 2), ended.err
    means = {str(each.id): each.mean for each in study(Path("last.opale")).base.cases}
    assert [means[each] for each in cases] == [100, 33, 44]


@pytest.mark.parametrize(("take", "there"), [("theirs", True), ("base", True), ("ours", False)])
def test_a_case_that_is_kept_keeps_its_place(
    call: Call, pair: tuple[Path, Path], take: str, there: bool
) -> None:
    ours, theirs = pair
    placement = next(study(ours).scenario(BASE).plan.placements)
    case = str(placement.case)
    assert call("scenario", "change", ours, "--remove", f"case/{case}").code == 0
    changed(call, theirs, f"case/{case}.mean=33")
    key = f"base:facts:case:{case}={take}"
    ended = call("merge", ours, theirs, "--out", "m.opale", "--take", key)
    assert ended.code == 0, ended.out
    made = study(Path("m.opale"))
    assert any(str(each.id) == case for each in made.base.cases) == there
    assert (placement in made.scenario(BASE).plan.placements) == there
    ended = call("merge", theirs, ours, "--out", "n.opale")
    assert ended.code == 2
    assert placement in study(Path("n.opale")).scenario(BASE).plan.placements
