"""Indicators of cases, waits and beds, worked out by hand."""

import pytest
from kpi_house import case, crowded_house, house, session, values

from planner.hospital import Census, Ward
from planner.kpis import catalogue, of_name, sheet
from planner.kpis.contract import KPIS, Outcome, Ratio, value
from planner.plan import Placement, Plan
from planner.words import LANGUAGES, known, say


def test_cases_are_counted_in_all_and_by_class() -> None:
    problem = house(
        sessions=(session("A"),),
        cases=(case("K1"), case("K2", 45), case("K3", priority="P2"), case("K4", priority="P2")),
    )
    found = values(problem, [Placement("K1", "A", "X1", 480), Placement("K3", "A", "X1", 600)])
    assert (found["scheduled"], found["unscheduled"]) == (2, 2)
    assert found["scheduled_minutes"] == 120
    assert (found["scheduled_by_class.P2"], found["scheduled_by_class.P3"]) == (1, 1)
    assert (found["unscheduled_by_class.P2"], found["unscheduled_by_class.P3"]) == (1, 1)


def test_waits_count_from_the_listing_to_the_day_of_surgery() -> None:
    cases = tuple(case(f"K{n}", 15, listed=-n) for n in range(1, 11))
    problem = house(sessions=(session("A", 2),), cases=cases)
    found = values(problem, [Placement(each.id, "A", "X1", 480) for each in cases])
    assert found["mean_wait"] == pytest.approx(5.5 + 2)
    assert found["wait_p90"] == 9 + 2  # the ninth of ten
    assert values(problem)["mean_wait"] is None
    assert values(problem)["wait_p90"] is None


def test_late_days_weigh_more_in_urgent_classes() -> None:
    problem = house(
        sessions=(session("A", 4),),
        cases=(
            case("K1", due=1, priority="P2"),  # 3 days late, 360 ÷ 30 each
            case("K2", due=2),  # left out: 7 − 2 days, 360 ÷ 90 each
            case("K3", due=4),  # in time
            case("K4"),  # no due date
        ),
    )
    found = values(problem, [Placement("K1", "A", "X1", 480), Placement("K3", "A", "X1", 600)])
    assert found["overdue"] == 2
    assert found["weighted_tardiness"] == 3 * 12 + 5 * 4


def test_beds_are_needed_in_the_nights_after_the_operation() -> None:
    problem = house(
        sessions=(session("A"), session("B", 1)),
        cases=(case("K1", ward="W", nights=2), case("K2", ward="W", nights=1)),
        wards=(Ward(id="W", beds=2),),
        census=(Census(id="c", ward="W", day=1, taken=1),),
    )
    found = values(problem, [Placement("K1", "A", "X1", 480), Placement("K2", "B", "X1", 480)])
    assert found["peak_beds.W"] == 2  # both in the night of day 1
    assert found["bed_days_over"] == 1  # where one of two beds is taken


def test_nights_beyond_the_horizon_are_not_judged() -> None:
    stays = case("K1", ward="W", nights=9)
    problem = house(1, sessions=(session("A"),), cases=(stays,), wards=(Ward(id="W", beds=0),))
    assert values(problem, [Placement("K1", "A", "X1", 480)])["bed_days_over"] == 1


def test_ratios_are_sums_over_sums_and_absent_over_nothing() -> None:
    assert value(Ratio(1, 4)) == 25.0
    assert value(Ratio(0, 0)) is None
    assert value({("case", "A"): 2, ("case", "B"): -1}) == 1


@pytest.mark.parametrize("name", [each.name for each in catalogue()])
def test_every_indicator_has_words_and_stands_nothing_being_planned(name: str) -> None:
    kpi = KPIS[name]
    for message in (f"kpi.{name}", f"kpi.{name}.definition"):
        assert known(message)
        assert say(message, "fr") != say(message, "en")
    outcome = Outcome(crowded_house(), Plan())
    assert kpi.figure(outcome) == kpi.figure(Outcome(crowded_house(), Plan()))
    assert kpi.figure.__doc__


def test_titles_are_unique_in_each_language() -> None:
    for lang in LANGUAGES:
        titles = [say(f"kpi.{each.name}", lang) for each in catalogue()]
        assert len(set(titles)) == len(titles)


def test_profiles_choose_indicators() -> None:
    names = {profile: {each.name for each in catalogue(profile)} for profile in ("fr", "nhs", "us")}
    assert "opening_rate" in names["fr"] - names["nhs"]
    assert "capped_fill" in names["nhs"] & names["us"] - names["fr"]
    assert sheet(Outcome(crowded_house(), Plan()), "fr").keys() < values(crowded_house()).keys()


def test_names_of_values_lead_back_to_indicators() -> None:
    kpi, group = of_name("scheduled_by_class.P2")
    assert (kpi.name, group) == ("scheduled_by_class", "P2")
    with pytest.raises(KeyError):
        of_name("no_such_thing")


def test_a_part_that_a_problem_lacks_has_no_indicators() -> None:
    found = values(house(sessions=(session("A"),)))
    assert "scheduled" in found
    assert "staff_minutes" not in found
