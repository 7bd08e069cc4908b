"""What came of a merge: conflicts with both sides and what rules say of each, or one document."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.ancestry import Ancestor
from planner.merging.conflicts import Conflict, Place
from planner.merging.judging import CHOOSABLE, Clash, Consequence
from planner.merging.study import Merged
from planner.merging.taken import Taken
from planner.merging.taken_words import shortened, taken_plain, taken_sentences
from planner.merging.words import (
    clash_plain,
    clash_words,
    conflict_plain,
    consequence_plain,
    consequence_words,
    key_of,
    move_plain,
    move_words,
    place_words,
    value_words,
)
from planner.past import Touched
from planner.plan_changes import DutyChange, PlacementChange
from planner.problem import Problem
from planner.study import BASE, Study
from ui.cli.show import document, telling
from ui.cli.speech import lang, say

Document = dict[str, Any]
Move = PlacementChange | DutyChange


@dataclass(frozen=True, kw_only=True)
class Report:
    """A merge with what is left of its conflicts, what plans break only together, and what was solved.

    `mended` is what plans broke together before a run, `moves` are the assignments that it has moved.
    `sealed`: the file whose passphrase opens what is written. `taken` is what comes from ours alone and
    from theirs alone, `paths` are those of the two. `past` was done on days that are over, and is
    otherwise now.
    """

    merged: Merged
    ancestor: Ancestor
    out: Path
    left: tuple[Conflict, ...]
    clashes: tuple[Clash, ...]
    consequences: Mapping[Place, tuple[Consequence, ...]] = field(default_factory=dict)
    solved: tuple[Conflict, ...] = ()
    runs: tuple[str, ...] = ()
    mended: tuple[Clash, ...] = ()
    moves: tuple[Move, ...] = ()
    sealed: Path | None = None
    taken: tuple[Sequence[Taken], Sequence[Taken]] = ((), ())
    paths: tuple[str, ...] = ("", "")
    past: Touched | None = None

    @property
    def choosable(self) -> tuple[Conflict, ...]:
        """The conflicts that are left and can be settled by a side."""
        return tuple(each for each in self.left if each.what in CHOOSABLE)

    def scenario(self, conflict: Conflict) -> str:
        """Give the name of the scenario of a conflict in the merged study."""
        return self.merged.scenario_of(conflict.place)


def tell(study: Study, report: Report, *, as_json: bool) -> None:
    """Tell what came of a merge."""
    with telling():
        if as_json:
            document(_document(study, report))
        else:
            print("\n".join(_lines(study, report)))


def _document(study: Study, report: Report) -> Document:
    ancestor = report.ancestor
    conflicts = []
    for conflict in report.merged.conflicts:
        name = report.scenario(conflict)
        problem = study.problem(name)
        found = report.consequences.get(conflict.place, ())
        sides = {each.side: consequence_plain(problem, each, lang()) for each in found}
        told = conflict_plain(conflict, name) | {"consequences": sides}
        if conflict in report.solved:
            told["chosen"] = "solved"
        conflicts.append(told)
    return {
        "file": str(report.out),
        "protected": report.sealed is not None,
        "ancestor": {"how": ancestor.how, "lines": ancestor.lines, "guessed": [*ancestor.guessed]},
        "left": len(report.left),
        "judged": len(report.consequences),
        "conflicts": conflicts,
        "clashes": [
            clash_plain(study.problem(each.scenario), each, lang()) for each in report.clashes
        ],
        "taken": {
            side: taken_plain(rows, report.merged.study, lang())
            for side, rows in zip(("ours", "theirs"), report.taken, strict=True)
        },
        "past": [] if report.past is None else [*report.past.codes],
        "doubled": [list(each) for each in report.merged.doubled],
        "apart": [list(each) for each in report.merged.apart],
        "resolved": list(report.runs),
        "mended": [
            clash_plain(study.problem(each.scenario), each, lang()) for each in report.mended
        ],
        "moved": [move_plain(study.problem(each.scenario), each) for each in report.moves],
    }


def _lines(study: Study, report: Report) -> Iterator[str]:
    yield say(f"merge.from.{report.ancestor.how}", n=report.ancestor.lines)
    if report.ancestor.guessed:
        yield say("merge.guessed", names=[*map(_called, report.ancestor.guessed)])
    for name, fresh in report.merged.doubled:
        yield say("merge.doubled", name=name, fresh=fresh)
    for scenario, name, fresh in report.merged.apart:
        yield say("merge.apart", scenario=scenario, name=name, fresh=fresh)
    for path, rows in zip(report.paths, report.taken, strict=True):
        yield from _taken(report, path, rows)
    for conflict in report.merged.conflicts:
        if conflict in report.left:
            yield from _conflict(study, report, conflict)
    if len(report.consequences) < len(report.choosable):
        yield say("merge.judged", n=len(report.consequences), of=len(report.choosable))
    settled = len(report.merged.conflicts) - len(report.left) - len(report.solved)
    if settled:
        yield say("merge.settled", n=settled)
    yield from _solved(study, report)
    for clash in report.clashes:
        yield clash_words(study.problem(clash.scenario), clash, lang())
    if report.past is not None:
        yield say("merge.past", **report.past.facts(study.base.horizon, lang()))
    if report.left:
        yield say("merge.left", n=len(report.left))
    elif not report.clashes:
        yield say("merge.none")
    yield say("cli.written", path=str(report.out))
    if report.sealed is not None:
        yield say("seal.kept", path=str(report.out), file=str(report.sealed))


def _taken(report: Report, path: str, rows: Sequence[Taken]) -> Iterator[str]:
    """Say what comes from one side alone; of a long plan the first assignments, and how many more."""
    told, left = shortened(rows)
    if not rows:
        return
    yield say("merge.taken.side", n=len(rows), file=path)
    sentences = taken_sentences(told, report.merged.study, lang(), {BASE: say("cli.base")})
    yield from (f"  {each}" for each in sentences)
    if left:
        yield f"  {say('merge.taken.rest', n=left)}"


def _solved(study: Study, report: Report) -> Iterator[str]:
    """Say what was solved anew: conflicts, what was broken together, and where each case is now."""
    if report.solved:
        yield say("merge.solved", n=len(report.solved))
    if report.mended:
        yield say("merge.mended", n=len(report.mended))
        for clash in report.mended:
            yield f"  {clash_words(study.problem(clash.scenario), clash, lang())}"
    if report.moves:
        yield say("merge.moved", n=len(report.moves))
        for move in report.moves:
            yield f"  {move_words(study.problem(move.scenario), move, lang())}"


def _called(name: str) -> str:
    return say("cli.base") if name == BASE else name


def _conflict(study: Study, report: Report, conflict: Conflict) -> Iterator[str]:
    name = report.scenario(conflict)
    problem = study.problem(name)
    where = place_words(problem, conflict.place, lang())
    title = say("merge.conflict", scenario=_called(name), where=where)
    yield f"{title} {say(f'merge.what.{conflict.what}')}"
    if conflict.what in ("named", "broken"):
        return
    sides = ("base", "ours", "theirs") if conflict.base is not None else ("ours", "theirs")
    found = {each.side: each for each in report.consequences.get(conflict.place, ())}
    kept = next((side for side in sides if getattr(conflict, side) == conflict.kept), "")
    for side in sides:
        value = value_words(problem, conflict, getattr(conflict, side), lang())
        message = "merge.side.kept" if side == kept else "merge.side"
        line = say(message, side=say(f"merge.{side}"), value=value)
        yield f"  {line}"
        if side in found:
            yield from _consequences(problem, found[side])
    if conflict.what in CHOOSABLE:
        yield f"  {say('merge.take', key=shlex.quote(key_of(conflict.place)))}"


def _consequences(problem: Problem, found: Consequence) -> Iterator[str]:
    for line in consequence_words(problem, found, lang()):
        yield f"    {line.words}"
