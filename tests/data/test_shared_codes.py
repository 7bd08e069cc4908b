"""What a shared file still says in other codes: words of them, and dates in whatever writing."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from demo_hospitals import generate
from sharing_small import first_with, planned

from data.keys import secret_of
from data.refused import Refused
from data.scan import found_in
from data.sharing import share, taken_back
from data.study_file import open_study
from planner.disguise import Disguise, disguise
from planner.disguised_codes import HOUSE, MADE
from planner.edits import AdoptPlan
from planner.moved_dates import moved
from planner.plan import Duty, Placement, Plan
from planner.rules.contract import Waiver
from planner.study import Pin, Study


@pytest.fixture(scope="module")
def study() -> Study:
    return planned(generate("small"))


def with_base(study: Study, **changed: Any) -> Study:
    return dataclasses.replace(study, base=dataclasses.replace(study.base, **changed))


@pytest.mark.parametrize(
    ("code", "found"),
    [("AB", True), ("X-1", True), ("1-J", True), ("B-2", False), ("60", False), ("ab", False)],
)
def test_a_short_code_is_a_word_between_any_signs_and_a_number_a_whole_cell(
    study: Study, tmp_path: Path, code: str, found: bool
) -> None:
    path = tmp_path / "s.opale"
    theatres = first_with(study.base.theatres, name="S.AB_60/X-1-J (B-20)")
    share(with_base(study, theatres=theatres), path, names=True)
    assert found_in(path, {code}) == ((code,) if found else ())


@pytest.mark.parametrize("surgeon", ["DUPT", "60"])
def test_sessions_named_after_somebody_go_under_pseudonyms_and_come_back(
    study: Study, tmp_path: Path, surgeon: str
) -> None:
    """A short code within that of a session, with the date in another writing."""
    old, horizon = study.base.surgeons[0].id, study.base.horizon
    names = {
        each.id: f"{each.theatre}-{surgeon}-{horizon.date(each.day):%Y%m%d}_{n}"
        for n, each in enumerate(study.base.sessions)
    }
    other = dataclasses.replace(disguise(study, bytes(32), 0), names={old: surgeon, **names})
    mine = dataclasses.replace(other, texts=True, scenarios={"base": "base"}).study(study, study.id)
    path = tmp_path / "s.opale"
    done = share(mine, path, names=False)
    assert done.key is not None
    whole = path.read_bytes()
    assert f"-{surgeon}-".encode() not in whole
    assert f"{horizon.start:%Y%m%d}".encode() not in whole
    with open_study(path) as opened:
        plan = opened.study.scenario("base").plan
        fewer = Plan.build([*plan.placements][1:], plan.duties)
        opened.do(AdoptPlan(scenario="base", plan=fewer))
        (back,) = taken_back(opened.study, mine).scenarios
    assert len(set(mine.scenario("base").plan.placements) - set(back.plan.placements)) == 1
    assert {each.session for each in back.plan.placements} <= set(names.values())


@pytest.mark.parametrize("way", ["5/10/2026", "05102026", "10.25.2026", "05-10-26"])
def test_a_date_in_a_writing_that_does_not_move_stops_it(
    study: Study, tmp_path: Path, way: str
) -> None:
    named = first_with(study.base.specialties, name=f"since {way}")
    with pytest.raises(Refused) as refused:
        share(with_base(study, specialties=named), tmp_path / "no.opale", names=False)
    assert refused.value.facts["texts"] == way


def test_a_code_that_a_public_text_has_as_a_word_stops_nothing(
    study: Study, tmp_path: Path
) -> None:
    (source,) = {each.source for each in study.base.rules if each.id == "FR01"}
    word = next(each for each in re.findall(r"[^\W_]+", source) if len(each) == 1)
    assert not word.isdecimal()
    surgeons = (*study.base.surgeons, dataclasses.replace(study.base.surgeons[0], id=word))
    path = tmp_path / "s.opale"
    share(with_base(study, surgeons=surgeons), path, names=False)
    assert path.exists()


def test_dates_move_in_the_writing_that_they_have() -> None:
    codes = ["S1-2026-10-05-J", "S1_20261005", "05/10/2026", "2026.10.05", "5/10/2026", "12345678"]
    there = [moved(code, -52) for code in codes]
    assert there == [
        *("S1-2025-10-06-J", "S1_20251006", "06/10/2025", "2025.10.06"),
        *("5/10/2026", "12345678"),
    ]
    assert [moved(code, 52) for code in there] == codes


def test_of_records_that_stand_in_an_order_that_tells_the_codes_alone_tell_the_order(
    study: Study, tmp_path: Path
) -> None:
    path = tmp_path / "s.opale"
    share(study, path, names=False)
    with open_study(path) as opened:
        theirs = opened.study
    own = {new: old for old, new in disguise(study, secret_of(study.id), 0).names.items()}
    for kind in ("staff", "case", "surgeon", "history", "request", "absence"):
        there = [str(each.id) for each in theirs.base.records(kind)]
        assert there == sorted(there)
        assert [own[id] for id in there] != [str(e.id) for e in study.base.records(kind)]


def test_codes_that_no_record_has_any_more_get_pseudonyms_too(study: Study, tmp_path: Path) -> None:
    """A case is withdrawn after its plan was published, a person leaves; pins and breaches name others."""
    base = study.scenario("base")
    case, person = base.plan.sessions[0][0].case, next(iter(base.plan.duties)).person
    gone = {"GONE-CASE", "GONE-PERSON", "GONE-SURGEON", "GONE-SUBJECT"}
    waiver = Waiver(rule=study.base.rules[0].id, subjects=frozenset({"GONE-SUBJECT", case}),
                    first=0, last=27, most=9, reason="", author="", made=study.base.as_of)  # fmt: skip
    published = Plan.build(
        [
            *base.plan.placements,
            Placement("GONE-CASE", base.plan.sessions[0][0].session, "GONE-SURGEON", 480),
        ],
        [*base.plan.duties, Duty("GONE-PERSON", 0, next(iter(base.plan.duties)).shift)],
    )
    pins = (Pin(kind="person", id="GONE-PERSON", first=1, last=2),)
    fewer = dataclasses.replace(
        study.base,
        staff=tuple(each for each in study.base.staff if each.id != person),
        cases=tuple(each for each in study.base.cases if each.id != case),
    )
    changed = dataclasses.replace(base, published=published, pins=pins, waivers=(waiver,))
    leaving = dataclasses.replace(study, base=fewer, scenarios=(changed, *study.scenarios[1:]))
    path = tmp_path / "gone.opale"
    share(leaving, path, names=False)
    whole = path.read_bytes()
    assert not [code for code in (*gone, case, person) if code.encode() in whole]


def test_no_word_of_a_field_that_names_somebody_is_passed_on(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = disguise(study, bytes(32), -52)
    house = {str(each.id) for kind in (*HOUSE, *MADE) for each in study.base.records(kind)}
    passed: set[str] = set()

    def code(self: Disguise, text: str) -> str:
        if text not in self.names:
            passed.add(text)
        return self.names.get(text) or self.dated(text)

    monkeypatch.setattr(Disguise, "code", code)
    known.study(study, "x")
    assert passed <= house, "only those of sessions and the like, in which nobody is named"


def test_a_name_in_another_writing_stops_it_and_a_lone_surname_is_told(
    study: Study, tmp_path: Path
) -> None:
    surgeons = first_with(study.base.surgeons, name="Paul Dupont")
    path = tmp_path / "named.opale"
    for label in ("PTH DUPONT Paul", f"pth {study.base.staff[0].id.lower()}"):
        named = first_with(study.base.procedures, name=label)
        with pytest.raises(Refused) as refused:
            share(with_base(study, surgeons=surgeons, procedures=named), path, names=False)
        assert f"({label})" in refused.value.facts["texts"]
        assert not path.exists()
    lone = first_with(study.base.procedures, name="PTH technique Dupont")
    done = share(with_base(study, surgeons=surgeons, procedures=lone), path, names=False)
    assert done.doubtful == ("PTH technique Dupont",)


def test_a_study_without_names_has_no_label_in_doubt(study: Study, tmp_path: Path) -> None:
    """Not even one whose people are called by words of the program: those are no finds."""
    staff = first_with(study.base.staff, id="ROOM_OVERLAP")
    path = tmp_path / "plain.opale"
    assert share(with_base(study, staff=staff), path, names=False).doubtful == ()


def test_labels_that_tell_a_date_or_have_a_title_are_told_and_names_of_things_go(
    study: Study, tmp_path: Path
) -> None:
    changed = {
        "procedures": first_with(study.base.procedures, name="PTH depuis la semaine 41"),
        "specialties": first_with(study.base.specialties, name="Ortho de Mme Martin"),
        "contracts": first_with(study.base.contracts, name="contrat de Jeanne"),
        "shifts": first_with(study.base.shifts, name="poste de Jeanne"),
        "equipment": first_with(study.base.equipment, name="colonne de Jeanne"),
        "priorities": first_with(study.base.priorities, name="urgence Jeanne"),
    }
    path = tmp_path / "told.opale"
    reason = f"réunion {study.base.horizon.start:du %d octobre}"
    done = share(with_base(study, **changed), path, names=False, reason=reason)
    assert done.dated == ("PTH depuis la semaine 41", reason)
    assert done.doubtful == ("Ortho de Mme Martin",)
    assert b"Jeanne" not in path.read_bytes()


def test_codes_of_sessions_with_a_week_a_short_date_or_a_word_of_nobody_get_pseudonyms(
    study: Study, tmp_path: Path
) -> None:
    session, cover = study.base.sessions[0].id, study.base.cover[0].id
    for code in ("S1-2026-W41", "S1-261005", "S1-salle-martin", "remplacer martin"):
        kind = "cover" if " " in code else "session"
        old = cover if kind == "cover" else session
        known = Disguise(names={old: code}, scenarios={"base": "base"}, weeks=0, texts=True)
        path = tmp_path / f"{code}.opale"
        share(known.study(study, study.id), path, names=False)
        whole = path.read_bytes()
        assert code.encode() not in whole
        assert b"S2-" in whole, "codes of which every word is the house's stay"


@pytest.mark.parametrize("code", [str.lower, str.upper, lambda code: code.replace("-", " ")])
def test_a_reason_that_names_a_case_in_any_writing_is_refused_as_that(
    study: Study, tmp_path: Path, code: Callable[[str], str]
) -> None:
    path, reason = tmp_path / "s.opale", f"about {code(study.base.cases[0].id)}"
    with pytest.raises(Refused) as caught:
        share(study, path, names=False, reason=reason)
    assert caught.value.what == "share.left_in_reason"
    assert study.base.cases[0].id in caught.value.sentence("fr")
    assert not path.exists()


def test_a_reason_with_a_title_is_told_as_one_that_may_name_somebody(
    study: Study, tmp_path: Path
) -> None:
    reason = "pour Mme X"
    assert reason in share(study, tmp_path / "s.opale", names=False, reason=reason).doubtful
