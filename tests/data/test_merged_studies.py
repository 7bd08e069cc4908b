"""Any three studies merge, the same both ways: those drawn here have nothing that means anything."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.merging.study import merge
from planner.study import Study

_spec = importlib.util.spec_from_file_location(
    "study_drawing", Path(__file__).with_name("study_drawing.py")
)
assert _spec is not None
assert _spec.loader is not None
study_drawing: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(study_drawing)

three = st.tuples(*(study_drawing.a_study() for _ in range(3)))


@settings(max_examples=3, suppress_health_check=list(HealthCheck))
@given(three)
def test_any_studies_merge_the_same_both_ways(three: tuple[Study, Study, Study]) -> None:
    same_both_ways(*three)


@pytest.mark.long
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(three)
def test_many_studies_merge_the_same_both_ways(three: tuple[Study, Study, Study]) -> None:
    same_both_ways(*three)


def same_both_ways(base: Study, ours: Study, theirs: Study) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert one.study == other.study
    assert one.conflicts == tuple(each.mirrored for each in other.conflicts)
    for side in (ours, theirs, base):
        for made in (merge(base, side, side), merge(base, side, base), merge(side, base, side)):
            assert (made.study, made.conflicts) in ((side, ()), (base, ()))
    for side in ("ours", "theirs", "base"):
        assert merge(base, ours, theirs, prefer=side).left == ()
