"""Fair shares by working time, with a memory; the field's cases of nights and of part-time."""

import itertools

import pytest
from roster_words import MONDAY, Found, facts, judged, situation

from planner.facts import facts as facts_of
from planner.hospital import Holiday
from planner.packs.example import SHIFTS
from planner.people import Absence, Carried, StaffMember
from planner.rostering import CoverRequirement
from planner.rules.contract import EVERYONE, Scope, audit
from planner.rules.equity import burden, fair_shares, remembered
from planner.rules.roster.equity import Equity
from planner.view import RosterView

NIGHT = (("night", 10),)


def nights(days: int, least: int = 1) -> tuple[CoverRequirement, ...]:
    """Ask for so many people each night."""
    return tuple(
        CoverRequirement(id=f"n{day}", day=day, shifts=frozenset({"N12"}), least=least)
        for day in range(days)
    )


def people(**shares: int) -> tuple[StaffMember, ...]:
    """Give staff members by share."""
    return tuple(StaffMember(id=id, contract="FPH", share=share) for id, share in shares.items())


def test_f32_nights_are_shared_by_contract() -> None:
    """33 nights of people at 100, 100, 80 and 50 per cent: 10, 10, 8 and 5."""
    staff = people(V1=100, V2=100, V3=80, V4=50)
    problem, _ = situation(dict.fromkeys(("V1", "V2", "V3", "V4"), " ".join("-" * 33)))
    problem = type(problem)(
        horizon=problem.horizon,
        as_of=problem.as_of,
        contracts=problem.contracts,
        staff=staff,
        shifts=SHIFTS,
        cover=nights(33),
    )
    shares = fair_shares(facts_of(problem), EVERYONE, NIGHT, "work")
    assert shares == {"V1": 100, "V2": 100, "V3": 80, "V4": 50}


def cost(counts: tuple[int, ...], staff: tuple[StaffMember, ...], days: int) -> int:
    """Give what so many nights a person cost under the rule."""
    rosters = {
        person.id: " ".join(["N12"] * count + ["-"] * (days - count))
        for person, count in zip(staff, counts, strict=True)
    }
    problem, plan = situation(rosters, staff=staff, cover=nights(days))
    rule = Equity(id="R", tier=3, burdens=NIGHT, tolerance=0)
    return sum(breach.amount for breach in audit(rule, RosterView(problem, plan)))


def test_f32_the_fair_counts_cost_nothing_and_an_equal_split_does() -> None:
    staff = people(V1=100, V2=100, V3=80, V4=50)
    assert cost((10, 10, 8, 5), staff, 33) == 0
    assert cost((9, 8, 8, 8), staff, 33) > cost((10, 9, 8, 6), staff, 33) > 0


def test_f30b_of_31_nights_the_fairest_is_8_8_8_7() -> None:
    staff = people(T1=100, T2=100, T3=100, T4=100)
    every = [
        counts
        for counts in itertools.product(range(5, 12), repeat=4)
        if sum(counts) == 31 and counts == tuple(sorted(counts, reverse=True))
    ]
    costs = {counts: cost(counts, staff, 31) for counts in every}
    least = min(costs.values())
    assert [counts for counts, value in costs.items() if value == least] == [(8, 8, 8, 7)]


@pytest.mark.parametrize(
    ("word", "points"),
    [("night", 2), ("saturday", 6), ("sunday", 5), ("holiday", 1), ("N12", 2), ("work", 8)],
)
def test_a_burden_is_of_the_shift_or_of_its_day(word: str, points: int) -> None:
    """Saturday: M on 2 days, N12 on 1; Sunday …: each is told once a duty."""
    problem, _ = situation({"A": " ".join("-" * 14)}, holidays=(Holiday(id="H", day=0),))
    duties = [(0, "M"), (5, "M"), (5, "N12"), (12, "J9"), (12, "J9"), (12, "D12"), (5, "S")]
    duties = [*duties, (6, "N12")]
    if word == "sunday":
        duties = [(6, "M")] * 5
    found = sum(burden(facts_of(problem), ((word, 1),), day, shift) for day, shift in duties)  # type: ignore[arg-type]
    assert found == points


def test_a_share_falls_with_days_of_absence_and_scope() -> None:
    rosters = {"A": " ".join("-" * 10), "B": " ".join("-" * 10)}
    away = (Absence(id="a", person="B", first=0, last=4),)
    problem, _ = situation(rosters, absences=away, cover=nights(10, least=3))
    known = facts_of(problem)
    assert fair_shares(known, EVERYONE, NIGHT, "work") == {"A": 200, "B": 100}
    assert fair_shares(known, Scope.of(person=["B"]), NIGHT, "work") == {"B": 300}
    assert fair_shares(known, EVERYONE, NIGHT, "call") == {"A": 0, "B": 0}


def test_the_lightest_of_the_shifts_asked_for_is_the_burden_of_a_need() -> None:
    need = CoverRequirement(id="n", day=0, shifts=frozenset({"N12", "D12"}), least=2)
    problem, _ = situation({"A": "-"}, cover=(need,))
    assert fair_shares(facts_of(problem), EVERYONE, NIGHT, "work") == {"A": 0}


@pytest.mark.parametrize(
    ("tier", "roster", "amount"),
    [
        (3, "N12 N12 - -", 0),  # 20 points, the fair share: four nights for two people
        (3, "N12 N12 N12 -", 5),  # 10 over, 5 beyond the tolerance
        (3, "N12 N12 N12 N12", 15 + 5),  # 15 beyond, 5 of them beyond the next step
        (0, "N12 N12 N12 N12", 15),  # a hard rule has one slope
        (3, "N12 - - -", 5),
    ],
)
def test_points_beyond_the_tolerance_weigh_more_and_more(
    tier: int, roster: str, amount: int
) -> None:
    rule = Equity(id="R", tier=tier, burdens=NIGHT, tolerance=5, step=10, scope=Scope())
    problem, plan = situation({"A": roster, "B": "N12 N12 - -"}, cover=nights(4))
    found = [breach for breach in audit(rule, RosterView(problem, plan)) if "A" in breach.about[1]]
    assert sum(breach.amount for breach in found) == amount


def test_a_balance_is_repaid() -> None:
    rule = Equity(id="R", tier=3, burdens=NIGHT, tolerance=0, step=100, carried="balance")
    before = (Carried(id="k", person="A", measure="balance", since=-28, amount=10),)
    alone = {"cover": nights(4), "carried": before}
    assert judged(rule, "N12 N12 N12 -", MONDAY, **alone) == []
    assert judged(rule, "N12 N12 N12 N12", MONDAY, **alone) == [Found("burden_unfair", 0, 3, 10)]
    problem, plan = situation({"A": "N12 N12 N12 N12"}, **alone)
    assert facts(rule, problem, plan)[0] == {"borne": 50, "fair": 40}


@pytest.mark.parametrize(
    ("until", "memory", "left"),
    [
        (-1, 52, 20),  # the period before: all of it
        (-1, None, 20),
        (-400, None, 20),
        (-183, 52, 10),  # half a year later half of it
        (-92, 52, 15),
        (-364, 52, 0),  # a day of the last week: 20/364, rounded
        (-351, 52, 1),
        (-365, 52, 0),
        (-900, 52, 0),
        (-8, 2, 10),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_balance_fades_in_a_straight_line(
    until: int, memory: int | None, left: int, sign: int
) -> None:
    record = Carried(
        id="k", person="A", measure="balance", since=until - 27, until=until, amount=20 * sign
    )
    assert remembered(record, memory) == sign * left


def test_a_faded_balance_is_owed_less() -> None:
    """Twenty points of half a year ago are ten: three nights of four are fair, the fourth is not."""
    before = (
        Carried(id="k", person="A", measure="balance", since=-210, until=-183, amount=20),
        Carried(id="old", person="A", measure="balance", since=-600, until=-500, amount=90),
    )
    alone = {"cover": nights(4), "carried": before}
    rule = Equity(id="R", tier=3, burdens=NIGHT, tolerance=0, carried="balance", step=100)
    fading = Equity(
        id="R", tier=3, burdens=NIGHT, tolerance=0, carried="balance", step=100, memory=52
    )
    assert judged(fading, "N12 N12 N12 -", MONDAY, **alone) == []
    assert judged(fading, "N12 N12 N12 N12", MONDAY, **alone) == [Found("burden_unfair", 0, 3, 10)]
    assert judged(rule, "N12 N12 N12 -", MONDAY, **alone) != []
