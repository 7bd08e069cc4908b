"""Runs of the master schedule travel as JSON: their weights, and their answer as changes."""

import json

import pytest
from demo_hospitals import generate

from data.refused import Refused
from data.run_codec import (
    identity,
    options_plain,
    request_of,
    request_plain,
    result_of,
    result_plain,
)
from planner.changes import Adjust, Set
from planner.master.options import MasterOptions
from planner.runs import MASTER, PartResult, SolveRequest, SolveResult
from planner.score import Score

OPTIONS = MasterOptions(keep=40, keeps=(("OPH", 0),), bed=1)


def test_a_question_and_its_answer_come_back_equal() -> None:
    problem = generate("small")
    request = SolveRequest(problem=problem, parts=(MASTER,), master=OPTIONS)
    assert request_of(json.loads(json.dumps(request_plain(request)))) == request
    score = Score(tiers=(5, 2, 0, 1), total=8)
    changes = (
        Set(kind="template", id="t", field="owners", expected=["OPH"], value=["ORTHO"]),
        Adjust(kind="cover", id="c", field="least", delta=-1),
    )
    result = SolveResult(
        status="optimal",
        plan=request.plan,
        score=score,
        parts={MASTER: PartResult(status="optimal", score=score, bound=8)},
        bound=8,
        changes=changes,
    )
    assert result_of(json.loads(json.dumps(result_plain(result, problem.horizon)))) == result


def test_weights_are_part_of_what_a_run_depends_on_and_of_no_other_run() -> None:
    problem = generate("small")
    usual, other = (
        SolveRequest(problem=problem, parts=(MASTER,), master=each)
        for each in (MasterOptions(), OPTIONS)
    )
    assert identity(usual) != identity(other)
    assert "master" not in options_plain(SolveRequest(problem=problem))


def test_weights_that_are_none_are_refused() -> None:
    request = SolveRequest(problem=generate("small"), parts=(MASTER,), master=OPTIONS)
    for broken in ({"fill": "much"}, {"speed": 3}, {"keeps": [["OPH"]]}):
        with pytest.raises(Refused):
            request_of(request_plain(request) | {"master": broken})
