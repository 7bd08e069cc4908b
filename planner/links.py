"""What an edit of the facts would make that no plan can be judged with.

That is links to nothing, and hours that end before they start. What an import brings of it is a
fault beside the fact.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from planner.fields import KINDS, specs
from planner.problem import RECORD_KINDS, Fault, Problem, record_faults
from planner.study import Study, same_facts

LINKS: Final = frozenset({"unknown_link"})
REFUSED: Final = LINKS | {"ends_before_start", "week_beyond_cycle"}
"""Faults that nobody may type; the others stand beside their cell."""

Known: TypeAlias = dict[int, tuple[tuple[Any, ...], set[str]]]
"""Ids by the identity of the records that have them: most scenarios share most records."""


class Ids(Mapping[str, set[str]]):
    """The ids of a problem's records by kind, gathered when first asked for."""

    def __init__(self, problem: Problem, known: Known) -> None:
        self.problem, self.known = problem, known

    def __getitem__(self, kind: str) -> set[str]:
        records = self.problem.records(kind)
        found = self.known.get(id(records))
        if found is None:  # the records are kept too: an identity is that of what is there
            found = self.known[id(records)] = records, {record.id for record in records}
        return found[1]

    def __iter__(self) -> Iterator[str]:
        return iter(RECORD_KINDS)

    def __len__(self) -> int:
        return len(RECORD_KINDS)


def broken(
    before: Problem,
    after: Problem,
    meant: frozenset[str] = REFUSED,
    known: Known | None = None,
) -> Iterator[Fault]:
    """Find the faults of these kinds that `after` has and `before` has not; only what differs is looked at.

    `known` is filled: whoever looks at several scenarios gathers their ids once.
    """
    if before is after:
        return
    kinds = [kind for kind in RECORD_KINDS if before.records(kind) is not after.records(kind)]
    if not kinds:
        return
    known = {} if known is None else known
    had, ids = Ids(before, known), Ids(after, known)
    gone = {kind for kind in kinds if had[kind] - ids[kind]}
    for kind in RECORD_KINDS:
        pointed = {spec.link for spec in specs(KINDS[kind])} & gone
        if kind == "absence" and gone & {"staff", "surgeon"}:
            pointed.add("staff")
        if not pointed and kind not in kinds:
            continue
        old = {each.id: each for each in before.records(kind)}
        for record in after.records(kind):
            same = old.get(record.id)
            if same is not record or pointed:
                found = _found(after, kind, record, ids, meant)
                there = _found(before, kind, same, had, meant) if found and same else []
                yield from (fault for fault in found if fault not in there)


def broken_by(before: Study, after: Study, touched: Collection[str]) -> tuple[Fault, ...]:
    """Give what an edit would break in the first scenario in which it would break anything.

    Links to nothing are looked for in all scenarios, all of `REFUSED` in those that the edit touches.
    """
    there, known = {each.name for each in before.scenarios}, dict[int, Any]()
    for name in (each.name for each in after.scenarios if each.name in there):
        if same_facts(before, after, name):
            continue
        meant = REFUSED if name in touched else LINKS
        problem = before.problem(name)
        found = broken(problem, after.problem(name), meant, known)
        if told := tuple(lost(problem, fault) for fault in found):
            return told
    return ()


def lost(before: Problem, fault: Fault) -> Fault:
    """Give a link to what an edit takes away as a fault of its own: nothing is to be added there."""
    facts = dict(fault.facts)
    if fault.what == "unknown_link":
        kinds = [facts["link"], *(("surgeon",) if facts["link"] == "staff" else ())]
        if any(each.id == facts["value"] for kind in kinds for each in before.records(str(kind))):
            return replace(fault, what="lost_link")
    return fault


def _found(
    problem: Problem, kind: str, record: Any, ids: Ids, meant: frozenset[str]
) -> list[Fault]:
    return [fault for fault in record_faults(problem, kind, record, ids) if fault.what in meant]
