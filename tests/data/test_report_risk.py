"""The report shows how likely sessions end late, as the board does."""

import datetime as dt

import pytest
from kpi_house import case, house, session
from markupsafe import escape

from data.report import report_page
from planner.compare import compare
from planner.forecast import DayForecast, Forecast, SessionForecast, course, digest
from planner.forecast_words import expectation
from planner.kpis.contract import Outcome
from planner.plan import Placement, Plan
from planner.view import TheatreView
from planner.words import LANGUAGES, say

PROBLEM = house(sessions=(session("A"), session("B", theatre="R2")), cases=(case("K1"), case("K2")))
FIRST, SECOND = PROBLEM.sessions


def planned(late: int, nearly: int) -> Outcome:
    """Give two sessions with a case each, and a forecast of them made by hand."""
    plan = Plan.build([Placement("K1", "A", "X1", 480), Placement("K2", "B", "X2", 480)])
    steps = course(TheatreView(PROBLEM, plan), 0)
    sessions = tuple(
        SessionForecast(each.id, late, 20, 12, each.start + 90, each.start + 120, nearly)
        for each in (FIRST, SECOND)
    )
    forecast = Forecast(days=(DayForecast(0, digest(steps), sessions),))
    return Outcome(PROBLEM, plan, forecast=forecast)


def page(outcome: Outcome, lang: str = "en") -> str:
    sides = {"base": outcome}
    made = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return report_page(compare(sides, "base"), sides, lang, made=made)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_session_has_its_tail_and_number(lang: str) -> None:
    outcome = planned(270, FIRST.start + 200)
    text = page(outcome, lang)
    assert text.count('class="tail some"') == 2
    assert text.count('class="wedge"') == 2
    expected = outcome.outlook.of(FIRST)
    assert expected is not None
    told = " · ".join(expectation(expected, lang))
    assert f"<title>{escape(told)}</title>" in text
    assert text.count(say("forecast.chance", lang, late=0.27)) >= 2
    assert say("forecast.legend", lang) in text


def test_a_tail_that_has_no_end_in_sight_has_its_number_over_the_band() -> None:
    text = page(planned(800, 99_999))
    assert text.count(">▷ 80%<") == 2
    assert text.count('class="tail much"') == 4, "the tail, and the number by itself"


def test_what_is_out_of_date_says_so_and_gives_no_number() -> None:
    outcome = planned(270, FIRST.start + 200)
    moved = [
        placement._replace(start=(placement.start or 0) + 5)
        for placement in outcome.plan.placements
    ]
    stale = Outcome(PROBLEM, Plan.build(moved), forecast=outcome.forecast)
    text = page(stale)
    assert "27%" not in text
    assert text.count(">▷ ?<") == 2
    assert say("forecast.outdated", "en") in text


def test_without_a_forecast_nothing_is_drawn() -> None:
    outcome = planned(270, 700)
    text = page(Outcome(PROBLEM, outcome.plan))
    assert 'class="tail' not in text
