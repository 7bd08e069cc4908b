"""Two studies merged in the window: conflicts with what rules say of each side, choices, a new study."""

import dataclasses
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from solving_bench import LONG

from data.ancestry import Copy
from data.merging import Pair
from data.protecting import Cost, Seal, is_sealed
from data.study_file import open_study, save_study
from data.working import work_on_copy
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Publish, Record
from planner.hand_edits import TakeOut
from planner.merging.judging import Clash
from planner.merging.study import Merged
from planner.plan import Placement, Plan
from planner.problem import Problem
from planner.study import BASE, Study
from planner.words import day as written_day
from ui.window import merging
from ui.window.dialogs.merge import MergeDialog
from ui.window.document import Document
from ui.window.main_window import MainWindow
from ui.window.workbench import Workbench

Found = list[tuple[Pair, Merged, tuple[Clash, ...]]]


def ends(problem: Problem, session: str, minute: int) -> Record:
    """The end of a session set in the base."""
    now = next(each for each in problem.sessions if each.id == session).end
    change = Set(
        kind="session", id=session, field="end", expected=_clock(now), value=_clock(minute)
    )
    return Record(scenario=BASE, group=ChangeSet(name="end", changes=(change,)))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@pytest.fixture(scope="module")
def session(small_problem: Problem) -> str:
    """The session of the one case that is planned."""
    case = small_problem.cases[0]
    return str(next(s.id for s in small_problem.sessions if case.specialty in s.owners))


@pytest.fixture
def theirs(tmp_path: Path, small_problem: Problem, session: str) -> Path:
    """Another copy of `mine.opale`, in which the session ends at eight in the evening."""
    case = small_problem.cases[0]
    start = next(each for each in small_problem.sessions if each.id == session).start
    plan = Plan.build([Placement(case.id, session, None, start)])
    mine, other = tmp_path / "mine.opale", tmp_path / "theirs.opale"
    bare = Study(id="small", name="small", base=small_problem)
    save_study(AdoptPlan(scenario=BASE, plan=plan).apply(bare), mine)
    shutil.copy(mine, other)
    with open_study(other) as opened:
        opened.do(ends(small_problem, session, 1200))
        opened.save()
    return other


@pytest.fixture
def mine(bench: Workbench, theirs: Path, small_problem: Problem, session: str) -> Document:
    """The first copy, open, in which the session ends soon after its start; not saved."""
    document = Document.open(theirs.with_name("mine.opale"))
    bench.take(document)
    start = next(each for each in small_problem.sessions if each.id == session).start
    assert bench.do(ends(small_problem, session, start + 10))
    return document


def shown(qtbot: QtBot, bench: Workbench, path: Path) -> tuple[MergeDialog, Found]:
    """Open the dialog and wait until the conflict is judged."""
    found: Found = []

    def take(*what: object) -> bool:
        found.append(what)  # type: ignore[arg-type]
        return True

    dialog = MergeDialog(bench, path, take)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(
        lambda: bool(dialog.known) or bool(dialog.told.property("look") == "hard"), timeout=LONG
    )
    return dialog, found


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_conflict_tells_both_sides_and_what_rules_say_of_each(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path, lang: str
) -> None:
    bench.speak(lang)
    dialog, found = shown(qtbot, bench, theirs)
    assert dialog.list.count() == 1
    assert bench.say("window.merge.open") in dialog.list.item(0).text()
    assert dialog.rest.text().startswith(bench.say("window.merge.rest", n=1))
    shorter, longer = (dialog.choice.sides[side] for side in ("ours", "theirs"))
    assert longer[0].text() == bench.say("window.merge.side.theirs", value="20:00")
    words = bench.say("merge.adds.hard", told="#").split("#")[0]
    wish = bench.say("merge.adds.wish", told="#").split("#")[0]
    broken = [part.text() for part in shorter[1:]]
    assert any(words in text or wish in text for text in broken)
    assert not any(words in part.text() for part in longer[1:])
    longer[0].click()
    assert bench.say("window.merge.theirs") in dialog.list.item(0).text()
    assert dialog.rest.text().startswith(bench.say("merge.none"))
    dialog.finish()
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    made = found[0][1]
    assert made.left == ()
    assert made.study.base.sessions == _sessions(theirs)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_only_what_speaks_gravely_against_a_side_is_red(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path, lang: str
) -> None:
    bench.speak(lang)
    dialog, _ = shown(qtbot, bench, theirs)
    (conflict,), (found,) = dialog.conflicts, dialog.known.values()
    one = next(judged for said in found for judged in (*said.adds, *said.removes))
    hard, wish = (
        dataclasses.replace(one, rule=dataclasses.replace(one.rule, tier=tier)) for tier in (0, 3)
    )
    said = found[0]._replace(side="ours", adds=(hard, wish), removes=(hard, wish))
    problem = mine.study.base
    dialog.choice.show_conflict(problem, conflict, None, (said,))
    _, _, against, told = dialog.choice.sides["ours"]
    assert (against.property("look"), told.property("look")) == ("hard", "second")
    words = [bench.say(f"merge.{what}", told="#").split("#")[0] for what in _SAID]
    assert [each in against.text() for each in words] == [True, False, False, False]
    assert [each in told.text() for each in words] == [False, True, True, True]
    dialog.choice.show_conflict(problem, conflict, None, (said._replace(adds=(wish,)),))
    assert (against.text(), against.isVisible()) == ("", False)


_SAID = ("adds.hard", "adds.wish", "removes.hard", "removes.wish")


def _sessions(path: Path) -> tuple[object, ...]:
    with open_study(path) as opened:
        return tuple(opened.study.base.sessions)


def test_all_of_one_side_or_none(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path
) -> None:
    dialog, _ = shown(qtbot, bench, theirs)
    qtbot.mouseClick(dialog.mine, Qt.MouseButton.LeftButton)
    assert list(dialog.choices.values()) == ["ours"]
    assert dialog.choice.sides["ours"][0].isChecked()
    qtbot.mouseClick(dialog.others, Qt.MouseButton.LeftButton)
    assert list(dialog.choices.values()) == ["theirs"]
    qtbot.mouseClick(dialog.nobody, Qt.MouseButton.LeftButton)
    assert dialog.choices == {}
    assert dialog.choice.sides[None][0].isChecked()


def test_it_merges_as_soon_as_what_is_worked_out_is_there(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path
) -> None:
    """What rules say of a conflict may take a moment: nobody has to press twice."""
    dialog, found = shown(qtbot, bench, theirs)
    there = threading.Event()
    dialog._do(lambda: there.wait(60), lambda _: None)
    dialog.choose_all("theirs")
    dialog.go.click()
    assert not found
    there.set()
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    assert found[0][1].left == ()


def test_a_file_that_is_no_copy_is_told(
    qtbot: QtBot, bench: Workbench, mine: Document, tmp_path: Path, small_problem: Problem
) -> None:
    other = tmp_path / "other.opale"
    save_study(Study(id="other", name="other", base=small_problem), other)
    (tmp_path / "text.opale").write_text("no study", encoding="utf-8")
    for path, why in ((other, "nothing in common"), (tmp_path / "text.opale", "no study")):
        dialog, _ = shown(qtbot, bench, path)
        assert why in dialog.told.text()
        assert not dialog.go.isEnabled()


def test_the_merged_study_is_a_new_one_and_no_file_is_touched(
    main: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    theirs: Path,
    small_problem: Problem,
    session: str,
) -> None:
    monkeypatch.setattr(main.files, "may_leave", lambda _about="": True)
    path = theirs.with_name("mine.opale")
    before = path.read_bytes(), theirs.read_bytes()
    document = Document.open(path)
    main.bench.take(document)
    main.bench.do(ends(small_problem, session, 1100))
    pair, _ = merging.begun(Copy.of(document.opened), theirs)
    made, clashes = merging.finished(pair, {})
    assert merging.take(main.files, pair, made, clashes)
    opened = main.bench.document
    assert opened is not None
    assert opened is not document
    assert opened.opened.path is None
    assert opened.unsaved
    assert opened.study == made.study
    actions = [entry.action for entry in opened.opened.history()]
    assert actions[-1] == "journal.merged"
    assert actions.count("edit_record") == 2  # mine, which was not saved, and theirs
    assert (path.read_bytes(), theirs.read_bytes()) == before


def test_a_merge_with_a_protected_file_stays_in_memory_and_is_saved_protected(
    main: MainWindow, monkeypatch: pytest.MonkeyPatch, theirs: Path, tmp_path: Path
) -> None:
    words = "le chat dort sur la grue"
    with open_study(theirs) as their_own:
        their_own.seal = Seal.of(words, Cost(10, 1, 1))
        their_own.save()
    monkeypatch.setattr(main.files, "may_leave", lambda _about="": True)
    document = Document.open(theirs.with_name("mine.opale"))
    main.bench.take(document)
    told: list[str] = []
    main.bench.told.connect(lambda sentence, _: told.append(sentence))
    pair, made = merging.begun(Copy.of(document.opened), theirs, words)
    assert merging.take(main.files, pair, made, ())
    opened = main.bench.document
    assert opened is not None
    assert opened.opened.folder is None
    assert "It is saved under the passphrase of theirs.opale." in told[-1]
    assert is_sealed(opened.save(tmp_path / "both.opale"))


def test_a_copy_of_what_is_open_has_its_journal_and_a_life_of_its_own(mine: Document) -> None:
    with work_on_copy(mine.opened) as opened:
        assert opened.path is None
        assert opened.study == mine.study
        assert opened.history() == mine.opened.history()
        opened.do(AdoptPlan(scenario=BASE, plan=Plan()))
        assert len(opened.history()) == len(mine.opened.history()) + 1
        folder = opened.folder
    assert folder is not None
    assert not folder.exists()


def shorter_case(bench: Workbench, problem: Problem) -> str:
    """Shorten a case of the open study: nobody else has touched it."""
    case = problem.cases[1]
    change = Set(kind="case", id=case.id, field="mean", expected=case.mean, value=17)
    assert bench.do(Record(scenario=BASE, group=ChangeSet(name="short", changes=(change,))))
    return str(case.id)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_is_taken_without_conflict_is_counted_and_listed(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path, small_problem: Problem, lang: str
) -> None:
    bench.speak(lang)
    case = shorter_case(bench, small_problem)
    dialog, _ = shown(qtbot, bench, theirs)
    view = dialog.taken
    mine_, theirs_ = view.names
    side = [
        bench.say("window.merge.alone.side", n=n, file=f) for f, n in ((mine_, 1), (theirs_, 0))
    ]
    assert view.head.text() == bench.say("window.merge.alone", sides=side)
    assert (view.list.isVisible(), dialog.middle.isVisible()) == (False, True)
    assert view.height() < view.list.minimumHeight(), "room for a list that is not shown"
    view.more.click()
    lines = [view.list.item(row).text() for row in range(view.list.count())]
    assert view.list.isVisible()
    assert lines[0] == bench.say("merge.taken.side", n=1, file=view.names[0])
    assert (len(lines), case in lines[1]) == (2, True)
    view.more.click()
    assert not view.list.isVisible()


def test_without_any_conflict_the_list_of_what_is_taken_is_there_at_once(
    qtbot: QtBot, bench: Workbench, theirs: Path, small_problem: Problem
) -> None:
    bench.take(Document.open(theirs.with_name("mine.opale")))
    shorter_case(bench, small_problem)
    dialog = MergeDialog(bench, theirs, lambda *_: True)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=LONG)
    assert (dialog.middle.isVisible(), dialog.taken.list.isVisible()) == (False, True)
    assert dialog.taken.list.count() == 4


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_what_was_done_on_days_that_are_over_is_told(
    qtbot: QtBot, bench: Workbench, mine: Document, theirs: Path, session: str, lang: str
) -> None:
    bench.speak(lang)
    problem = mine.problem
    case = str(problem.cases[0].id)
    with open_study(theirs) as opened:
        opened.do(TakeOut(scenario=BASE, cases=frozenset({problem.cases[0].id})))
        opened.save()
    day = next(each.day for each in problem.sessions if each.id == session)
    until = problem.horizon.date(day + 1).isoformat()
    over = Set(kind="problem", id="problem", field="as_of", expected=None, value=until)
    for edit in (
        Publish(scenario=BASE),
        Record(scenario=BASE, group=ChangeSet(name="later", changes=(over,))),
    ):
        mine.do(edit)
    dialog, _ = shown(qtbot, bench, theirs)
    told = bench.say("merge.past", codes=case, day=written_day(problem.horizon.date(day), lang))
    assert told in dialog.told.text()
