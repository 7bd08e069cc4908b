"""Records and values in words: no code where there is a place and a date, no bare number of minutes."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from planner.attribution import Cause
from planner.cases import Case
from planner.clock import Horizon
from planner.compare import InputChange, inputs
from planner.comparison_words import cause_sentence, input_sentences
from planner.fields import specs
from planner.hospital import Holiday, Session, SessionTemplate, Ward
from planner.packs import load
from planner.people import Absence, Request
from planner.problem import Problem
from planner.record_words import record_words, value_words
from planner.rostering import CoverRequirement

HORIZON = Horizon(start=dt.date(2026, 10, 5), days=28)
SESSION = Session(id="S7-2026-10-07-A", theatre="S7", day=2, start=750, end=990)
COVER = CoverRequirement(id="SPE-ORTHO-2026-10-07", day=2, shifts=frozenset({"J"}), least=1)
LEAVE = Absence(id="leave-1", person="AS-002", first=9, last=11, reason="CA")


def plainly(words: str) -> str:
    return words.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("record", "english", "french"),
    [
        (SESSION, "S7 Wed 7 Oct 12:30", "S7 mer. 7 oct. 12:30"),
        (COVER, "SPE-ORTHO Wed 7 Oct", "SPE-ORTHO mer. 7 oct."),
        (LEAVE, "AS-002 Wed 14 Oct to Fri 16 Oct", "AS-002 du mer. 14 oct. au ven. 16 oct."),
        (replace(LEAVE, last=9), "AS-002 Wed 14 Oct", "AS-002 mer. 14 oct."),
        (Request(id="w", person="AS-002", day=3), "AS-002 Thu 8 Oct", "AS-002 jeu. 8 oct."),
        (Holiday(id="toussaint", day=27), "toussaint", "toussaint"),
        (Ward(id="CHIR"), "CHIR", "CHIR"),
        (replace(SESSION, day=100), "S7 Wed 13 Jan 2027 12:30", "S7 mer. 13 janv. 2027 12:30"),
    ],
)
def test_a_record_is_told_by_place_and_date(record: Any, english: str, french: str) -> None:
    told = [plainly(record_words(record, HORIZON, lang)) for lang in ("en", "fr")]
    assert told == [english, french]


def sentences(lang: str, before: Problem, after: Problem) -> list[str]:
    return [plainly(each) for each in input_sentences(inputs("b", before, after), lang)]


def house(**facts: Any) -> Problem:
    made: dict[str, Any] = {"sessions": (SESSION,), "cover": (COVER,), "absences": (LEAVE,)}
    return Problem(horizon=HORIZON, as_of=HORIZON.start, **{**made, **facts})


def test_values_of_facts_are_told_with_their_units() -> None:
    later = replace(SESSION, end=1050, owners=frozenset({"ORTHO"}), release=1)
    assert sentences("en", house(), house(sessions=(later,))) == [
        "Session S7 Wed 7 Oct 12:30: end from 16:30 to 17:30",
        "Session S7 Wed 7 Oct 12:30: owners from nothing to ORTHO",
        "Session S7 Wed 7 Oct 12:30: release date from nothing to Tue 6 Oct",
    ]
    case = Case(id="P1", procedure="PTH", specialty="ORTHO", priority="P2", mean=46)
    longer = replace(case, mean=71, due=9)
    assert sentences("fr", house(cases=(case,)), house(cases=(longer,))) == [
        "Cas P1 : durée moyenne, de 46 min à 1 h 11",
        "Cas P1 : date limite, de rien à mer. 14 oct.",
    ]
    assert sentences("en", house(), house(absences=())) == [
        "Absence, taken away: AS-002 Wed 14 Oct to Fri 16 Oct"
    ]


def test_values_of_rules_are_told_as_their_form_shows_them() -> None:
    rule = load("fr_fph").rule("FR06")
    other = replace(rule, minutes=660, tier=2, enabled=False)
    told = sentences("en", house(rules=(rule,)), house(rules=(other,)))
    assert told == [
        f"Rule {rule.title_en}: level from must to wish 2",
        f"Rule {rule.title_en}: active from yes to no",
        f"Rule {rule.title_en}: least rest from 12 h to 11 h",
    ]
    assert not any("FR06" in each or "720" in each for each in told)


def test_causes_tell_sessions_by_place_and_date() -> None:
    cause = Cause("cause.session_other_starts", 30, (SESSION.id, "gone"), (20, 10))
    assert "S7 mer. 7 oct. 12:30 et gone" in plainly(cause_sentence(cause, "fr", (house(),)))
    assert SESSION.id in cause_sentence(cause, "fr")


def test_a_change_without_its_record_is_told_as_it_stands() -> None:
    change = InputChange("b", "session", "A", "closed", False, True)
    assert list(input_sentences([change], "en")) == ["Session A: closed from no to yes"]


def test_a_place_is_named_once_for_all_its_days() -> None:
    sessions = tuple(
        replace(SESSION, id=f"{room}-{day}", theatre=room, day=day)
        for day, room in ((2, "S7"), (3, "S6"), (9, "S7"), (10, "S6"))
    )
    closed = tuple(replace(session, closed=True) for session in sessions)
    (told,) = sentences("fr", house(sessions=sessions), house(sessions=closed))
    places = "S7 mer. 7 oct. 12:30, mer. 14 oct. 12:30, S6 jeu. 8 oct. 12:30 et jeu. 15 oct. 12:30"
    assert told == f"Vacation {places} : fermée, de non à oui"


def test_what_a_study_has_beside_its_records_is_told_in_words() -> None:
    later = replace(house(), as_of=dt.date(2026, 10, 6), order="strict", noon=780, clock=False)
    assert sentences("en", house(), later) == [
        "The study's facts as of: from 5 October 2026 to 6 October 2026",
        "The study's order of the tiers: from weighted to strict",
        "The study's noon: from 12:30 to 13:00",
        "The study's start times: from yes to no",
    ]
    assert "données au" in sentences("fr", house(), later)[0]
    assert "6 octobre 2026" in sentences("fr", house(), later)[0]


def test_a_choice_is_told_in_words_whatever_its_class_is_called() -> None:
    room = SessionTemplate(id="T", theatre="S1", weekday="mon", start=480, end=960)
    before, after = (house(templates=(replace(room, weekday=day),)) for day in ("mon", "tue"))
    assert sentences("en", before, after) == ["Standing session T: weekday from Monday to Tuesday"]
    assert "de lundi à mardi" in sentences("fr", before, after)[0]


@pytest.mark.parametrize(
    ("lang", "full", "brief"),
    [
        ("en", "Tuesday and Wednesday", "Tue, Wed"),
        ("fr", "mardi et mercredi", "mar., mer."),
    ],
)
def test_a_cell_has_fewer_words_than_a_sentence(lang: str, full: str, brief: str) -> None:
    spec = next(each for each in specs(Ward) if each.name == "open")
    days = frozenset({1, 2})
    assert value_words("ward", spec, days, HORIZON, lang) == full
    assert value_words("ward", spec, days, HORIZON, lang, brief=True) == brief
    whole = [
        value_words("ward", spec, frozenset(range(7)), HORIZON, lang, brief=b)
        for b in (True, False)
    ]
    assert whole[0] == whole[1]
