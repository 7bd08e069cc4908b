"""How full the recovery rooms (PACU) get."""

from planner.kpis.contract import Figure, Groups, Outcome, kpi


@kpi("recovery_peak", unit="patient", better="less", part="theatre")
def recovery_peak(outcome: Outcome) -> Groups:
    """Give the most patients that are planned in a recovery room at the same time.

    A patient stays from the end of the case for the procedure's recovery minutes. Cases without a
    start are not counted; None where no patient of the room has one.
    """
    facts, horizon = outcome.theatre.facts, outcome.problem.horizon
    stays: dict[str, list[tuple[int, int]]] = {r.id: [] for r in outcome.problem.recoveries}
    for placed in outcome.theatre.all_placed():
        room, minutes = facts.recovery_of(placed.session), facts.recovery_minutes(placed.case)
        if room is not None and placed.start is not None and minutes > 0:
            arrives = horizon.elapsed(placed.session.day, placed.start) + placed.minutes
            stays[room.id] += [(arrives, 1), (arrives + minutes, -1)]
    peaks: dict[str, Figure] = {id: _peak(moves) for id, moves in stays.items()}
    return Groups("recovery", peaks)


def _peak(moves: list[tuple[int, int]]) -> int | None:
    there, most = 0, 0
    for _, move in sorted(moves):  # who leaves at a minute leaves before the next arrives
        there += move
        most = max(most, there)
    return most if moves else None
