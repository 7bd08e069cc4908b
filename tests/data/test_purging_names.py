"""A purge of one person takes nobody else’s name away, and names what people have to decide."""

import dataclasses
from pathlib import Path

import pytest
from demo_hospitals import generate

from data.purging import purge_person
from data.study_file import create_study, open_study
from planner.changes import Add, Change, ChangeSet, Set, removal
from planner.edits import Branch, Record
from planner.people import Absence
from planner.plain import to_plain
from planner.problem import Problem
from planner.study import BASE, Study


def _named(problem: Problem, kind: str, names: tuple[str, ...], field: str = "name") -> Problem:
    records = problem.records(kind)
    first = tuple(
        dataclasses.replace(record, **{field: name})
        for record, name in zip(records, names, strict=False)
    )
    return problem.with_records(kind, (*first, *records[len(names) :]))


@pytest.fixture(scope="module")
def study() -> Study:
    base = generate("small")
    base = _named(base, "staff", ("Marie Dupont", "Paul Dupont", "Marie Petit"))
    base = _named(base, "surgeon", ("Dr Jean Dupont", "Docteur Marie Dupont"))
    base = _named(base, "theatre", ("Salle Marie Curie",))
    base = _named(base, "procedure", ("Prothèse (voie Dupont)",))
    notes = ("voir le docteur Petit, Marie", "Dupont, Marie sera absente", "agreed with dupont")
    base = _named(base, "case", notes, "note")
    made = Branch(parent=BASE, name="Sans Dupont").apply(
        Study(id="named1", name="small", base=base)
    )
    other = Set(kind="staff", id=base.staff[1].id, field="name", expected="Paul Dupont",
                value="Paul Dupont-Petit")  # fmt: skip
    return Record(scenario="Sans Dupont", group=ChangeSet(name="e", changes=(other,))).apply(made)


def test_names_of_others_stay_and_what_is_in_doubt_is_named(study: Study) -> None:
    base = study.base
    with create_study(study) as opened:
        made = purge_person(opened, base.staff[0].id)
        with made.opened:
            after, code = made.opened.study, made.opened.study.base.staff[0].id
    assert made.left == ()
    assert [each.name for each in after.base.staff[:3]] == ["", "Paul Dupont", "Marie Petit"]
    assert after.base.surgeons == base.surgeons
    assert after.base.theatres == base.theatres
    assert after.base.procedures == base.procedures
    assert [each.note for each in after.base.cases[:3]] == [
        "voir le docteur Petit, Marie",
        f"{code} sera absente",
        "agreed with dupont",
    ]
    assert after.scenarios[1].name == "Sans Dupont"
    (change,) = after.scenarios[1].changes[0].changes
    assert isinstance(change, Set)
    assert (change.expected, change.value) == ("Paul Dupont", "Paul Dupont-Petit")
    told = {(t.kind, t.id, t.field): (t.before, t.after, t.undecided) for t in made.texts}
    two = (base.surgeons[1].id, base.cases[1].id)
    assert told == {
        ("staff", base.staff[0].id, "name"): ("Marie Dupont", "", ()),
        ("surgeon", two[0], "name"): ("Docteur Marie Dupont",) * 2 + (("Docteur Marie Dupont",),),
        ("case", two[1], "note"): ("Dupont, Marie sera absente", f"{code} sera absente", ()),
        ("case", base.cases[2].id, "note"): ("agreed with dupont",) * 2 + (("dupont",),),
        ("scenario", "Sans Dupont", "name"): ("Sans Dupont", "Sans Dupont", ("Dupont",)),
        ("procedure", base.procedures[0].id, "name"): (
            *("Prothèse (voie Dupont)",) * 2,
            ("Dupont",),
        ),
    }


def test_labels_that_name_her_in_another_writing_are_left_with_their_place(study: Study) -> None:
    """A code or whole name hinders it; a surname alone is for people to decide."""
    base = _named(study.base, "staff", ("Odile Lefort",))
    rules = (dataclasses.replace(base.rules[0], id="repos-lefort-1"), *base.rules[1:])
    other = dataclasses.replace(base.staff[1], team="équipe Lefort")
    base = dataclasses.replace(base, rules=rules, staff=(base.staff[0], other, *base.staff[2:]))
    for code, left in (("LEFORT-1", ["repos-lefort-1"]), ("X12", [])):
        people = (dataclasses.replace(base.staff[0], id=code), *base.staff[1:])
        named = dataclasses.replace(study, base=dataclasses.replace(base, staff=people))
        with create_study(named) as opened:
            made = purge_person(opened, code)
            with made.opened:
                assert list(made.left) == left
        assert [(e.kind, e.id, e.field) for e in made.places] == [
            ("rule", each, "id") for each in left
        ]
        doubted = {(e.kind, e.id, e.field): e.before for e in made.texts if e.undecided}
        assert doubted[("staff", other.id, "team")] == "équipe Lefort"
        assert ("rule", "repos-lefort-1", "id") in doubted or left


def test_a_whole_name_in_a_label_hinders_it_in_any_case_and_order(study: Study) -> None:
    base = _named(study.base, "staff", ("Odile Lefort",))
    base = _named(base, "procedure", ("PTH LEFORT Odile",))
    with create_study(dataclasses.replace(study, base=base)) as opened:
        made = purge_person(opened, base.staff[0].id)
        with made.opened:
            assert made.left == ("PTH LEFORT Odile",)


def test_a_person_whose_code_is_a_number_is_erased_and_no_number_is_touched(
    study: Study, tmp_path: Path
) -> None:
    base = study.base
    numbered = dataclasses.replace(base.staff[3], id="60", name="Zoé Planquette")
    late = _named(base, "case", ("60 minutes late", "60"), "note")
    late = late.with_records("staff", (*base.staff, numbered))
    path = tmp_path / "numbered.opale"
    with create_study(Study(id="numbered1", name="small", base=late)) as opened:
        first = base.cases[0]
        for name, mean in (("60 more", 60), ("again", 61)):
            change = Set(kind="case", id=first.id, field="mean", expected=first.mean, value=mean)
            group = ChangeSet(name=name, changes=(change,))
            opened.do(Record(scenario=BASE, group=group), reason="at 10:60, 60 by Planquette")
        opened.save(path)
    with open_study(path) as opened:
        made = purge_person(opened, "60")
        with made.opened:
            assert made.left == ()
            made.save()
    with open_study(path) as opened:
        code = opened.study.base.staff[-1].id
        assert code.startswith("X-")
        line = next(each for each in opened.history() if "group" in each.parameters)
        assert line.parameters["group"]["changes"][0]["value"] == 60
        assert line.parameters["group"]["name"] == "60 more"
        assert line.reason == f"at 10:60, 60 by {code}"
        assert [each.note for each in opened.study.base.cases[:2]] == ["60 minutes late", code]
    assert b"Planquette" not in path.read_bytes()


@pytest.mark.parametrize("kind", ["staff", "surgeon", "case"])
def test_what_is_written_about_her_alone_goes_from_what_ifs_and_lines_too(
    study: Study, tmp_path: Path, kind: str
) -> None:
    """A sentence that does not name her is hers all the same: only whoever is erased tells."""
    base = study.base
    who = str(base.records(kind)[0].id)
    leave = Absence(id="a2", person=who, first=2, last=2, reason="surgery of a knee")
    later = Absence(id="a3", person=who, first=3, last=3, reason="plaster")
    about, field, id = ("case", "note", who) if kind == "case" else ("absence", "reason", leave.id)
    changes: list[Change] = [
        Set(kind=about, id=id, field=field, expected="an aching knee", value="a broken knee")
    ]
    if kind != "case":
        base = base.with_records("absence", (*base.absences, leave))
        record = tuple(to_plain(later, base.horizon).items())
        changes.append(Add(kind="absence", id=later.id, record=record))
        changes.append(removal(base, "absence", leave.id))
    path = tmp_path / "hers.opale"
    with create_study(dataclasses.replace(study, base=base)) as opened:
        for name in ("Sans Dupont", BASE):
            for change in changes:
                opened.do(Record(scenario=name, group=ChangeSet(name="told", changes=(change,))))
        opened.save(path)
    hers = [b"aching knee", b"broken knee"]
    hers += [b"surgery", b"plaster"] if kind != "case" else []
    assert all(words in path.read_bytes() for words in hers)
    with open_study(path) as opened:
        made = purge_person(opened, who)
        with made.opened:
            made.save()
    assert [words for words in hers if words in path.read_bytes()] == []
    with open_study(path) as opened:
        lines = [
            each.parameters["group"] for each in opened.history() if "group" in each.parameters
        ]
        assert {each["name"] for each in lines} == {"told"}


def test_the_base_keeps_its_name_whatever_somebody_is_called(study: Study) -> None:
    base = study.base
    named = dataclasses.replace(study, base=_named(base, "staff", ("Anne-Marie Base",)))
    change = Set(kind="case", id=base.cases[3].id, field="note", expected="", value="ask Mme Base")
    with create_study(named) as opened:
        opened.do(Record(scenario=BASE, group=ChangeSet(name="e", changes=(change,))))
        made = purge_person(opened, base.staff[0].id)
        with made.opened:
            after, lines = made.opened.study, made.opened.history()
    code = after.base.staff[0].id
    assert [each.name for each in after.scenarios] == [BASE, "Sans Dupont"]
    assert after.base.cases[3].note == f"ask {code}"
    assert lines[1].scenarios == (BASE,)
    assert [*lines[1].fingerprints] == [BASE]
    assert lines[1].parameters["group"]["changes"][0]["value"] == f"ask {code}"
