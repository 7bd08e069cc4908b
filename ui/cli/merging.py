"""Two study files merged: the beginning found, the conflicts settled or told, the result written."""

import contextlib
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.ancestry import Ancestor, ancestor_of, take_lines
from data.journal import Entry
from data.study_file import is_study
from planner.merging.conflicts import Side
from planner.merging.judging import Clash, Judge
from planner.merging.study import Merged, OtherPeriodError, merge
from planner.merging.words import conflict_plain
from planner.study import Study
from ui.cli.door import BROKEN, DONE
from ui.cli.merging_text import Report, tell
from ui.cli.resolving import resolve
from ui.cli.sentences import Told
from ui.cli.targets import Loaded, Target, load, unrecognised

_JUDGED: Final = 40
_WORK: Final = 10_000
"""Conflicts of which the consequences are worked out, and records that are judged for it at most.

Each costs two audits of a plan: in a large hospital those of the first few are told.
"""


def merged(
    paths: tuple[Path, Path],
    ancestor: Path | None,
    out: Path,
    prefer: str | None,
    settings: Mapping[str, Any],
) -> int:
    """Merge two files into a third, and tell what came of it; give the exit code.

    Raises:
        Told: a file is no study, nothing is known of what they began as, or the periods differ.
        Held: somebody else holds the file to be written.
        Refused: a file cannot be read, or the result not be written.
    """
    with contextlib.ExitStack() as stack:
        ours, theirs = (_opened(path, stack) for path in paths)
        given = None if ancestor is None else _opened(ancestor, stack).study
        found = ancestor_of(ours.opened, theirs.opened, given)
        if found is None:
            raise Told("cli.merge.strangers", ours=str(paths[0]), theirs=str(paths[1]))
        names = (found.ours, found.theirs)
        three = (found.study, ours.study, theirs.study)
        try:
            made = merge(*three, prefer=_side(prefer), unknown=found.unknown, names=names)
        except OtherPeriodError as error:
            raise Told("cli.merge.other_period") from error
        judge = Judge(three, made, found.unknown, names)
        report = _judged(made, found, judge, out)
        _take(ours, theirs, made, report)
        if settings["resolve"]:
            report = resolve(ours, report, settings)
        ours.opened.save(out)
        tell(ours.study, report, as_json=settings["as_json"])
    return BROKEN if report.left or report.clashes else DONE


def _side(prefer: str | None) -> Side | None:
    return "ours" if prefer == "ours" else "theirs" if prefer == "theirs" else None


def _opened(path: Path, stack: contextlib.ExitStack) -> Loaded:
    if not is_study(path):
        if not path.is_file() or not path.stat().st_size:
            raise unrecognised(path)
        raise Told("cli.merge.no_study", path=str(path))
    loaded = load(Target(path), told=True)
    stack.enter_context(loaded.opened)
    return loaded


def _judged(made: Merged, ancestor: Ancestor, judge: Judge, out: Path) -> Report:
    left = made.left
    facts = made.study.base
    size = len(facts.cases) + len(facts.staff) + len(facts.cover) + 1
    most = max(min(_JUDGED, _WORK // size), 2)
    consequences = {each: judge.consequences(each) for each in left[:most]}
    clashes: tuple[Clash, ...] = tuple(judge.clashes())
    return Report(
        merged=made,
        ancestor=ancestor,
        out=out,
        left=left,
        clashes=clashes,
        consequences={each.place: found for each, found in consequences.items()},
    )


def _take(ours: Loaded, theirs: Loaded, made: Merged, report: Report) -> None:
    """Take the merged study in, with the lines of the other journal and one of the merge."""
    take_lines(ours.opened, theirs.opened, report.ancestor.lines)
    conflicts = [conflict_plain(each, made.scenario_of(each.place)) for each in made.conflicts]
    parameters = {
        "file": theirs.target.path.name,
        "n": len(report.left),
        "ancestor": report.ancestor.how,
        "conflicts": conflicts,
    }
    study: Study = dataclasses.replace(made.study)
    entry = Entry(
        action="journal.merged",
        scenarios=tuple(each.name for each in study.scenarios),
        parameters=parameters,
        status="conflicts" if report.left or report.clashes else "done",
    )
    ours.opened.record(study, entry)
