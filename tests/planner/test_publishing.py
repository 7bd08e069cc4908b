"""What publishing does, said before it is done: doubts, whom to tell, what rules on notice say."""

import dataclasses

from roster_words import situation as roster
from test_appointing import study as house
from test_promising import study as ward

from planner.appointing import Appoint
from planner.changes import ChangeSet, Remove
from planner.edits import Publish, Record
from planner.hand_edits import TakeOut
from planner.people import Promise, StaffId
from planner.published import to_tell
from planner.publishing import publishing
from planner.publishing_words import lines, notices, sections
from planner.rules.roster.publication import Publication
from planner.rules.roster.roster_kept import RosterKept
from planner.study import BASE, Study


def test_patients_are_told_when_where_and_who_loses_an_appointment() -> None:
    found = publishing(house(), BASE, "told")
    assert found.edit == Appoint(scenario=BASE, name="told")
    assert [(each.case, each.before is None, each.after is None) for each in found.patients] == [
        ("K1", True, False),
        ("K2", False, False),
        ("K3", False, True),
    ]
    told = lines(found, "en", headed=False)
    assert told[-3].startswith("K1: Wed 3 Jun, 08:00, R1")
    assert ", instead of Sat 6 Jun" in told[-2]
    assert told[-1].startswith("K3: the appointment is withdrawn")


def test_who_knows_it_already_is_not_told_again() -> None:
    after = Appoint(scenario=BASE, name="told").apply(house())
    found = publishing(after, BASE, "told")
    assert (found.patients, found.staff) == ((), ())
    assert lines(found, "en")[-1].startswith("Nobody has to be told")


def test_without_telling_it_is_kept_as_the_published_plan_alone() -> None:
    found = publishing(house(), BASE, None)
    assert found.edit == Publish(scenario=BASE)
    assert (found.patients, found.staff, found.notice) == ((), (), ())


def test_staff_are_told_a_first_roster_or_the_days_that_change() -> None:
    before = (Promise(id=StaffId("A"), days=("M", "M", "N12"), told=-30),)
    found = publishing(ward(20, before), BASE, "told")
    told = {each.person: (each.first, [day.day for day in each.days]) for each in found.staff}
    assert told == {"A": (False, [1]), "B": (True, [0, 1, 2])}
    said = lines(found, "en", headed=False)
    assert said[-2].endswith("off instead of M")
    assert "a first roster from" in said[-1]


def test_without_telling_notice_is_named_as_with_it() -> None:
    before = (Promise(id=StaffId("A"), days=("M", "M", "N12"), told=-30),)
    late = _with_rules(ward(-1, before))
    silent = publishing(late, BASE, None)
    assert silent.notice == publishing(late, BASE, "told").notice != ()
    assert (silent.patients, silent.staff) == ((), ())
    assert next(notices(silent, "en")).startswith("Notice not kept, though it must be")


def test_who_is_withdrawn_from_the_facts_is_told_until_the_next_plan_goes_out() -> None:
    made = Appoint(scenario=BASE, name="told").apply(house())
    named = {"K1": "Wed 3 Jun, 08:00, R1", "K2": "Thu 4 Jun"}
    for id, where in named.items():
        group = ChangeSet(name="gone", changes=(_gone("case", id), _gone("appointment", id)))
        without = Record(scenario=BASE, group=group).apply(made)
        after = TakeOut(scenario=BASE, cases=frozenset({id})).apply(without)
        for each in (without, after):
            found = to_tell(each, BASE, "en")
            assert found is not None
            assert [(p.case, p.after) for p in found.patients] == [(id, None)]
            assert where in lines(found, "en")[-1]
        told = to_tell(Appoint(scenario=BASE, name="again").apply(after), BASE, "en")
        assert told is not None
        assert told.patients == ()


def test_who_was_operated_or_lost_her_session_too() -> None:
    made = Appoint(scenario=BASE, name="told").apply(house())
    both = (_gone("case", "K1"), _gone("appointment", "K1"), _gone("session", "A"))
    after = Record(scenario=BASE, group=ChangeSet(name="gone", changes=both)).apply(made)
    for lang, words in (("en", "K1: the appointment is withdrawn"), ("fr", "est retiré")):
        found = to_tell(after, BASE, lang)
        assert found is not None
        assert lines(found, lang)[-1].endswith(words)
    kept = Record(scenario=BASE, group=ChangeSet(name="gone", changes=both[:2])).apply(made)
    later = kept.base.horizon.date(3)
    over = dataclasses.replace(kept, base=dataclasses.replace(kept.base, as_of=later))
    found = to_tell(over, BASE, "en")
    assert found is not None
    assert found.patients == (), "the day of her operation is over"


def _gone(kind: str, id: str) -> Remove:
    return Remove(kind=kind, id=id, record=())


def test_past_days_are_told_to_nobody() -> None:
    before = tuple(
        Promise(id=StaffId(id), days=("S", "-", days), told=-30)
        for id, days in (("A", "N12"), ("B", "-"))
    )
    assert publishing(ward(-1, before), BASE, "told").staff == ()


def _with_rules(made: Study) -> Study:
    notice = (Publication(id="15", tier=0), RosterKept(id="48", tier=1, within=2))
    rules = (*notice, RosterKept(id="any", tier=2))  # says nothing of notice
    return dataclasses.replace(made, base=dataclasses.replace(made.base, rules=rules))


def test_rules_on_notice_are_named_before_it_happens() -> None:
    before = (Promise(id=StaffId("A"), days=("M", "M", "N12"), told=-30),)
    found = publishing(_with_rules(ward(-1, before)), BASE, "told")
    assert [(each.rule.id, each.breach.about.subjects) for each in found.notice] == [
        ("48", ("A",)),  # told within 48 hours; once told, the audit has nothing more to say
        ("15", ("B",)),  # known from now on, too late
    ]
    said = [each for each in sections(found, "en") if each.what == "notice"]
    assert [(each.grave, len(each.lines)) for each in said] == [(True, 1), (False, 1)]
    assert said[0].heading.startswith("Notice not kept, though it must be")


def test_many_breaches_of_a_rule_are_said_a_few_at_a_time() -> None:
    problem, plan = roster({f"P{n}": "M" for n in range(9)})
    problem = dataclasses.replace(problem, rules=(Publication(id="15", tier=0),))
    made = Study(id="s", name="s", base=problem)
    made = made.replace(dataclasses.replace(made.scenario(BASE), plan=plan))
    section = next(sections(publishing(made, BASE, "told"), "fr"))
    assert "(9 fois)" in section.heading
    assert section.lines[-1] == "et 3 autres"
