"""The minutes that a contract asks of a person over the horizon: a fact, for both voices of a rule."""

from planner.facts import Facts
from planner.people import StaffMember


def owed(facts: Facts, person: StaffMember, *, credit: bool = True) -> int:
    """Give the contract's weekly minutes × share × days ÷ 7, rounded half up.

    Days are those of the horizon up to her last one, less whole days of absence if `credit`.
    """
    free = facts.off if credit else facts.left
    days = sum(not free(person.id, day) for day in range(facts.horizon.days))
    minutes = facts.contracts[person.contract].week * person.share * days
    return (2 * minutes + 700) // 1400
