"""Templates become sessions; sessions and templates are opened, closed, given back and given on."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
import staffing

from planner.cases import Surgeon
from planner.changes import Adjust, ChangeSet, Set, apply, removal
from planner.clock import Horizon
from planner.commands import CommandRefusedError, catalogue, expand, told
from planner.commands.contract import choices
from planner.commands.need import following
from planner.demand import ANAESTHETISTS, cover_id, demand
from planner.hospital import Holiday, Session, SessionTemplate, Specialty
from planner.master import dates, expansion, sessions_of
from planner.problem import Problem, faults
from planner.words import LANGUAGES, known, say

MONDAY = dt.date(2026, 10, 5)
FOUR_WEEKS = Horizon(start=MONDAY, days=28)


def template(id: str, theatre: str = "S1", weekday: str = "mon", **more: Any) -> SessionTemplate:
    values: dict[str, Any] = {"start": 480, "end": 990, "owners": frozenset({"ORTHO"}), **more}
    return SessionTemplate(id=id, theatre=theatre, weekday=weekday, **values)


@pytest.fixture
def house(problem: Problem) -> Problem:
    """Two theatres, three templates, no session yet, and the cover that no session asks for."""
    templates = (
        template("mon"),
        template("wed", weekday="wed", owners=frozenset({"OPH"})),
        template("other", "S2", "tue", cycle=2, week=2),
    )
    return staffed(dataclasses.replace(problem, templates=templates, sessions=()))


def staffed(problem: Problem) -> Problem:
    """Give the cover that the sessions ask for, and a requirement of each post on day 27."""
    posts = ("BLOC", "IBODE", "VOL", "IADE", "AS", "SPE-ORTHO", "SPE-OPH")
    return staffing.staffed(problem, {(post, 27): 1 for post in posts})


def after(problem: Problem, *words: str) -> Problem:
    """Expand a command, apply it, and see that it fits and makes no fault."""
    made, notes = apply(problem, [expand(problem, *words)])
    assert notes == ()
    assert list(faults(made)) == list(faults(problem))
    return made


def ids(problem: Problem) -> list[str]:
    return sorted(session.id for session in problem.sessions)


def said(problem: Problem, *words: str) -> list[str]:
    return [say(what, "en", **facts) for what, facts in told(problem, *words)]


# --- on which dates a template falls ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cycle", "week", "days"),
    [
        (1, 1, (0, 7, 14, 21)),
        (2, 1, (0, 14)),  # 5 October 2026 is 144 weeks after 1 January 2024
        (2, 2, (7, 21)),
        (3, 1, (0, 21)),
        (3, 3, (14,)),
        (4, 1, (0,)),
        (4, 4, (21,)),
    ],
)
def test_a_template_falls_once_a_cycle(cycle: int, week: int, days: tuple[int, ...]) -> None:
    assert dates(template("t", cycle=cycle, week=week), FOUR_WEEKS) == days


@pytest.mark.parametrize("cycle", [1, 2, 3, 4])
def test_the_next_period_goes_on_where_this_one_stopped(cycle: int) -> None:
    """Two periods one after the other have the dates of one period of both lengths."""
    long = Horizon(start=MONDAY, days=70)
    halves = [Horizon(start=MONDAY + dt.timedelta(days=35 * n), days=35) for n in range(2)]
    for week in range(1, cycle + 1):
        each = template("t", cycle=cycle, week=week, weekday="thu")
        whole = [long.date(day) for day in dates(each, long)]
        assert whole == [half.date(day) for half in halves for day in dates(each, half)]
        assert {(later - earlier).days for earlier, later in pairwise(whole)} <= {7 * cycle}


def test_sessions_are_named_by_theatre_date_and_part_of_the_day() -> None:
    templates = (
        template("a", end=750),
        template("b", start=750),
        template("c", "S2"),
        template("d", "S2", "tue", start=480, end=600),
        template("e", "S2", "tue", start=600, end=720),
    )
    found = sessions_of(templates, Horizon(start=MONDAY, days=2), 750)
    assert [(each.id, session.id) for each, session in found] == [
        ("a", "S1-2026-10-05-M"),
        ("b", "S1-2026-10-05-A"),
        ("c", "S2-2026-10-05-J"),
        ("d", "S2-2026-10-06-0800"),
        ("e", "S2-2026-10-06-1000"),
    ]


def test_a_session_has_all_that_its_template_says() -> None:
    each = template(
        "t", "S2", release=14, overtime=30, anaesthesia="local", closed=True, emergency=True,
        surgeon="X1",
    )  # fmt: skip
    (_, session), *_ = sessions_of((each,), FOUR_WEEKS, 750)
    fields = {f.name for f in dataclasses.fields(SessionTemplate)} & {
        f.name for f in dataclasses.fields(Session)
    }
    for name in fields - {"id", "release"}:
        assert getattr(session, name) == getattr(each, name), name
    assert (session.day, session.release) == (0, -14)


# --- expand ---------------------------------------------------------------------------------------


def test_expanding_adds_sessions_and_the_people_they_need(house: Problem) -> None:
    made = after(house, "expand")
    assert ids(made) == [
        "S1-2026-10-05-J", "S1-2026-10-07-J", "S1-2026-10-12-J", "S1-2026-10-14-J",
        "S1-2026-10-19-J", "S1-2026-10-21-J", "S1-2026-10-26-J", "S1-2026-10-28-J",
        "S2-2026-10-13-J", "S2-2026-10-27-J",
    ]  # fmt: skip
    least = {need.id: need.least for need in made.cover}
    for (post, day), people in demand(made.theatres, made.sessions).items():
        if post != ANAESTHETISTS:  # the house has no such post on its roster
            assert least[cover_id(post, made.horizon, day)] == people
    assert said(house, "expand") == ["10 sessions added."]


def test_expanding_some_days_adds_theirs_only(house: Problem) -> None:
    assert ids(after(house, "expand", "2026-10-05..2026-10-11")) == [
        "S1-2026-10-05-J",
        "S1-2026-10-07-J",
    ]
    assert len(ids(after(house, "expand", "tuesday"))) == 2


def test_expanding_again_changes_nothing_and_fills_what_is_missing(house: Problem) -> None:
    made = after(house, "expand")
    with pytest.raises(CommandRefusedError) as refused:
        expand(made, "expand")
    assert refused.value.what == "command_adds_none"
    assert refused.value.facts == {"same": 10, "different": 0, "blocked": 0, "holidays": 0}
    for lang, words in (("en", "there already: 10;"), ("fr", "existent déjà\u202f: 10\u202f;")):
        assert words in say(refused.value.what, lang, **refused.value.facts)
    fewer = dataclasses.replace(made, sessions=made.sessions[1:])
    again = after(fewer, "expand")
    assert set(again.sessions) == set(made.sessions)
    assert said(fewer, "expand")[1] == "9 sessions are there already, as their templates say."


def test_a_session_that_was_removed_comes_back_with_its_people_once(house: Problem) -> None:
    made = after(house, "expand")
    gone = removal(made, "session", "S1-2026-10-05-J")
    group = ChangeSet(name="", changes=(gone, *following(made, [gone])))
    fewer, _ = apply(made, [group])
    assert staffing.least(fewer)["BLOC-2026-10-05"] == 0
    assert after(fewer, "expand").cover == made.cover


def test_holidays_have_no_session(house: Problem) -> None:
    house = dataclasses.replace(house, holidays=(Holiday(id="h", day=7),))
    assert "S1-2026-10-12-J" not in ids(after(house, "expand"))
    assert said(house, "expand")[-1] == "1 session falls on a holiday and is left out."


def test_sessions_that_exist_stay_and_those_that_differ_are_named(house: Problem) -> None:
    made = after(house, "expand")
    first = dataclasses.replace(made.sessions[0], end=750)
    changed = dataclasses.replace(made, sessions=(first, *made.sessions[2:]))
    again = after(changed, "expand")
    assert next(each for each in again.sessions if each.id == first.id) == first
    assert len(again.sessions) == len(made.sessions)
    assert first.id in said(changed, "expand")[2]


def test_another_session_in_the_theatre_is_in_the_way(house: Problem) -> None:
    other = Session(id="guest", theatre="S1", day=0, start=900, end=1200)
    house = dataclasses.replace(house, sessions=(other,))
    found = expansion(house)
    assert [session.id for session in found.blocked] == ["S1-2026-10-05-J"]
    assert len(found.added) == 9
    assert "S1-2026-10-05-J" in said(house, "expand")[1]


# --- open, close, release, reallocate -------------------------------------------------------------


@pytest.fixture
def open_house(house: Problem) -> Problem:
    return staffed(after(house, "expand"))


def closed(problem: Problem) -> set[str]:
    return {each.id for each in (*problem.sessions, *problem.templates) if each.closed}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("sessions", "S2"), {"S2-2026-10-13-J", "S2-2026-10-27-J"}),
        (("sessions", "S1", "S2", "2026-10-12..2026-10-13"), {"S1-2026-10-12-J", "S2-2026-10-13-J"}),
        (("sessions", "OPH", "2026-10-05..2026-10-18"), {"S1-2026-10-07-J", "S1-2026-10-14-J"}),
        (("sessions", "S1-2026-10-05-J"), {"S1-2026-10-05-J"}),
        (("sessions", "mardi"), {"S2-2026-10-13-J", "S2-2026-10-27-J"}),
        (("templates", "S1", "mon"), {"mon"}),
        (("templates", "S1"), {"mon", "wed"}),
        (("templates", "ORTHO"), {"mon", "other"}),
        (("templates", "mon", "wednesday"), set()),
        (("templates", "all"), {"mon", "wed", "other"}),
    ],
)  # fmt: skip
def test_words_narrow_what_is_meant(
    open_house: Problem, words: tuple[str, ...], expected: set[str]
) -> None:
    if not expected:  # `mon` is the code of a template before it is a weekday
        with pytest.raises(CommandRefusedError, match="command_none_meant"):
            expand(open_house, "close", *words)
        return
    assert closed(after(open_house, "close", *words)) == expected


def test_closing_frees_the_people_and_opening_asks_for_them_again(open_house: Problem) -> None:
    shut = after(open_house, "close", "sessions", "S1", "monday")
    least: Mapping[str, int] = {need.id: need.least for need in shut.cover}
    assert least["BLOC-2026-10-05"] == 0
    assert [need.best for need in shut.cover] == [need.least for need in shut.cover]
    again = after(shut, "open", "sessions", "all")
    assert again.cover == open_house.cover
    assert expand(open_house, "close-room", "S1", "monday").changes == (
        expand(open_house, "close", "sessions", "S1", "monday").changes
    )


def test_a_closed_template_gives_closed_sessions(house: Problem) -> None:
    made = after(after(house, "close", "templates", "wed"), "expand")
    assert closed(made) == {"wed", *(f"S1-2026-10-{day}-J" for day in ("07", "14", "21", "28"))}
    assert after(made, "open", "templates", "wed").templates == house.templates


def test_templates_ask_for_nobody(open_house: Problem) -> None:
    for words in (("close", "templates", "S1"), ("reallocate", "templates", "OPH", "mon")):
        assert {type(c) for c in expand(open_house, *words).changes} == {Set}


def test_sessions_get_another_owner_and_other_nurses(open_house: Problem) -> None:
    made = after(open_house, "reallocate", "sessions", "OPH", "S1", "ORTHO")
    owners = {each.id: set(each.owners) for each in made.sessions}
    assert owners["S1-2026-10-05-J"] == {"OPH"}
    assert owners["S2-2026-10-13-J"] == {"ORTHO"}
    changes = expand(open_house, "reallocate", "sessions", "OPH", "2026-10-05").changes
    moved = {change.id: change.delta for change in changes if isinstance(change, Adjust)}
    assert moved["SPE-OPH-2026-10-05"] == 1
    assert moved["SPE-ORTHO-2026-10-05"] == -1


def test_a_named_surgeon_keeps_the_session_of_her_own_specialty_only(house: Problem) -> None:
    surgeons = (*house.surgeons, Surgeon(id="Y1", specialty="OPH"))
    named = (
        dataclasses.replace(house.templates[0], surgeon="X1"),
        dataclasses.replace(house.templates[1], surgeon="Y1", owners=frozenset()),
    )
    house = dataclasses.replace(house, surgeons=surgeons, templates=named)
    made = after(house, "reallocate", "templates", "OPH", "all")
    assert [each.surgeon for each in made.templates] == [None, "Y1"]


def test_sessions_are_given_back_from_a_date_and_templates_some_days_before(
    open_house: Problem,
) -> None:
    made = after(open_house, "release", "sessions", "2026-10-20", "S2")
    assert {each.id: each.release for each in made.sessions if each.release is not None} == {
        "S2-2026-10-13-J": 15,
        "S2-2026-10-27-J": 15,
    }
    made = after(open_house, "release", "templates", "14", "OPH")
    assert [each.release for each in made.templates] == [None, 14, None]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("expand", "2027-01-01"), "command_days"),
        (("expand", "monday", "tuesday"), "command_words"),
        (("open", "sessions"), "command_words"),
        (("open", "rooms", "S1"), "command_level"),
        (("open", "sessions", "S1"), "command_does_nothing"),
        (("close", "sessions", "S9"), "command_filter"),
        (("close", "sessions", "2026-31-12"), "command_filter"),
        (("close", "templates", "2026-10-05"), "command_filter_dates"),
        (("close", "sessions", "S2", "monday"), "command_none_meant"),
        (("reallocate", "sessions", "NEURO", "S1"), "command_unknown"),
        (("reallocate", "templates", "ORTHO", "mon"), "command_does_nothing"),
        (("release", "sessions", "14", "S1"), "command_release_date"),
        (("release", "templates", "2026-10-05", "S1"), "command_release_days"),
        (("release", "templates", "366", "S1"), "command_release_days"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    open_house: Problem, words: tuple[str, ...], what: str
) -> None:
    with pytest.raises(CommandRefusedError) as refused:
        expand(open_house, *words)
    assert refused.value.what == what
    assert known(what)


def test_without_templates_it_is_said(problem: Problem) -> None:
    for words in (("expand",), ("close", "templates", "S1")):
        with pytest.raises(CommandRefusedError, match="command_no_templates"):
            expand(problem, *words)


@pytest.mark.parametrize("name", ["expand", "open", "close", "reallocate", "release", "priorities"])
def test_every_command_has_its_words(name: str) -> None:
    command = catalogue()[name]
    for lang in LANGUAGES:
        assert say(f"command.{name}.usage", lang).startswith(name)
        assert say(f"command.{name}", lang) != f"command.{name}"
        for ask in command.asks:
            assert known(f"command.ask.{ask}")


def test_the_first_words_that_a_form_offers_for_a_filter_hold(house: Problem) -> None:
    first, second = choices(house, "filter")[:2]
    assert len(expand(house, "close", "templates", first, second).changes) == 1
    assert choices(house, "level") == ("sessions", "templates")
    assert "FR_local" in choices(house, "scheme")
    more = dataclasses.replace(house, specialties=(*house.specialties, Specialty(id="URO")))
    assert "URO" in choices(more, "filter")
