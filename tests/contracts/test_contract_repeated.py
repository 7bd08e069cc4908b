"""What is said again of people alike is what the rule would say of each: array by array."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from contract_drawing import AUDIT_ONLY, Sample, draw_together, rule_types, samples, tried

from planner.rules.space import RosterSpace
from solvers.rows import compile as compiling
from solvers.rows.arrays import Compiled, Lists
from solvers.rows.repeated import Repeated

TYPES = [type for type in rule_types() if type not in AUDIT_ONLY]


def entries(lists: Lists) -> dict[int, list[tuple[int, int]]]:
    """Give by target what its sources add to it."""
    found: dict[int, list[tuple[int, int]]] = {}
    source = np.repeat(np.arange(len(lists.start) - 1), np.diff(lists.start))
    for each in zip(source.tolist(), lists.target.tolist(), lists.value.tolist(), strict=True):
        found.setdefault(each[1], []).append((each[0], each[2]))
    return found


def content(compiled: Compiled) -> Counter[Any]:
    """Give rows and conjunctions by what they say, without the numbers that they happen to have."""
    tests, loads, terms = map(entries, (compiled.tests, compiled.loads, compiled.terms))

    def feature(number: int) -> Any:
        return int(compiled.base[number]), tuple(tests.get(number, ()))

    def said(part: Any, number: int, *names: str) -> tuple[Any, ...]:
        return (*(int(getattr(part, name)[number]) for name in names), part.about[number])

    rows, nevers = compiled.rows, compiled.nevers
    found: Counter[Any] = Counter()
    for row in range(len(rows.lo)):
        bounds = said(rows, row, "lo", "hi", "each", "knee", "beyond", "rule", "kind")
        features = sorted((feature(number), value) for number, value in terms.get(row, ()))
        found[bounds, rows.given[row], tuple(loads.get(row, ())), tuple(features)] += 1
    for number in range(len(nevers.amount)):
        what = said(nevers, number, "amount", "rule", "kind")
        found[what, nevers.given[number], feature(int(nevers.feature[number]))] += 1
    return found


class _Once(Repeated):
    """Asks every rule about everybody."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._repeats = [False] * len(self._repeats)


def both(sample: Sample, rules: tuple[Any, ...], patch: pytest.MonkeyPatch) -> Iterator[Compiled]:
    yield compiling.compile(sample.space, rules)
    with patch.context() as once:
        once.setattr(compiling, "Repeated", _Once)
        yield compiling.compile(sample.space, rules)


def spared(sample: Sample, rules: tuple[Any, ...]) -> bool:
    """Tell whether a rule that repeats itself is not asked about somebody."""
    if not isinstance(sample.space, RosterSpace) or not any(r.repeats(sample.space) for r in rules):
        return False
    known = {tuple(sample.space.days(person.id)) for person in sample.problem.staff}
    return len(known) < len(sample.problem.staff)


@pytest.mark.parametrize("type", TYPES, scope="module")
@tried(3, 40)
def test_what_is_repeated_is_what_the_rule_says(
    type: str, plans: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sample in samples(type, plans):
        again, once = both(sample, (sample.rule,), monkeypatch)
        assert content(again) == content(once), sample


@tried(4, 40)
def test_so_it_is_for_all_rules_together(plans: int, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = 0
    for number in range(plans):
        sample, rules = draw_together("roster", number)
        again, once = both(sample, rules, monkeypatch)
        assert content(again) == content(once), number
        alike += spared(sample, rules)
    assert alike >= plans // 2, "nobody was alike: the test is idle"
