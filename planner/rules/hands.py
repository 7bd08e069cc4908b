"""When a case needs which surgeon, as facts: critical parts, second surgeons, theatres side by side.

Both voices of a rule may read these: they turn facts into numbers and count no placement.
"""

from planner.cases import Case
from planner.facts import Facts
from planner.hospital import TheatreId


def spared(facts: Facts, case: Case, surgeon: str) -> tuple[int, int]:
    """Give the first and the last minutes of a case in which its surgeon is not needed.

    None where she works in one theatre at a time, or where they would leave nothing of the case.
    """
    if facts.surgeons[surgeon].rooms < 2:
        return 0, 0
    procedure = facts.procedures[case.procedure]
    opening, closing = procedure.opening, procedure.closing
    return (opening, closing) if opening + closing < facts.minutes(case, surgeon) else (0, 0)


def critical(facts: Facts, case: Case, surgeon: str, minutes: int) -> int:
    """Give the minutes of a case for which its surgeon is needed: all but those she is spared."""
    return minutes - sum(spared(facts, case, surgeon))


def second_surgeons(facts: Facts) -> tuple[str, ...]:
    """Give the surgeons who are needed beside another in some case, in order."""
    named = {id for case in facts.problem.cases for id in case.partners}
    return tuple(surgeon.id for surgeon in facts.problem.surgeons if surgeon.id in named)


def are_beside(facts: Facts, theatre: TheatreId, other: TheatreId) -> bool:
    """Tell whether two theatres are near enough for a surgeon to work in both at once."""
    one, two = facts.theatres[theatre], facts.theatres[other]
    return other in one.beside or theatre in two.beside
