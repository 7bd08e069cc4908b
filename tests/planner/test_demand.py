"""What open sessions ask of the staff, and how cover follows when sessions change."""

from dataclasses import replace
from datetime import date

from planner.clock import Horizon
from planner.demand import cover_id, deltas, demand, posts
from planner.hospital import Session, SessionId, SpecialtyId, Theatre, TheatreId
from planner.people import ShiftId
from planner.problem import Problem
from planner.rostering import CoverRequirement

HORIZON = Horizon(start=date(2026, 10, 5), days=7)


def _theatre(id: str, *features: str, suite: str = "") -> Theatre:
    return Theatre(id=TheatreId(id), suite=suite, features=frozenset(features))


def _session(id: str, theatre: str, owner: str, day: int = 0, *, closed: bool = False) -> Session:
    owners = frozenset({SpecialtyId(owner)})
    return Session(
        id=SessionId(id),
        theatre=TheatreId(theatre),
        day=day,
        start=480,
        end=990,
        owners=owners,
        closed=closed,
    )


def _cover(post: str, least: int, day: int = 0) -> CoverRequirement:
    shifts = frozenset({ShiftId("J9")})
    id = cover_id(post, HORIZON, day)
    return CoverRequirement(id=id, day=day, shifts=shifts, skill="bloc", least=least, best=least)


def test_the_people_of_a_day_by_number_of_rooms() -> None:
    rooms = [_theatre(f"S{n}", *(("third-nurse",) if n == 1 else ())) for n in range(1, 7)]
    assert posts([]) == {}
    assert posts(rooms[:1]) == {"BLOC": 3, "IBODE": 1, "VOL": 1, "IADE": 1, "AS": 1, "MAR": 1}
    assert posts(rooms[1:4]) == {"BLOC": 6, "IBODE": 3, "VOL": 1, "IADE": 3, "AS": 2, "MAR": 2}
    assert posts(rooms[:4]) == {"BLOC": 10, "IBODE": 4, "VOL": 1, "IADE": 4, "AS": 2, "MAR": 2}
    assert posts(rooms) == {"BLOC": 14, "IBODE": 6, "VOL": 2, "IADE": 6, "AS": 3, "MAR": 3}


def test_a_room_with_two_sessions_is_staffed_once_and_each_owner_wants_its_nurse() -> None:
    sessions = [
        _session("a", "S1", "ORTHO"),
        _session("b", "S1", "OPH"),
        _session("c", "S2", "OPH"),
    ]
    found = demand([_theatre("S1"), _theatre("S2")], sessions)
    assert found["BLOC", 0] == 4
    assert found["SPE-OPH", 0] == 2
    assert found["SPE-ORTHO", 0] == 1


def test_a_closed_session_asks_for_nobody() -> None:
    assert demand([_theatre("S1")], [_session("a", "S1", "ORTHO", closed=True)]) == {}


def test_a_theatre_with_an_emergency_team_of_its_own_asks_for_no_other_for_emergencies() -> None:
    """A planned session there is staffed, and so is one for emergencies in any other theatre."""
    rooms = [_theatre("S8", "emergency"), _theatre("S1")]
    kept = replace(_session("a", "S8", "ORTHO"), emergency=True)
    assert demand(rooms, [kept]) == {}
    assert demand(rooms, [replace(kept, emergency=False)])["BLOC", 0] == 2
    assert demand(rooms, [replace(kept, theatre=TheatreId("S1"))])["BLOC", 0] == 2


def test_suites_are_counted_apart_on_request() -> None:
    rooms = [_theatre("C1", suite="Central"), _theatre("A1", suite="Day")]
    sessions = [_session("a", "C1", "ORTHO"), _session("b", "A1", "ORTHO")]
    found = demand(rooms, sessions, by_suite=True)
    assert found["BLOC-Central", 0] == found["BLOC-Day", 0] == 2
    assert found["SPE-ORTHO", 0] == 2


def test_cover_follows_by_the_difference_so_that_a_fixed_part_stays() -> None:
    sessions = (_session("a", "S1", "ORTHO"), _session("b", "S2", "OPH"))
    cover = (_cover("BLOC", 6), _cover("AS", 3))
    problem = Problem(
        horizon=HORIZON, as_of=HORIZON.start, theatres=(_theatre("S1"), _theatre("S2")), sessions=sessions,
        cover=cover,
    )  # fmt: skip
    after = (sessions[0], replace(sessions[1], closed=True))
    assert [(d.cover.id, d.people, d.new) for d in deltas(problem, after)] == [
        ("BLOC-2026-10-05", -2, False)
    ]
    assert deltas(problem, sessions) == ()


def test_another_owner_moves_the_nurse_who_knows_the_specialty_and_adds_what_was_not_asked() -> (
    None
):
    sessions = (_session("a", "S1", "ORTHO"), _session("b", "S1", "OPH", day=1))
    cover = (_cover("SPE-ORTHO", 1), _cover("SPE-OPH", 1, day=1), _cover("BLOC", 2))
    problem = Problem(
        horizon=HORIZON,
        as_of=HORIZON.start,
        theatres=(_theatre("S1"),),
        sessions=sessions,
        cover=cover,
    )
    after = (sessions[0], replace(sessions[1], owners=frozenset({SpecialtyId("ORTHO")})))
    found = deltas(problem, after)
    assert [(d.cover.id, d.people, d.new) for d in found] == [
        ("SPE-OPH-2026-10-06", -1, False),
        ("SPE-ORTHO-2026-10-06", 1, True),
    ]
    assert (found[1].cover.least, found[1].cover.day) == (0, 1)


def test_a_hospital_without_such_cover_is_left_alone() -> None:
    sessions = (_session("a", "S1", "ORTHO"),)
    other = replace(_cover("BLOC", 2), id="something else")
    problem = Problem(
        horizon=HORIZON,
        as_of=HORIZON.start,
        theatres=(_theatre("S1"),),
        sessions=sessions,
        cover=(other,),
    )
    assert deltas(problem, ()) == ()
