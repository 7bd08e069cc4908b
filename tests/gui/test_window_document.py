"""The document of a window: edits, undo, the working copy, locks."""

import dataclasses
import errno
import os
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from data.lock import Held, holder_of
from data.refused import Refused
from data.study_file import open_study
from data.working import Leftover, leftovers
from planner.changes import Add, ChangeSet, Remove, Set
from planner.edits import AdoptPlan, Branch, EditRefusedError, Record, Waive
from planner.hand_edits import Place, Rename
from planner.hospital import TheatreId
from planner.plain import to_plain
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.record_words import id_words
from planner.rules.contract import Waiver
from planner.sentences import title
from planner.study import BASE, Study
from planner.words import say
from ui.window.document import Document
from ui.window.importing import report
from ui.window.main_window import MainWindow
from ui.window.steps import step_words
from ui.window.undo import Step
from ui.window.workbench import Workbench


def some_place(document: Document) -> Place:
    problem = document.problem
    session = next(s for s in problem.sessions if s.owners and not s.closed)
    case = next(c for c in problem.cases if c.specialty in session.owners)
    surgeon = next(iter(sorted(case.surgeons)), None)
    return Place(scenario=document.name, placement=Placement(case.id, session.id, surgeon, 540))


def test_an_edit_is_on_disk_at_once_and_undone_without_loss(small_document: Document) -> None:
    before = small_document.study
    small_document.do(some_place(small_document))
    assert list(small_document.plan.placements) == [some_place(small_document).placement]
    lines = [entry.action for entry in small_document.opened.history()]
    assert lines[-1] == "edit_place"
    small_document.stack.undo()
    assert small_document.study == before
    small_document.stack.redo()
    assert [e.action for e in small_document.opened.history()][-2:] == [
        "journal.undone",
        "journal.redone",
    ]
    assert list(small_document.plan.placements) == [some_place(small_document).placement]


def test_save_writes_what_opens_equal(small_document: Document, tmp_path: Path) -> None:
    small_document.do(some_place(small_document))
    assert small_document.unsaved
    path = small_document.save(tmp_path / "one.opale")
    assert not small_document.unsaved
    assert holder_of(path) is not None
    with open_study(path) as opened:
        assert opened.study == small_document.study


def test_an_edit_after_saving_is_found_after_a_crash(
    small_document: Document, tmp_path: Path
) -> None:
    small_document.save(tmp_path / "one.opale")
    small_document.do(Branch(parent=BASE, name="Two"))
    about = small_document.opened.folder
    assert about is not None
    text = (about / "about.json").read_text(encoding="utf-8")

    (about / "about.json").write_text(
        text.replace(f'"pid":{os.getpid()}', '"pid":4194303'), encoding="utf-8"
    )
    (left,) = leftovers(tmp_path / "one.opale")
    assert left.edits == 1


def test_a_held_file_opens_read_only_and_refuses_edits(
    small_document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_document.save(tmp_path / "one.opale")
    with pytest.raises(Held):
        Document.open(path)
    other = Document.open(path, read_only=True)
    try:
        with pytest.raises(EditRefusedError, match="read_only"):
            other.do(Branch(parent=BASE, name="Mine"))
        assert not other.unsaved
    finally:
        other.close()


def test_a_branch_undone_while_open_goes_back_to_its_parent(small_document: Document) -> None:
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.show("Two")
    small_document.stack.undo()
    assert small_document.name == BASE


def test_a_renamed_scenario_stays_open_and_keeps_its_children(small_document: Document) -> None:
    small_document.do(Branch(parent=BASE, name="Two"))
    small_document.do(Branch(parent="Two", name="Three"))
    small_document.show("Two")
    small_document.do(Rename(scenario="Two", name="Second"))
    assert small_document.name == "Second"
    assert small_document.study.scenario("Three").parent == "Second"
    small_document.stack.undo()
    assert small_document.name == "Two"


def test_a_changed_fact_makes_the_plan_stale(small_document: Document) -> None:
    small_document.do(some_place(small_document))
    case = small_document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 10)
    small_document.do(Record(scenario=BASE, group=ChangeSet(name="shorter", changes=(change,))))
    assert small_document.study.stale(BASE)
    small_document.stack.undo()
    assert not small_document.study.stale(BASE)


def test_edits_of_one_burst_are_one_step(small_document: Document) -> None:
    place = some_place(small_document)
    for start in (540, 545, 550):
        moved = place.placement._replace(start=start)
        small_document.do(Place(scenario=BASE, placement=moved), burst="nudge")
    assert small_document.stack.count() == 1
    small_document.stack.undo()
    assert not list(small_document.plan.placements)


def test_a_report_says_what_moved_in_the_base_since(
    bench: Workbench, small_document: Document, tmp_path: Path
) -> None:
    small_document.do(some_place(small_document))
    case = small_document.problem.cases[0]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=case.mean + 10)
    group = ChangeSet(name="ten minutes more", changes=(change,))
    small_document.do(Record(scenario=BASE, group=group))
    report(bench, tmp_path / "report.html")
    assert "ten minutes more" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_saving_again_writes_over_what_was_saved(small_document: Document, tmp_path: Path) -> None:
    path = small_document.save(tmp_path / "one.opale")
    small_document.do(Branch(parent=BASE, name="Two"))
    assert small_document.save() == path
    assert not small_document.unsaved
    with open_study(path) as opened:
        assert [each.name for each in opened.study.scenarios] == [BASE, "Two"]


def test_a_study_opens_again_with_the_scenario_that_was_open(
    bench: Workbench, small_document: Document, tmp_path: Path
) -> None:
    small_document.do(Branch(parent=BASE, name="Essai A/B"))
    small_document.show("Essai A/B")
    path = small_document.save(tmp_path / "again.opale")
    before = path.read_bytes()
    bench.take(Document.open(path, read_only=True))
    assert bench.document is not None
    assert bench.document.name == "Essai A/B"
    assert path.read_bytes() == before
    bench.document.show(BASE)
    bench.take(Document.open(path, read_only=True))
    assert bench.document.name == BASE


def test_an_edit_that_leads_a_link_to_nothing_is_refused_in_a_sentence(
    small_document: Document,
) -> None:
    """As on the command line: no plan could be judged with it, in any scenario."""
    problem, before = small_document.problem, small_document.study
    case, theatre = problem.cases[0], problem.theatres[0]
    wrong = Set(kind="case", id=case.id, field="procedure", expected=case.procedure, value="XX")
    for change, named in ((wrong, "XX"), (Remove(kind="theatre", id=theatre.id), theatre.id)):
        group = ChangeSet(name="wrong", changes=(change,))
        with pytest.raises(EditRefusedError) as refused:
            small_document.do(Record(scenario=BASE, group=group))
        assert named in say(refused.value.what, "en", **refused.value.facts)
        assert small_document.study is before
    small_document.do(Branch(parent=BASE, name="Two"))
    session = problem.sessions[0]
    own = dataclasses.replace(theatre, id=TheatreId("S99"))
    plain = tuple(to_plain(own, problem.horizon).items())
    add = ChangeSet(name="room", changes=(Add(kind="theatre", id="S99", record=plain),))
    small_document.do(Record(scenario=BASE, group=add))
    moved = Set(
        kind="session", id=session.id, field="theatre", expected=session.theatre, value="S99"
    )
    small_document.do(Record(scenario="Two", group=ChangeSet(name="moved", changes=(moved,))))
    gone = ChangeSet(name="gone", changes=(Remove(kind="theatre", id="S99"),))
    with pytest.raises(EditRefusedError):  # a scenario below stands on it
        small_document.do(Record(scenario=BASE, group=gone))


def test_hours_that_end_before_they_start_are_refused_where_the_edit_is(
    small_document: Document,
) -> None:
    session = small_document.problem.sessions[0]
    small_document.do(Branch(parent=BASE, name="Two"))

    def hours(scenario: str, **values: str) -> Record:
        changes = tuple(
            Set(kind="session", id=session.id, field=field, value=value)
            for field, value in values.items()
        )
        return Record(scenario=scenario, group=ChangeSet(name=scenario, changes=changes))

    with pytest.raises(EditRefusedError) as refused:
        small_document.do(hours(BASE, end="06:00"))
    assert "ends before it begins" in say(refused.value.what, "en", **refused.value.facts)
    small_document.do(hours("Two", start="05:00", end="06:00"))
    small_document.do(hours(BASE, start="06:30"))  # a fault of one below is shown there
    small_document.do(hours("Two", start="07:00", end="08:00"))


def test_a_step_is_named_by_what_is_shown_for_base_session_rule_and_run(
    small_document: Document,
) -> None:
    problem, do = small_document.problem, small_document.do
    case, session, rule = problem.cases[0].id, problem.sessions[0], problem.rules[0]
    waiver = Waiver(
        rule=rule.id,
        subjects=frozenset(),
        first=0,
        last=0,
        most=1,
        reason="because",
        author="me",
        made=problem.as_of,
    )
    do(Branch(parent=BASE, name="Other"))
    do(AdoptPlan(scenario=BASE, plan=Plan(), run="20261126-abcdef", made_for="x"))
    do(Place(scenario=BASE, placement=Placement(case, session.id, None, 540)))
    do(Waive(scenario=BASE, waiver=waiver))
    steps = [small_document.stack.command(at) for at in range(small_document.stack.count())]
    ours = [step for step in steps if isinstance(step, Step)]
    told = {
        lang: [re.sub(r"\s", " ", step_words(step, lang)) for step in ours] for lang in ("en", "fr")
    }
    place = {lang: id_words(problem, "session", session.id, lang) for lang in told}
    assert place["en"] != place["fr"]
    assert told["en"] == [
        "New scenario “Other” on “Base”",
        "Plan of “Base” adopted",
        f"Place {case} in {place['en']}",
        f"A breach of “{title(rule, 'en')}” accepted in “Base”",
    ]
    assert told["fr"] == [
        "Nouvelle variante « Other » à partir de « Base »",
        "Plan de « Base » adopté",
        f"Placer {case} dans {place['fr']}",
        f"Un écart à « {title(rule, 'fr')} » accepté dans « Base »",
    ]


def test_a_study_saved_under_another_name_lets_its_first_file_go(
    small_document: Document, tmp_path: Path
) -> None:
    first = small_document.save(tmp_path / "one.opale")
    second = small_document.save(tmp_path / "two.opale")
    assert holder_of(first) is None
    assert holder_of(second) is not None
    assert not list(tmp_path.glob(".~one*"))
    small_document.close()
    assert not list(tmp_path.glob(".~*"))


def test_a_link_to_a_study_is_the_study_for_whoever_comes_second(
    small_document: Document, tmp_path: Path
) -> None:
    path = small_document.save(tmp_path / "one.opale")
    link = tmp_path / "link.opale"
    link.symlink_to(path)
    assert holder_of(link) is not None
    with pytest.raises(Held):
        Document.open(link)
    assert small_document.save(link) == path  # it is the same file, which is ours
    assert not link.with_name(".~link.opale.lock").exists()


def test_a_working_copy_that_is_broken_leaves_no_lock(
    small_document: Document, tmp_path: Path
) -> None:
    path = small_document.save(tmp_path / "one.opale")
    small_document.close()
    left = Leftover(folder=tmp_path / "gone", path=path, study="small", since="", edits=1, last="")
    with pytest.raises(Refused):
        Document.recover(left)
    assert holder_of(path) is None


def test_a_disk_that_is_full_at_saving_is_said_and_loses_nothing(
    main: MainWindow,
    small_problem: Problem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F74: the file is the old one, the working copy has the edits, and saving works once there is room."""
    document = Document.of(Study(id="full", name="full", base=small_problem))
    main.bench.take(document)
    path = document.save(tmp_path / "one.opale")
    before = path.read_bytes()
    document.do(Branch(parent=BASE, name="Two"))
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()) or 0)
    main.bench.speak("fr")
    for number, words in ((errno.ENOSPC, "disque est plein"), (errno.EROFS, "pas le droit")):

        def fails(_: int, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr("os.fsync", fails)
        assert not main.files.save()
        assert words in told[-1]
        assert path.read_bytes() == before
        assert document.unsaved
        assert {each.name for each in tmp_path.glob("*one*")} == {"one.opale", ".~one.opale.lock"}
    monkeypatch.undo()
    assert main.files.save()
    with open_study(path) as opened:
        assert opened.study == document.study


def test_an_edit_that_finds_no_room_is_said_and_is_no_step(
    bench: Workbench, small_document: Document
) -> None:
    """The disk of the working copy is full: the edits before it are safe, and it can be done again."""
    small_document.do(Branch(parent=BASE, name="Two"))
    told: list[str] = []
    bench.told.connect(lambda words, _: told.append(words))
    bench.speak("fr")
    database = small_document.opened.connection
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    before, steps = small_document.study, small_document.stack.count()
    done = [bench.do(Branch(parent=BASE, name=f"{'x' * 60} {n}")) for n in range(40)]
    assert not all(done)
    assert "le disque est plein" in told[-1]
    kept = done.count(True)
    assert small_document.stack.count() == steps + kept
    assert len(small_document.study.scenarios) == len(before.scenarios) + kept
    database.execute("PRAGMA max_page_count = 1000000")
    assert bench.do(Branch(parent=BASE, name="There is room"))
    while small_document.stack.canUndo():
        small_document.stack.undo()
    assert [each.name for each in small_document.study.scenarios] == [BASE]
