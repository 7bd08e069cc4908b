"""Many scenarios: beside each other any number, one on another a hundred; steps are counted, not seconds."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from theatre_day import house, plan

from data.refused import Refused
from data.study_file import open_study, save_study
from planner.changes import ChangeSet, Set
from planner.edits import Branch, EditRefusedError
from planner.fingerprint import fingerprint
from planner.merging.study import merge
from planner.plan import Plan
from planner.study import BASE, DEEPEST, Scenario, Study
from planner.words import LANGUAGES, say
from ui.cli.__main__ import main

MADE = plan(("K1", "A", 480), ("K2", "B", 480))


class Counted(tuple[Any, ...]):
    """A tuple that counts how often somebody goes through it."""

    __slots__ = ()
    passes = 0

    def __iter__(self) -> Iterator[Any]:
        Counted.passes += 1
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        Counted.passes += 1
        return iter(self[::-1])


def scenario(number: int, parent: str, of: Plan = MADE) -> Scenario:
    change = Set(kind="case", id="K1", field="mean", expected=None, value=60 + number % 300)
    group = ChangeSet(name=f"longer {number}", changes=(change,))
    return Scenario(name=f"s{number}", parent=parent, changes=(group,), plan=of)


def siblings(count: int) -> Study:
    base = Scenario(name=BASE, parent=None, plan=MADE, made_for=fingerprint(house()))
    others = (scenario(number, BASE) for number in range(count))
    return Study(id="many", base=house(), scenarios=(base, *others))


def nested(count: int) -> Study:
    """Each stands on the one before, with a plan of its own."""
    made = [Scenario(name=BASE, parent=None, plan=MADE)]
    for number in range(count):
        own = plan(("K1", "A", 480 + number), ("K2", "B", 480))
        made.append(scenario(number, made[-1].name, own))
    return Study(id="deep", base=house(), scenarios=tuple(made))


def test_five_thousand_beside_each_other_are_gone_through_once() -> None:
    study = siblings(5000)
    counted = Counted(study.scenarios)
    study = Study(id="many", base=study.base, scenarios=counted)
    Counted.passes = 0
    for name in (f"s{number}" for number in range(5000)):
        assert study.scenario(name).parent == BASE
        assert len(study.line(name)) == 2
        assert (study.pins(name), study.waivers(name)) == ((), ())
    assert Counted.passes == 1


@pytest.mark.parametrize("command", [("info",), ("scenario", "list"), ("check", "--all")])
def test_twice_as_many_take_twice_as_many_steps(command: tuple[str, ...], tmp_path: Path) -> None:
    def steps(count: int) -> int:
        path = tmp_path / f"{count}.opale"
        save_study(siblings(count), path)
        met = 0

        def count_call(_: Any, event: str, __: Any) -> None:
            nonlocal met
            met += event == "call"

        first, *rest = command
        words = [first, *rest, str(path)] if first == "scenario" else [first, str(path), *rest]
        sys.setprofile(count_call)
        try:
            ended = CliRunner().invoke(main, words)
        finally:
            sys.setprofile(None)
        assert ended.exit_code in (0, 2), ended.output
        assert f"s{count - 1}" in ended.output
        return met

    steps(2)  # what is loaded and remembered once
    few, more, many = steps(20), steps(40), steps(80)
    assert many - more < 2.4 * (more - few), "twice as many more, a quarter for chance"


def test_a_hundred_one_on_another_open_and_are_looked_at(tmp_path: Path) -> None:
    path, study = tmp_path / "deep.opale", nested(DEEPEST)
    save_study(study, path)
    with open_study(path) as opened:
        read = opened.study
        last = read.scenarios[-1]
        assert next(last.plan.placements).start == 480 + DEEPEST - 1
        assert read.problem(last.name).cases[0].mean == 60 + DEEPEST - 1
        opened.save(tmp_path / "again.opale")
    assert read == study


def test_one_more_is_refused_where_it_is_made(tmp_path: Path) -> None:
    study = nested(DEEPEST)
    deepest = study.scenarios[-1].name
    with pytest.raises(EditRefusedError) as refused:
        Branch(parent=deepest, name="one more").apply(study)
    for lang in LANGUAGES:
        assert deepest in say(refused.value.what, lang, **refused.value.facts)
    beside = study.scenarios[-2].name
    assert Branch(parent=beside, name="one more").apply(study).line("one more")


def test_a_file_with_one_more_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "deeper.opale"
    save_study(nested(DEEPEST + 1), path)
    with pytest.raises(Refused) as refused:
        open_study(path)
    for lang in LANGUAGES:
        said = refused.value.sentence(lang)
        assert "deeper.opale" in said
        assert f"s{DEEPEST}" in said
        assert str(DEEPEST) in said


def test_many_beside_each_other_merge_as_few_do() -> None:
    base = siblings(30)
    ours = Branch(parent="s3", name="ours").apply(base)
    theirs = Branch(parent="s4", name="theirs").apply(base)
    made = merge(base, ours, theirs).study
    assert [each.name for each in made.scenarios[:31]] == [each.name for each in base.scenarios]
    assert {each.name for each in made.scenarios[31:]} == {"ours", "theirs"}
    assert merge(base, theirs, ours).study == made
