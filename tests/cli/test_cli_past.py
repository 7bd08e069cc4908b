"""What was done on days that are over and published is not taken out of the plan in silence."""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from theatre_day import house, plan

from data.study_file import open_study, save_study
from planner.study import BASE, Scenario, Study


def test_a_case_that_was_operated_goes_by_force_alone(
    place: Path, call: Callable[..., Any]
) -> None:
    path, made = place / "past.opale", plan(("K1", "A", 480))
    base = house()
    base = dataclasses.replace(base, as_of=base.horizon.start + dt.timedelta(days=1))
    scenario = Scenario(name=BASE, parent=None, plan=made, published=made)
    save_study(Study(id="past", base=base, scenarios=(scenario,)), path)
    before = path.read_bytes()
    for lang, words in (("en", "is over and its plan is published"), ("fr", "son plan est publié")):
        told = call("scenario", "change", path, "--remove", "case/K1", "--lang", lang)
        assert (told.code, words in told.err, "K1" in told.err) == (1, True, True)
        assert "planner repair" in told.err
    assert path.read_bytes() == before
    assert call("scenario", "change", path, "--remove", "case/K1", "--force").code == 0
    with open_study(path) as opened:
        assert not [*opened.study.scenario(BASE).plan.placements]


def test_a_group_that_undoes_what_was_done_is_switched_and_dropped_by_force_alone(
    place: Path, call: Callable[..., Any]
) -> None:
    path, made = place / "switched.opale", plan(("K1", "A", 480))
    base = house()
    base = dataclasses.replace(base, as_of=base.horizon.start + dt.timedelta(days=1))
    save_study(Study(id="past", base=base, scenarios=(Scenario(name=BASE, parent=None),)), path)
    assert call("scenario", "branch", path, "X").code == 0
    words = ("scenario", "change", f"{path}#X", "--remove", "case/K1", "--name", "G")
    assert call(*words).code == 0
    assert call("scenario", "switch", f"{path}#X", "G", "off").code == 0
    with open_study(path) as opened:
        there = opened.study
        for name in (BASE, "X"):
            each = dataclasses.replace(there.scenario(name), plan=made, published=made)
            there = there.replace(each)
    path.unlink()
    save_study(there, path)
    before = path.read_bytes()
    switch = ("scenario", "switch", f"{path}#X", "G", "on")
    told = call(*switch)
    assert (told.code, "K1" in told.err, "--force" in told.err) == (1, True, True)
    assert path.read_bytes() == before
    assert call(*switch, "--force").code == 0
    assert call("scenario", "drop", f"{path}#X", "G").code == 0  # what comes back takes nothing out


def test_a_merge_with_a_copy_from_before_tells_what_it_takes_out(
    place: Path, call: Callable[..., Any]
) -> None:
    ours, theirs, made = place / "ours.opale", place / "theirs.opale", plan(("K1", "A", 480))
    base = house()
    later = (base.horizon.start + dt.timedelta(days=1)).isoformat()
    scenario = Scenario(name=BASE, parent=None, plan=made, published=made)
    save_study(Study(id="past", base=base, scenarios=(scenario,)), ours)
    shutil.copy(ours, theirs)
    assert call("scenario", "change", ours, "--set", f"problem/problem.as_of={later}").code == 0
    assert call("scenario", "change", theirs, "--remove", "case/K1").code == 0
    for sides in ((ours, theirs), (theirs, ours)):
        words = ("merge", *sides, "--out", place / "both.opale", "--force")
        told = call(*words, "--lang", "fr")
        assert (told.code, "K1" in told.out, "est passé et" in told.out) == (2, True, True)
        assert call(*words, "--json").document["past"] == ["K1"]
    told = call("merge", ours, ours, "--out", place / "same.opale")
    assert (told.code, "is over" in told.out) == (0, False)
