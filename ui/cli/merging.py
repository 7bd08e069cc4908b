"""Two study files merged: the beginning found, the conflicts settled or told, the result written."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.ancestry import Copy
from data.merging import Pair, judged, paired, record_merge
from data.study_file import is_study
from planner.merging.conflicts import SIDES, Place, Side
from planner.merging.judging import CHOOSABLE
from planner.merging.study import Merged, OtherPeriodError
from planner.merging.words import key_of
from ui.cli.door import BROKEN, DONE
from ui.cli.merging_text import Report, tell
from ui.cli.resolving import resolve
from ui.cli.sentences import Told
from ui.cli.targets import Loaded, Target, load, unrecognised


def merged(
    paths: tuple[Path, Path],
    ancestor: Path | None,
    out: Path,
    prefer: str | None,
    takes: Sequence[str],
    settings: Mapping[str, Any],
) -> int:
    """Merge two files into a third, and tell what came of it; give the exit code.

    Raises:
        Told: a file is no study, nothing is known of what they began as, the periods differ, or a
            choice names no conflict.
        Held: somebody else holds the file to be written.
        Refused: a file cannot be read, or the result not be written.
    """
    with contextlib.ExitStack() as stack:
        ours, theirs = (_opened(path, stack) for path in paths)
        first = None if ancestor is None else _opened(ancestor, stack)
        given = None if first is None else first.study
        pair = paired(Copy.of(ours.opened), Copy.of(theirs.opened), given)
        if pair is None:
            raise Told("cli.merge.strangers", ours=str(paths[0]), theirs=str(paths[1]))
        try:
            made = pair.merged(prefer=_side(prefer))
        except OtherPeriodError as error:
            raise Told("cli.merge.other_period") from error
        choices = dict(_choice(made, take) for take in takes)
        if choices:
            made = pair.merged(prefer=_side(prefer), choices=choices)
        sealed = next((each for each in (ours, theirs, first) if each and each.opened.seal), None)
        report = _judged(made, pair, choices, out, sealed)
        record_merge(ours.opened, pair, made, report.clashes)
        if sealed is not None:  # the beginning alone may have a passphrase: its rows are told too
            ours.opened.seal = sealed.opened.seal
        if settings["resolve"]:
            report = resolve(ours, report, settings)
        ours.opened.save(out)
        tell(ours.study, report, as_json=settings["as_json"])
    return BROKEN if report.left or report.clashes or report.past else DONE


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


def _choice(made: Merged, take: str) -> tuple[Place, Side]:
    """Read a choice for one conflict: KEY=SIDE.

    Raises:
        Told: there is no such conflict, or it is not to be settled by a side.
    """
    key, _, side = take.rpartition("=")
    if side not in SIDES:
        raise Told("cli.merge.take_unread", words=take)
    found = [each for each in made.conflicts if key_of(each.place) == key]
    if not found:
        raise Told("cli.merge.no_conflict", key=key)
    if not any(each.what in CHOOSABLE for each in found):
        raise Told("cli.merge.not_choosable", key=key)
    return found[0].place, side


def _judged(
    made: Merged, pair: Pair, choices: Mapping[Place, Side], out: Path, sealed: Loaded | None
) -> Report:
    judge = pair.judge(made)
    consequences = {each.place: judge.consequences(each, choices) for each in judged(made)}
    return Report(
        merged=made,
        ancestor=pair.ancestor,
        out=out,
        left=made.left,
        clashes=tuple(judge.clashes()),
        consequences=consequences,
        sealed=None if sealed is None else sealed.target.path,
        taken=pair.taken(made),
        past=pair.past(made),
        paths=tuple(str(each.path) for each in (pair.ours, pair.theirs)),
    )
