"""Sessions that are otherwise in the other plan: other owners, other hours, another theatre, not there."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planner.boards.theatre import open_on
from planner.hospital import Session, Theatre
from planner.words import clock
from ui.window.boards.compare_sides import Side
from ui.window.boards.theatre_words import owner
from ui.window.workbench import Workbench


class Lost(NamedTuple):
    """A session that only the other plan has in a theatre on the day."""

    row: int
    start: int
    end: int
    words: str


class Beside(NamedTuple):
    """What the other plan has: words by session where it differs, and the sessions not here."""

    words: Mapping[str, str]
    lost: tuple[Lost, ...]


def beside(
    bench: Workbench, side: Side, across: Side | None, day: int, theatres: tuple[Theatre, ...]
) -> Beside:
    """Look how the other plan has the sessions of a day."""
    if across is None:
        return Beside({}, ())
    here = {s.id: s for s in side.outcome.problem.sessions if s.day == day}
    there = {s.id: s for s in across.outcome.problem.sessions}
    words = {}
    for id, session in here.items():
        other = list(_otherwise(bench, session, there.get(id)))
        if other:
            words[str(id)] = bench.say(
                "compare_view.session", letter=across.letter, what=" · ".join(other)
            )
    rows = {theatre.id: row for row, theatre in enumerate(theatres)}
    stands = {(s.id, s.day, s.theatre) for s in side.outcome.problem.sessions}
    lost = []
    for session in there.values():
        gone = (session.id, session.day, session.theatre) not in stands
        if gone and session.theatre in rows and not session.closed:
            what = f"{owner(bench, session)} · {session.id}"
            told = bench.say("compare_view.session", letter=across.letter, what=what)
            hours = open_on(session, day)
            if hours is not None:
                lost.append(Lost(rows[session.theatre], *hours, told))
    return Beside(words, tuple(lost))


def _otherwise(bench: Workbench, here: Session, there: Session | None) -> Iterator[str]:
    """Say in which ways a session is otherwise."""
    if there is None:
        yield bench.say("compare_view.no_session")
        return
    if there.day != here.day:
        yield bench.say("compare_view.other_day")
    if there.theatre != here.theatre:
        yield str(there.theatre)
    if there.closed and not here.closed:
        yield bench.say("compare_view.closed")
    if there.owners != here.owners:
        yield owner(bench, there)
    if (there.start, there.end) != (here.start, here.end):
        yield f"{clock(there.start)}–{clock(there.end)}"
