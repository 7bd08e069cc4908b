"""A simulation of a plan at hand: made, kept in its study, and told."""

from dataclasses import dataclass
from typing import Any, Final

from planner.clock import written
from planner.edits import KeepForecast
from planner.facts import Facts
from planner.forecast import Forecast, SessionForecast
from planner.view import TheatreView
from planner.words import clock, minutes, percent
from ui.cli.sentences import Told
from ui.cli.show import note, table
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded

SHOWN: Final = 20
"""How many sessions are told where not all are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What was found, and where it was kept."""

    scenario: str
    facts: Facts
    forecast: Forecast
    stale: bool

    def sessions(self) -> list[tuple[int, SessionForecast]]:
        """Give all sessions with their days, those with the highest chance to finish late first."""
        found = [
            (day.day, each.by_clock(self.facts, day.day))
            for day in self.forecast.days
            for each in day.sessions
        ]
        return sorted(found, key=lambda pair: (-pair[1].late, -pair[1].overtime, *pair))


def simulated(loaded: Loaded, replications: int, seed: int) -> Simulated:
    """Simulate the plan of a target; a study keeps what was found, in one atomic save.

    Raises:
        Told: there is no such scenario, or nothing is planned in it.
        Refused: it cannot be written; the file is as it was.
    """
    from solvers.risk.simulation import simulate

    scenario = loaded.scenario()
    view = TheatreView(loaded.study.problem(scenario.name), scenario.plan)
    forecast = simulate(view, replications=replications, seed=seed)
    if forecast is None or not forecast.days:
        raise Told("cli.simulate.no_plan", target=str(loaded.target))
    if loaded.importer is None:
        loaded.opened.do(KeepForecast(scenario=scenario.name, forecast=forecast))
        loaded.opened.save()
    stale = loaded.study.stale(scenario.name)
    if stale:
        note("cli.stale_plan", scenario=scenario.name)
    return Simulated(scenario=scenario.name, facts=view.facts, forecast=forecast, stale=stale)


def as_document(found: Simulated) -> dict[str, Any]:
    """Give what was found as the JSON document of `simulate`; shares are of one."""
    forecast, horizon = found.forecast, found.facts.horizon
    return {
        "scenario": found.scenario,
        "stale": found.stale,
        "replications": forecast.replications,
        "seed": forecast.seed,
        "late_chance": round(forecast.late, 4),
        "over_chance": round(forecast.over, 4),
        "expected_overtime": forecast.overtime,
        "overtime_p90": forecast.high,
        "days": [
            {"date": horizon.date(day.day).isoformat(), "expected_overtime": day.overtime}
            for day in forecast.days
        ],
        "sessions": [
            {
                "session": each.session,
                "theatre": found.facts.sessions[each.session].theatre,
                "date": horizon.date(day).isoformat(),
                "late": each.late / 1000,
                "over": each.over / 1000,
                "expected_overtime": each.overtime,
                "p50": written(each.half),
                "p80": written(each.most),
                "p95": written(each.nearly),
            }
            for day, each in found.sessions()
        ],
    }


def as_text(found: Simulated, *, every: bool) -> None:
    """Tell what was found: sessions in a table, the total, and what a chance means."""
    forecast, sessions = found.forecast, found.sessions()
    shown = sessions if every else sessions[:SHOWN]
    names = ("session", "theatre", "when", "end", "late", "over", "overtime", "by")
    head = [say(f"cli.simulate.{name}") for name in names]
    table(head, [_row(found.facts, day, each) for day, each in shown], right=(3, 4, 5, 6, 7))
    if len(shown) < len(sessions):
        print(say("cli.simulate.more", n=len(sessions) - len(shown)))
    print()
    facts = {"late": forecast.late, "over": forecast.over}
    print(say("cli.simulate.total", overtime=forecast.overtime, high=forecast.high, **facts))
    print(say("cli.simulate.means", replications=forecast.replications))


def _row(facts: Facts, day: int, each: SessionForecast) -> tuple[str, ...]:
    session = facts.sessions[each.session]
    return (
        session.id,
        session.theatre,
        say("cli.simulate.day", day=facts.horizon.date(day)),
        clock(session.end),
        percent(each.late / 1000, lang()),
        percent(each.over / 1000, lang()),
        minutes(each.overtime),
        clock(each.most),
    )
