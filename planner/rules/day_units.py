"""Where day cases wait and recover for the rest of the day: facts, for both voices of a rule."""

from planner.cases import Case
from planner.facts import Facts, on_grid
from planner.hospital import Ward


def unit_of(facts: Facts, case: Case) -> Ward | None:
    """Give the day unit of a day case, None where it has none."""
    if case.mode != "day" or case.ward is None:
        return None
    ward = facts.wards[case.ward]
    return ward if ward.kind == "day" else None


def minutes_after(facts: Facts, case: Case) -> int:
    """Give the planned minutes from the end of a case until its patient goes home, on the grid."""
    return facts.recovery_minutes(case) + on_grid(facts.procedures[case.procedure].stay)
