"""The sentences of a comparison: why a figure moved, what a side changes, what differs on a day."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planner import kpi_words
from planner.attribution import Share
from planner.cases import CaseId
from planner.change_set_words import group_words
from planner.changes import ChangeSet
from planner.compare import InputChange, KpiRow
from planner.comparison_words import (
    cause_sentence,
    input_sentences,
    share_sentence,
    subject_kind,
    subject_words,
)
from planner.facts import facts
from planner.held_words import held_sentences
from planner.hospital import SessionId
from planner.study import Study
from ui.window.boards.compare_scene import title
from ui.window.boards.compare_sides import Compared, Side
from ui.window.workbench import Workbench

COUNTED = ("moved", "left_out", "placed", "closed", "opened", "facts")
"""What is counted of a day."""
FEW = 4
"""Things counted that are few: one more of none is not the greatest of differences."""
SUBJECTS = 12
"""Whom a tool tip names of a cause."""


class Reason(NamedTuple):
    """A sentence with its share of a difference; `whom` names the largest parts, `ids` are all of a kind."""

    sentence: str
    amount: str
    sense: str
    whom: str = ""
    kind: str = ""
    ids: tuple[str, ...] = ()


class Changed(NamedTuple):
    """A group of changes with what it does; `own`: of the scenario itself, "" where of nobody's."""

    title: str
    sentences: tuple[str, ...]
    own: str


def rows_shown(compared: Compared, *, differences: bool) -> tuple[KpiRow, ...]:
    """Give the indicators of a comparison: those that differ, or all."""
    rows = compared.comparison.kpis
    return tuple(row for row in rows if row.differs) if differences else rows


def share(row: KpiRow, name: str) -> float:
    """Give how large a difference is beside the larger of both values, −1 to 1."""
    delta, now = row.delta.get(name), row.values.get(name)
    if delta is None or now is None:
        return 0.0
    most = max(abs(now), abs(now - delta))
    return max(-1.0, min(1.0, delta / most)) if most else 0.0


def most_different(compared: Compared, rows: Sequence[KpiRow]) -> int:
    """Give the place of the indicator with the largest difference that can be explained."""

    def weight(place: int) -> tuple[bool, bool, float]:
        row = rows[place]
        found = max((_weight(row, side.name) for side in compared.beside), default=0.0)
        parts = any(row.causes.get(side.name) for side in compared.beside)
        return row.kpi.better != "none" and found > 0, parts and not row.group, found

    return max(range(len(rows)), key=weight, default=-1)


def _weight(row: KpiRow, name: str) -> float:
    """Give how much a difference catches the eye: its share, less where few things are counted."""
    found, delta = abs(share(row, name)), abs(row.delta.get(name) or 0)
    measured = row.kpi.unit in ("minute", "per cent", "day", "index", "point", "money")
    return found if measured else found * delta / (delta + FEW)


def reasons(bench: Workbench, row: KpiRow, side: Side, compared: Compared) -> Iterator[Reason]:
    """Give why an indicator has another value on a side; the amounts add up to the difference."""
    lang = bench.lang
    problems = (side.outcome.problem, compared.reference.outcome.problem)
    for cause in row.causes.get(side.name, ()):
        sentence = cause_sentence(cause, lang, problems)
        parts = zip(cause.subjects[:SUBJECTS], cause.amounts[:SUBJECTS], strict=True)
        whom = "\n".join(
            bench.say(
                "compare_view.row",
                title=subject_words(cause, id, lang, problems),
                values=kpi_words.part(row, n, lang),
            )
            for id, n in parts
        )
        yield Reason(
            sentence[:1].upper() + sentence[1:],
            kpi_words.part(row, cause.amount, lang),
            kpi_words.sense(row.kpi, cause.amount),
            whom,
            subject_kind(cause.what),
            cause.subjects,
        )


def contributors(
    bench: Workbench, row: KpiRow, found: Sequence[Share], side: Side, compared: Compared
) -> Iterator[Reason]:
    """Give the assignments that contribute most to a figure that is no sum, each by itself."""
    problems = (side.outcome.problem, compared.reference.outcome.problem)
    for share in found:
        sentence = share_sentence(share, bench.lang, problems)
        yield Reason(
            sentence[:1].upper() + sentence[1:],
            kpi_words.part(row, share.amount, bench.lang),
            kpi_words.sense(row.kpi, share.amount),
            "",
            subject_kind(share.what),
            (share.subject,),
        )


def move(bench: Workbench, row: KpiRow, side: Side, compared: Compared) -> str:
    """Say from where to where a figure moves."""
    pair = (compared.reference, side)
    return " → ".join(kpi_words.row_value(row, s.name, bench.lang) for s in pair)


def row_sentence(bench: Workbench, row: KpiRow, compared: Compared) -> str:
    """Say an indicator over all sides, with the sense of each difference."""
    lang, say = bench.lang, bench.say
    parts = []
    for side in compared.sides:
        words = f"{side.letter} {kpi_words.row_value(row, side.name, lang)}"
        delta = row.delta.get(side.name)
        if side is not compared.reference:
            sense = kpi_words.sense(row.kpi, delta) if row.differs else ""
            told = [kpi_words.row_difference(row, side.name, lang)]
            told += [say(f"indicator.{sense}")] if sense else []
            words += f" ({', '.join(told)})"
        parts.append(words)
    return say("compare_view.row", title=kpi_words.row_title(row, lang), values=" · ".join(parts))


# --- what a side changes ------------------------------------------------------------------------


def groups_between(study: Study, reference: str, name: str) -> tuple[tuple[ChangeSet, str], ...]:
    """Give the groups of changes in force that a scenario has beyond another one, own ones first."""
    known = [(group.name, group.changes) for group in study.changes(reference) if group.enabled]
    found = []
    for scenario in reversed(study.line(name)):
        own = "own" if scenario.name == name else "inherited"
        found += [
            (group, own)
            for group in scenario.changes
            if group.enabled and (group.name, group.changes) not in known
        ]
    return tuple(found)


def _groups(study: Study, reference: Side, side: Side) -> tuple[tuple[ChangeSet, str], ...]:
    """Give the groups of changes of a side; what lies between two files is no group of either."""
    if reference.of.file != side.of.file:
        return ()
    return groups_between(side.home(study), reference.of.scenario, side.of.scenario)


def changed(bench: Workbench, study: Study, compared: Compared, side: Side) -> Iterator[Changed]:
    """Give what a side changes against the reference: its groups, then what is left."""
    lang = bench.lang
    left = [each for each in compared.comparison.inputs if each.scenario == side.name]
    for group, own in _groups(study, compared.reference, side):
        about = {(change.kind, change.id) for change in group.changes}
        here = [each for each in left if (each.kind, each.id) in about]
        left = [each for each in left if (each.kind, each.id) not in about]
        yield Changed(group_words(group.name, bench.lang), _told(here, lang), own)
    for sentence in (
        *_told(left, lang),
        *held_sentences(compared.comparison, side.name, side.outcome.problem, lang),
    ):
        yield Changed(sentence, (), "")


def _told(changes: Sequence[InputChange], lang: str) -> tuple[str, ...]:
    return tuple(input_sentences(changes, lang))


# --- what differs on a day ----------------------------------------------------------------------


def day_words(bench: Workbench, compared: Compared, day: int) -> list[str]:
    """Count what differs on a day between the reference and the others: what moved, came, went."""
    counts = dict.fromkeys(COUNTED, 0)
    for side in compared.beside:
        for what, n in _counts(compared, side, day).items():
            counts[what] += n
    return [bench.say(f"compare_view.day.{what}", n=n) for what, n in counts.items() if n]


def _counts(compared: Compared, side: Side, day: int) -> dict[str, int]:
    found = dict.fromkeys(COUNTED, 0)
    was, now = compared.reference.outcome, side.outcome
    for change in compared.comparison.placements:
        if change.scenario != side.name:
            continue
        before = None if change.before is None else was.theatre.where(change.before.case)
        after = None if change.after is None else now.theatre.where(change.after.case)
        if day not in {each.session.day for each in (before, after) if each is not None}:
            continue
        found["placed" if before is None else "left_out" if after is None else "moved"] += 1
    before_, after_ = (
        {s.id: s for s in outcome.problem.sessions if s.day == day and not s.closed}
        for outcome in (was, now)
    )
    found["closed"] = len(before_.keys() - after_.keys())
    found["opened"] = len(after_.keys() - before_.keys())
    both = before_.keys() & after_.keys()
    found["facts"] = sum(before_[id] != after_[id] for id in both)
    return found


def up_to_date(bench: Workbench, compared: Compared) -> str:
    """Say whether the plans that are compared follow their facts."""
    stale = [f"{side.letter} {title(bench, side)}" for side in compared.sides if side.state.stale]
    if not stale:
        return bench.say("compare_view.current", n=len(compared.sides))
    return bench.say("compare_view.stale", n=len(stale), sides=", ".join(stale))


def day_of(compared: Compared, kind: str, id: str) -> int | None:
    """Give the day of a case or session on the first side on show that has it there."""
    for side in compared.shown:
        outcome = side.outcome
        if kind == "case" and (placed := outcome.theatre.where(CaseId(id))) is not None:
            return placed.session.day
        if kind == "session" and (session := facts(outcome.problem).sessions.get(SessionId(id))):
            return session.day
    return None
