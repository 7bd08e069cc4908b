"""A purge: nothing of a person is left in the bytes, and counters of others stay what they were."""

import dataclasses
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from demo_hospitals import generate

from data import deltas, purging
from data.keys import key_of
from data.purging import purge_before, purge_person
from data.refused import Refused
from data.runs import create_run, folder_of
from data.sharing import share
from data.study_file import create_study, open_study
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, EditRefusedError, Publish, Record, SetPins, Waive
from planner.kpis.contract import Outcome
from planner.people import Absence, Request
from planner.plan import Duty, Plan
from planner.rules.contract import Waiver
from planner.signatures import PROPOSED, Signature
from planner.signing import Sign
from planner.standing import standing
from planner.study import BASE, Pin, Study

NAME = "Zoé Planquette-Durand"
SINCE = 10


@pytest.fixture(scope="module")
def study() -> Study:
    problem = generate("small")
    who = problem.staff[0].id
    first = dataclasses.replace(problem.staff[0], name=NAME)
    shift = problem.shifts[0].id
    absences = (
        Absence(id=f"{who}-a1", person=who, first=2, last=3, reason="influenza"),
        Absence(id=f"{who}-a2", person=who, first=20, last=22, reason="maternity leave"),
    )
    problem = dataclasses.replace(
        problem,
        as_of=problem.horizon.date(SINCE),
        staff=(first, *problem.staff[1:]),
        absences=(*problem.absences, *absences),
        requests=(*problem.requests, Request(id="w-1", person=who, day=12, shift=shift)),
        cases=(dataclasses.replace(problem.cases[0], note="knows planquette"), *problem.cases[1:]),
    )
    duties = [Duty(p.id, day, shift) for p in problem.staff for day in (1, 5, 14, 19)]
    waiver = Waiver(rule=problem.rules[0].id, subjects=frozenset({who}), first=0, last=27, most=9,
                    reason=f"agreed with {NAME}", author="chef", made=date(2026, 10, 2))  # fmt: skip
    rename = Set(kind="staff", id=who, field="name", expected=NAME, value="Zoé Martin")
    made = Study(id="purged1", name="ward of Planquette", base=problem)
    for edit in (
        AdoptPlan(scenario=BASE, plan=Plan.build((), duties)),
        Publish(scenario=BASE),
        Branch(parent=BASE, name="without Planquette"),
        Record(scenario="without Planquette", group=ChangeSet(name=who, changes=(rename,))),
        SetPins(scenario=BASE, pins=(Pin(kind="person", id=who, first=1, last=2),)),
        Waive(scenario=BASE, waiver=waiver),
        Sign(
            scenario="without Planquette",
            signature=Signature(step=PROPOSED, account="cadre", reason=f"{who} is away"),
        ),
    ):
        made = edit.apply(made)
    return made


@pytest.fixture
def path(study: Study, tmp_path: Path) -> Path:
    """A file of that study, with a line in its journal that names her, a copy before it, and a run."""
    made = tmp_path / "ward.opale"
    who = study.base.staff[0].id
    with create_study(study) as opened:
        group = ChangeSet(
            name="half time",
            changes=(Set(kind="staff", id=who, field="share", expected=100, value=50),),
        )
        opened.do(Record(scenario=BASE, group=group), reason=f"asked by {NAME}")
        opened.save(made)
        opened.save(made)
    create_run(study.id, None)
    return made


def test_nothing_of_her_is_left_in_any_byte(study: Study, path: Path) -> None:
    who = study.base.staff[0].id
    assert NAME.encode() in path.read_bytes()
    with open_study(path) as opened:
        made = purge_person(opened, who)
        with made.opened:
            assert made.left == ()
            gone = made.save()
    assert {each.name for each in gone} == {"ward.opale.bak", study.id}
    assert not folder_of(study.id).exists()
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == ["ward.opale"]
    whole = path.read_bytes().decode("utf-8", "replace").casefold()
    for text in (who, NAME, "planquette", "zoé", "martin", "influenza", "maternity", f"{who}-a1"):
        assert text.casefold() not in whole, text


def test_the_journal_says_that_it_was_done_and_never_of_whom(study: Study, path: Path) -> None:
    who = study.base.staff[0].id
    with open_study(path) as opened:
        before = len(opened.history())
        made = purge_person(opened, who)
        with made.opened:
            made.save()
    with open_study(path) as opened:
        history = opened.history()
        assert len(history) == before + 1
        line = history[-1]
        assert (line.action, line.parameters) == ("journal.purged", {"what": "person"})
        assert line.author
        assert deltas.reachable(opened.connection) == {line.number}
        assert history[1].parameters["name"] == "half time", "what others need of it stays"


def test_her_past_stays_under_another_code_and_what_is_ahead_goes(study: Study, path: Path) -> None:
    who = study.base.staff[0].id
    with open_study(path) as opened:
        before = opened.study
        made = purge_person(opened, who)
        with made.opened:
            after = made.opened.study
    code = after.base.staff[0].id
    assert code.startswith("X-")
    assert (after.base.staff[0].name, after.base.staff[0].last) == ("", SINCE - 1)
    for name in (BASE, after.scenarios[1].name):
        duties = [duty for duty in after.scenario(name).plan.duties if duty.person == code]
        assert [duty.day for duty in duties] == [1, 5]
    published = after.scenario(BASE).published
    assert published is not None
    assert [d.day for d in published.duties if d.person == code] == [1, 5]
    mine = [each for each in after.base.absences if each.person == code]
    assert {each.reason for each in mine} == {""}
    assert 2 in {each.first for each in mine}
    assert all(each.last < SINCE for each in mine), "what is ahead has gone"
    assert [each for each in after.base.requests if each.person == code] == []
    assert made.counts["duty"] == 2 * 3
    hers = [a for a in before.base.absences if a.person == who and a.last >= SINCE]
    wishes = [each for each in before.base.requests if each.person == who]
    assert (made.counts["absence"], made.counts["request"]) == (len(hers), len(wishes))
    for scenario in before.scenarios:
        name = after.scenarios[before.scenarios.index(scenario)].name
        assert before.stale(scenario.name) == after.stale(name)
        states = [standing(s, n).state for s, n in ((before, scenario.name), (after, name))]
        assert states[0] == states[1]


def test_what_was_signed_is_signed_still(study: Study) -> None:
    with create_study(study) as opened:
        made = purge_person(opened, study.base.staff[0].id)
        with made.opened:
            after = made.opened.study
    states = [standing(s, s.scenarios[1].name) for s in (study, after)]
    assert [each.state for each in states] == ["proposed", "proposed"]
    assert [each.signatures[0].account for each in states] == ["cadre", "cadre"]
    assert states[1].signatures[0].reason == f"{after.base.staff[0].id} is away"


def test_what_others_have_done_and_their_counters_are_as_they_were(
    study: Study, path: Path
) -> None:
    who = study.base.staff[0].id
    with open_study(path) as opened:
        made = purge_person(opened, who)
        with made.opened:
            after = made.opened.study
    code = after.base.staff[0].id
    assert after.base.staff[1:] == study.base.staff[1:]
    assert [h.past for h in after.base.histories] == [h.past for h in study.base.histories]
    assert [c.amount for c in after.base.carried] == [c.amount for c in study.base.carried]
    others = [[d for d in s.scenario(BASE).plan.duties if d.person not in (who, code)]
              for s in (study, after)]  # fmt: skip
    assert others[0] == others[1]
    breaches = [
        {
            (str(each.rule.id), each.breach.about, each.breach.amount)
            for each in Outcome(s.base, s.scenario(BASE).plan).judgement.judged
            if each.breach.about.subjects and not {who, code} & set(each.breach.about.subjects)
            and each.rule.type not in ("coverage", "equity")
        }
        for s in (study_as_saved(path), after)
    ]  # fmt: skip
    assert breaches[0] == breaches[1]


def study_as_saved(path: Path) -> Study:
    with open_study(path) as opened:
        return opened.study


def test_scenarios_named_after_her_are_so_in_no_line_of_the_journal(
    study: Study, path: Path
) -> None:
    who, first = study.base.staff[0].id, study.base.cases[0]
    with open_study(path) as opened:
        change = Set(kind="case", id=first.id, field="mean", expected=first.mean, value=99)
        group = ChangeSet(name="longer", changes=(change,))
        opened.do(Record(scenario="without Planquette", group=group))
        assert "without Planquette" in opened.history()[-1].fingerprints
        opened.save()
    with open_study(path) as opened:
        made = purge_person(opened, who)
        with made.opened:
            assert made.left == ()
            made.save()
    assert "planquette" not in path.read_bytes().decode("utf-8", "replace").casefold()
    with open_study(path) as opened:
        (name,) = opened.history()[-2].fingerprints
        assert name == opened.history()[-2].scenarios[0] == opened.study.scenarios[1].name


def test_words_of_the_journal_are_nobodys_whatever_she_is_called(
    study: Study, tmp_path: Path
) -> None:
    base = study.base
    who = base.staff[0].id
    called = dataclasses.replace(base.staff[0], name="Kind Field Group Value Staff Share Changes")
    with create_study(
        dataclasses.replace(study, base=dataclasses.replace(base, staff=(called, *base.staff[1:])))
    ) as opened:
        change = Set(kind="staff", id=who, field="share", expected=100, value=50)
        group = ChangeSet(name="Group Value", changes=(change,))
        opened.do(Record(scenario=BASE, group=group), reason="asked by Kind Field")
        opened.save(tmp_path / "called.opale")
    with open_study(tmp_path / "called.opale") as opened:
        made = purge_person(opened, who)
        with made.opened:
            code = made.opened.study.base.staff[0].id
            made.save()
    with open_study(tmp_path / "called.opale") as opened:
        line = opened.history()[1]
    assert line.reason == f"asked by {code}"
    (plain,) = line.parameters["group"]["changes"]
    assert (plain["kind"], plain["id"], plain["field"]) == ("staff", code, "share")


def test_what_could_not_be_opened_again_is_never_written(
    study: Study, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sqlite3.Connection, _: object) -> int:
        return connection.execute("UPDATE journal SET parameters = '{\"group\": 1}'").rowcount

    monkeypatch.setattr(purging, "forget", broken)
    before = path.read_bytes()
    with open_study(path) as opened, pytest.raises(Refused) as refused:
        purge_person(opened, study.base.staff[0].id)
    assert "journal" in refused.value.sentence("en")
    assert path.read_bytes() == before


def test_a_copy_that_cannot_be_deleted_is_told(
    study: Study, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, unlink = path.with_name("ward.opale.bak"), Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self == backup:
            raise PermissionError(self)
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    with open_study(path) as opened:
        made = purge_person(opened, study.base.staff[0].id)
        with made.opened:
            gone = made.save()
    assert made.kept == (backup,)
    assert backup not in gone
    assert backup.exists()


def test_keys_of_shared_files_name_no_scenario_after_her_and_still_fit(
    study: Study, path: Path, tmp_path: Path
) -> None:
    shared = share(study, tmp_path / "shared.opale", names=False)
    assert shared.key is not None
    assert "without Planquette" in shared.key.read_text(encoding="utf-8")
    with open_study(path) as opened:
        made = purge_person(opened, study.base.staff[0].id)
        with made.opened:
            made.save()
            name = made.opened.study.scenarios[1].name
    assert made.kept == ()
    assert "planquette" not in shared.key.read_text(encoding="utf-8").casefold()
    key = key_of(shared.key.stem)
    assert key is not None
    assert key.scenarios == {BASE: BASE, name: "scenario 1"}


def test_an_absence_that_goes_on_ends_with_what_has_been(study: Study) -> None:
    base = study.base
    who = base.staff[0].id
    leave = Absence(id="long", person=who, first=SINCE - 4, last=SINCE + 4, reason="leave")
    with create_study(
        dataclasses.replace(study, base=dataclasses.replace(base, absences=(leave,)))
    ) as opened:
        made = purge_person(opened, who)
        with made.opened:
            (left,) = made.opened.study.base.absences
    assert (left.first, left.last, left.reason) == (SINCE - 4, SINCE - 1, "")
    assert made.counts["absence"] == 1


def test_a_surgeon_on_the_roster_is_erased_under_both_names(study: Study) -> None:
    base = study.base
    surgeon = base.surgeons[0]
    named = dataclasses.replace(surgeon, name="Docteur Z. Ostrowski")
    staff = dataclasses.replace(base.staff[0], id=surgeon.id)
    both = dataclasses.replace(
        base, surgeons=(named, *base.surgeons[1:]), staff=(*base.staff, staff)
    )
    with create_study(dataclasses.replace(study, base=both, scenarios=study.scenarios[:1])) as one:
        made = purge_person(one, surgeon.id)
        with made.opened:
            after = made.opened.study.base
    assert made.left == ()
    assert after.surgeons[0].name == ""
    assert after.staff[-1].name == ""
    assert after.surgeons[0].id == after.staff[-1].id != surgeon.id


def test_nobody_of_that_code_is_a_sentence(path: Path) -> None:
    with open_study(path) as opened, pytest.raises(EditRefusedError) as refused:
        purge_person(opened, "nobody-99")
    assert refused.value.what == "purge.nobody"


def test_a_patient_and_a_surgeon_are_erased_too(study: Study, path: Path) -> None:
    for id in (study.base.cases[0].id, study.base.surgeons[0].id):
        with open_study(path) as opened:
            made = purge_person(opened, id)
            with made.opened:
                assert made.left == ()
                made.save()
        assert id.encode() not in path.read_bytes()
        assert b"knows planquette" not in path.read_bytes() or id != study.base.cases[0].id


def test_what_would_be_left_is_named(study: Study, tmp_path: Path) -> None:
    who = study.base.staff[0].id
    base = study.base
    teams = tuple(dataclasses.replace(each, team=NAME) for each in base.staff[1:2])
    leaky = dataclasses.replace(
        study, base=dataclasses.replace(base, staff=(base.staff[0], *teams, *base.staff[2:]))
    )
    with create_study(leaky) as opened:
        opened.save(tmp_path / "leaky.opale")
        made = purge_person(opened, who)
        with made.opened:
            assert made.left == (NAME,)


# --- what is old ----------------------------------------------------------------------------------


def test_what_is_older_than_a_day_goes_and_the_rest_stays(study: Study, path: Path) -> None:
    horizon = study.base.horizon
    with open_study(path) as opened:
        before = opened.study
        day = horizon.start - timedelta(days=7)
        made = purge_before(opened, day)
        with made.opened:
            after = made.opened.study
            history = made.opened.history()
    assert {len(each.past) for each in after.base.histories} <= set(range(8))
    assert any(len(each.past) > 7 for each in before.base.histories)
    for old, new in zip(before.base.histories, after.base.histories, strict=True):
        assert new.past == old.past[-7:]
    assert after.base.absences == tuple(a for a in before.base.absences if a.last >= -7)
    assert after.base.staff == before.base.staff
    assert after.scenario(BASE).plan == before.scenario(BASE).plan
    assert made.counts["journal"] == 0, "its lines are of today"
    assert history[-1].parameters == {"what": "before", "before": day.isoformat()}
    assert before.stale(BASE) == after.stale(BASE)


def test_of_an_old_line_stays_that_there_was_one(study: Study, path: Path) -> None:
    with open_study(path) as opened:
        made = purge_before(opened, date.today() + timedelta(days=3))  # noqa: DTZ011 - a day of the clock here
        with made.opened:
            assert made.counts["journal"] == 3
            made.save()
    with open_study(path) as opened:
        *old, last = opened.history()
    assert {(line.action, line.author, line.reason) for line in old[:-1]} <= {
        ("journal.let_go", "", "")
    }
    assert all(line.parameters == {} for line in old[:-1])
    assert last.action in ("journal.purged", "journal.let_go")
    assert NAME.encode() in path.read_bytes(), "she is there still: that is another purge"
