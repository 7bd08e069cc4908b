"""What was done on days that are over and published is not taken out of the plan in silence."""

import dataclasses
import datetime as dt
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
