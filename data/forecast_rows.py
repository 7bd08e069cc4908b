"""Forecasts in the study file and in run folders: tables beside the plans, or one JSON object.

In a file a forecast stands on that of the parent scenario, as its plan does: only days that it has
otherwise take rows.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from data.codec import Document, each, number, place, text
from data.database import Row, insert
from planner.clock import Horizon
from planner.fields import FieldSpec
from planner.forecast import DayForecast, Forecast, SessionForecast
from planner.hospital import SessionId
from planner.plain import value

TABLES: Final = ("forecasts", "forecast_stands", "forecast_days", "forecast_sessions")
_DAY: Final = FieldSpec(name="day", form="day", low=-4000, high=4000)
_FIGURES: Final = ("late", "over", "overtime", "half", "most", "nearly")


def delete_forecast(connection: sqlite3.Connection, scenario: int) -> None:
    """Take the forecast of a scenario away, if there is one."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table} WHERE scenario = ?", (scenario,))  # noqa: S608 - names are ours


def write_forecast(
    connection: sqlite3.Connection,
    scenario: int,
    forecast: Forecast,
    under: Forecast | None,
    horizon: Horizon,
) -> None:
    """Write the forecast of a scenario that has none; `under` is that of its parent.

    Raises:
        Refused: a value is out of the bounds of its column.
    """
    own = (scenario, forecast.replications, forecast.seed, forecast.high)
    insert(connection, "forecasts", ("scenario", "replications", "seed", "high"), [own])
    told = _otherwise(forecast, under)
    if len(told) < len(forecast.days):
        insert(connection, "forecast_stands", ("scenario",), [(scenario,)])
    days: list[Row] = []
    sessions: list[Row] = []
    for day in told:
        date = horizon.date(day.day).isoformat()
        days.append((scenario, date, day.digest))
        sessions += [(scenario, date, *found) for found in day.sessions]
    insert(connection, "forecast_days", ("scenario", "day", "digest"), days)
    names = ("scenario", "day", "session", *_FIGURES)
    insert(connection, "forecast_sessions", names, sessions)


def _otherwise(forecast: Forecast, under: Forecast | None) -> tuple[DayForecast, ...]:
    """Give the days that are not as in the forecast below; all of them where that has days more."""
    below = {each.day: each for each in under.days} if under is not None else {}
    if not below.keys() <= {each.day for each in forecast.days}:
        return forecast.days
    return tuple(each for each in forecast.days if below.get(each.day) != each)


def read_forecast(
    connection: sqlite3.Connection, scenario: int, under: Forecast | None, horizon: Horizon
) -> Forecast | None:
    """Read the forecast of a scenario, None where there is none; `under` is that of its parent.

    Raises:
        Refused: a row does not fit.
    """
    own = connection.execute(
        "SELECT replications, seed, high FROM forecasts WHERE scenario = ?", (scenario,)
    ).fetchone()
    if own is None:
        return None
    sessions: dict[str, list[SessionForecast]] = {}
    names = ", ".join(f'"{name}"' for name in _FIGURES)
    rows = connection.execute(
        f"SELECT day, session, {names} FROM forecast_sessions WHERE scenario = ?"  # noqa: S608 - names are ours
        " ORDER BY day, session",
        (scenario,),
    )
    for day, session, *figures in rows:
        sessions.setdefault(day, []).append(SessionForecast(SessionId(session), *figures))
    days = connection.execute(
        "SELECT day, digest FROM forecast_days WHERE scenario = ? ORDER BY day", (scenario,)
    )
    stands = "SELECT 1 FROM forecast_stands WHERE scenario = ?"
    found: dict[int, DayForecast] = {}
    if under is not None and connection.execute(stands, (scenario,)).fetchone() is not None:
        found = {each.day: each for each in under.days}
    with place("forecast"):
        for written, digest in days:
            day = value(_DAY, written, horizon)
            found[day] = DayForecast(day, digest, tuple(sessions.get(written, ())))
    whole = tuple(found[day] for day in sorted(found))
    return Forecast(days=whole, replications=own[0], seed=own[1], high=own[2])


def forecast_plain(forecast: Forecast, horizon: Horizon) -> Document:
    """Give a forecast as plain values."""
    return {
        "replications": forecast.replications,
        "seed": forecast.seed,
        "high": forecast.high,
        "days": [
            {
                "day": horizon.date(day.day).isoformat(),
                "digest": day.digest,
                "sessions": [list(session) for session in day.sessions],
            }
            for day in forecast.days
        ],
    }


def forecast_of(document: Mapping[str, Any], horizon: Horizon) -> Forecast:
    """Make a forecast of plain values.

    Raises:
        Refused: it is none.
    """
    with place("forecast"):
        return Forecast(
            days=each("days", document["days"], lambda day: _day_of(day, horizon)),
            high=number(document["high"]),
            replications=number(document["replications"]),
            seed=number(document["seed"]),
        )


def _day_of(document: Mapping[str, Any], horizon: Horizon) -> DayForecast:
    return DayForecast(
        value(_DAY, document["day"], horizon),
        text(document["digest"]),
        each("sessions", document["sessions"], _session_of),
    )


def _session_of(row: list[Any]) -> SessionForecast:
    session, *figures = row
    return SessionForecast(SessionId(text(session)), *map(number, figures))
