"""What two study files began as: found by their journals, which tell where they parted.

A journal only grows, and a merge takes the lines of the other file in: the longest beginning of one
journal of which the other has every line is what both had last. The state at that moment is one of the
files itself, the backup beside one, or made again from what the lines since keep. Where they keep too
little, a scenario that one side has not touched is there as it was, and changes of the base are undone.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from data import deltas, journal
from data.database import connect, kept
from data.journal import Entry, RunEntry, recorded
from data.parting import is_part, last_known, left_from, lines_since, mark, shared_past
from data.protecting import Seal
from data.refused import Refused
from data.reopening import state_after
from data.study_file import Opened, is_study, open_study
from planner.fingerprint import fingerprint
from planner.merging.alike import (
    common,
    common_facts,
    common_scenario,
    unknown_facts,
    unknown_settings,
)
from planner.merging.conflicts import Place
from planner.merging.naming import named_back
from planner.problem import Problem
from planner.staleness import without
from planner.study import BASE, Scenario, Study

GIVEN, SAME, BACKUP, JOURNAL, PARTLY = "given", "same", "backup", "journal", "partly"
_BACK: Final = "journal.undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """What two studies began as. `lines` of their journals are shared; `how` it was found.

    `guessed` names the scenarios of which only what both have alike is known, `unknown` single places.
    `ours` and `theirs` are the names that scenarios have got since, by their names before.
    """

    study: Study
    how: str
    lines: int = 0
    guessed: tuple[str, ...] = ()
    unknown: frozenset[Place] = frozenset()
    ours: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


class Copy(NamedTuple):
    """A study as one of two has it, with the lines and runs of its journal, where it lies, and its seal.

    `whole` are the bytes of its database: an earlier state is made again from them.
    """

    study: Study
    lines: tuple[Entry, ...]
    runs: tuple[RunEntry, ...] = ()
    path: Path | None = None
    seal: Seal | None = None
    whole: bytes = b""

    @classmethod
    def of(cls, opened: Opened) -> "Copy":
        """Give that of an open study."""
        lines, runs = opened.history(), opened.past_runs()
        whole = opened.connection.serialize()
        return cls(opened.study, lines, runs, opened.path, opened.seal, whole)


@dataclass(slots=True)
class _Since:
    """What the lines after the parting tell, by the names that scenarios had then."""

    touched: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)


class _Met(NamedTuple):
    """What two journals have in common: the first lines, so many, of those that have them as they are.

    `marks` names those lines, `sides` the copies whose journal begins with them; the other one has them
    somewhere, as a merge has taken them in.
    """

    begun: int
    marks: frozenset[str]
    sides: tuple[Copy, ...]


def _met(ours: Copy, theirs: Copy) -> _Met:
    marks = [[mark(entry) for entry in each.lines] for each in (ours, theirs)]
    counts = [_begun(marks[0], marks[1]), _begun(marks[1], marks[0])]
    count = max(counts)
    past = marks[counts.index(count)][:count]
    pairs = zip((ours, theirs), marks, strict=True)
    return _Met(count, frozenset(past), tuple(each for each, m in pairs if m[:count] == past))


def _begun(lines: Sequence[str], others: Sequence[str]) -> int:
    """Count the lines at the beginning of a journal that another one has as well."""
    known = set(others)
    return next((n for n, line in enumerate(lines) if line not in known), len(lines))


def ancestor_of(ours: Copy, theirs: Copy, given: Study | None = None) -> Ancestor | None:
    """Find what two studies began as; None where their journals have no line in common."""
    count, past, begun = met = _met(ours, theirs)
    left, right = (
        _since([entry for entry in each.lines if mark(entry) not in past])
        for each in (ours, theirs)
    )
    found = partial(Ancestor, lines=count, ours=left.names, theirs=right.names)
    if given is not None:
        return found(study=given, how=GIVEN)
    if not count:
        return _as_shared(ours, theirs)
    for each in begun:
        if len(each.lines) == count:
            return found(study=each.study, how=SAME)
    for way, how in ((_backup, BACKUP), (_reopened, JOURNAL)):
        before = next((made for each in begun if (made := way(each, count)) is not None), None)
        if before is not None:
            return found(study=before, how=how)
    return _rebuilt((ours, theirs), (left, right), met)


def _as_shared(ours: Copy, theirs: Copy) -> Ancestor | None:
    """Give what both were when one was shared with names from the other, or both from one study.

    Scenarios that were not shared with one of them are no part of what both began as.
    """
    pairs = ((ours, theirs), (theirs, ours))
    whole = next((made for pair in pairs if (made := _when_shared(*pair)) is not None), None)
    if whole is None:
        return None
    for each in (ours, theirs):
        if is_part(each.lines):
            there = _reopened(each, 1)
            if there is None:
                return None
            known = {scenario.name for scenario in there.scenarios}
            kept = tuple(scenario for scenario in whole.scenarios if scenario.name in known)
            whole = replace(whole, scenarios=kept)
    past = {*shared_past(ours.lines), *shared_past(theirs.lines)}
    left, right = (_since(lines_since(each.lines, past)) for each in (ours, theirs))
    return Ancestor(study=whole, how=JOURNAL, ours=left.names, theirs=right.names)


def _when_shared(copy: Copy, study: Copy) -> Study | None:
    """Give what a copy was when it was shared from a study, else the study at the last line it knew."""
    if left_from(copy.lines, study.lines):
        made = _reopened(copy, 1)
        if made is not None:
            return made
    last = last_known(study.lines, shared_past(copy.lines))
    return _reopened(study, last) if last else None


def take_lines(into: Opened, since: Copy) -> None:
    """Add the lines and runs of another journal that are not there yet: nobody's work goes unnamed."""
    known = {run.id for run in into.past_runs()}
    there = {mark(entry) for entry in into.history()}
    with kept(into.connection, into.folder):
        for run in since.runs:
            if run.id not in known:
                journal.append_run(into.connection, run)
        for entry in since.lines:
            if mark(entry) not in there:
                deltas.keep_taken(into.connection, journal.append(into.connection, entry))


def _backup(copy: Copy, count: int) -> Study | None:
    """Give the state of the backup beside a file, where its journal ends as the two parted."""
    beside = None if copy.path is None else copy.path.with_name(f"{copy.path.name}.bak")
    if beside is None or not is_study(beside):
        return None
    try:
        with open_study(beside, passphrase=copy.seal) as opened:
            return opened.study if opened.history() == copy.lines[:count] else None
    except Refused:
        return None


def _reopened(copy: Copy, count: int) -> Study | None:
    """Make the state after the shared lines again by what the file keeps of each line since.

    Lines that came with another file have changed nothing here: the state is that before them.
    """
    if not copy.whole:
        return None
    last = copy.lines[count - 1].number
    with closing(connect()) as connection:
        connection.deserialize(copy.whole)
        try:
            there = (line for line in deltas.reachable(connection) if line <= last)
            return state_after(connection, max(there, default=last))
        except Refused:
            return None


def _since(lines: Sequence[Entry]) -> _Since:
    found, before = _Since(), dict[str, str]()
    for entry in lines:
        facts = entry.parameters
        what, back = facts.get("what", entry.action), entry.action == _BACK
        if what == "edit_rename":
            old, new = str(facts.get("scenario", "")), str(facts.get("name", ""))
            old, new = (new, old) if back else (old, new)
            before[new] = before.pop(old, old)
        for name in entry.scenarios:
            found.touched.add(before.get(name, name))
        if what == "edit_delete" and not back:
            found.deleted.add(before.get(str(facts.get("name")), str(facts.get("name"))))
    found.names = {old: new for new, old in before.items() if old != new}
    return found


# --- the state made again -------------------------------------------------------------------------


def _rebuilt(sides: tuple[Copy, Copy], since: tuple[_Since, _Since], met: _Met) -> Ancestor:
    """Make the state at the parting again, as far as the journals tell."""
    histories = tuple(each.lines if each in met.sides else () for each in sides)
    ours, theirs = (
        named_back(side.study, each.names) for side, each in zip(sides, since, strict=True)
    )
    facts = _facts((ours.base, theirs.base), histories, since, met.begun)
    unknown = frozenset[Place]()
    guessed = []
    if facts is None:
        facts = common_facts(ours.base, theirs.base)
        unknown |= unknown_facts(ours.base, theirs.base)
        guessed.append(BASE)
    scenarios: dict[str, Scenario] = {}
    known = tuple({each.name: each for each in study.scenarios} for study in (ours, theirs))
    for name in dict.fromkeys((*known[0], *known[1])):
        one, other = known[0].get(name), known[1].get(name)
        if one is None or other is None:
            gone = _gone(name, one or other, since, ours_has=one is not None)
            if gone is not None:
                scenarios[name] = gone
        elif name not in since[0].touched:
            scenarios[name] = one
        elif name not in since[1].touched or one == other:
            scenarios[name] = other
        else:
            scenarios[name] = common_scenario(ours, theirs, name)
            unknown |= unknown_settings(one, other)
            guessed.append(name)
    study = replace(common(ours, theirs), base=facts, scenarios=tuple(scenarios.values()))
    return Ancestor(
        study=study,
        how=PARTLY if guessed else JOURNAL,
        lines=met.begun,
        guessed=tuple(dict.fromkeys(guessed)),
        unknown=unknown,
        ours=since[0].names,
        theirs=since[1].names,
    )


def _gone(
    name: str, there: Scenario | None, since: tuple[_Since, _Since], *, ours_has: bool
) -> Scenario | None:
    """Give a scenario that one side has deleted as it was; None where it has come since."""
    keeper, other = since if ours_has else since[::-1]
    if there is None or name not in other.deleted:
        return None
    return there if name not in keeper.touched else Scenario(name=name, parent=there.parent)


def _facts(
    bases: tuple[Problem, Problem],
    histories: Sequence[Sequence[Entry]],
    since: tuple[_Since, _Since],
    count: int,
) -> Problem | None:
    """Give the base facts as they were; None where that is not known for sure.

    Of a side that does not begin with the shared lines there is no history to undo.
    """
    for base, each in zip(bases, since, strict=True):
        if BASE not in each.touched:
            return base
    if bases[0] == bases[1]:
        return bases[0]
    pairs = zip(bases, histories, strict=True)
    made = [_undone(base, lines, count) if lines else None for base, lines in pairs]
    past = next(lines for lines in histories if lines)[:count]
    prints = (entry.fingerprints.get(BASE) for entry in reversed(past))
    wanted = next((each for each in prints if each), None)
    for problem in made:
        if problem is not None and fingerprint(problem) == wanted:
            return problem
    return made[0] if made[0] == made[1] else None


def _undone(base: Problem, lines: Sequence[Entry], count: int) -> Problem | None:
    """Take what was recorded into a base since the parting out of it again."""
    before, groups = recorded(lines[:count]), recorded(lines)
    if groups[: len(before)] != before:
        return None
    found: Problem | None = base
    for group in reversed(groups[len(before) :]):
        found = without(found, group)
    return found
