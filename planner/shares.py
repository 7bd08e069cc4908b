"""Fair shares: what each surgeon may expect of the sessions that she shares with others."""

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from planner.facts import Facts
from planner.hospital import Session, SpecialtyId


def shared(session: Session) -> bool:
    """Tell whether surgeons share a session: it is open, no surgeon's own, and for planned cases."""
    return not session.closed and not session.emergency and session.surgeon is None


@lru_cache(maxsize=12)
def fair_minutes(facts: Facts) -> Mapping[str, int]:
    """Give the fair minutes of each surgeon who shares sessions with others of her specialty.

    The minutes of a specialty's shared sessions are divided by the planned minutes of the cases that
    wait for each of its surgeons; a case that may go to several counts for each in equal parts. A
    session of several specialties, or of all, is divided between them in equal parts. Surgeons who
    are alone in their specialty are left out.
    """
    wanted: dict[str, float] = defaultdict(float)
    for case in facts.problem.cases:
        surgeons = [surgeon for surgeon in facts.surgeons_for(case) if surgeon is not None]
        for surgeon in surgeons:
            wanted[surgeon] += facts.minutes(case, None) / len(surgeons)
    teams: dict[SpecialtyId, list[str]] = defaultdict(list)
    for each in facts.problem.surgeons:
        teams[each.specialty].append(each.id)
    room = _room(facts, frozenset(facts.surgeons[id].specialty for id in wanted))
    fair: dict[str, int] = {}
    for specialty, team in teams.items():
        asked = sum(wanted[surgeon] for surgeon in team)
        if len(team) > 1 and asked > 0:
            for surgeon in team:
                fair[surgeon] = round(room[specialty] * wanted[surgeon] / asked)
    return fair


def _room(facts: Facts, asking: frozenset[SpecialtyId]) -> Mapping[SpecialtyId, float]:
    room: dict[SpecialtyId, float] = defaultdict(float)
    for session in filter(shared, facts.problem.sessions):
        owners = sorted(session.owners or asking)
        for owner in owners:
            room[owner] += facts.length(session) / len(owners)
    return room
