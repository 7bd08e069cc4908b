"""The state after a line of the journal is made again; what a file does not hold is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from edit_drawing import a_study, edits
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import deltas
from data.ancestry import Copy, take_lines
from data.database import transaction
from data.journal import Entry
from data.journal_lines import KINDS, Wanted, kind_of, lines_of, sentence, write_csv
from data.refused import Refused
from data.reopening import reopened
from data.sharing import share
from data.study_file import Opened, create_study, open_study
from data.working import leftovers, work_again, work_on_new
from planner.changes import ChangeSet, Set
from planner.edits import AdoptPlan, Branch, Delete, EditRefusedError, Record
from planner.plan import Plan
from planner.study import BASE, Study, UnknownScenarioError
from planner.words import LANGUAGES, messages

QUIET = list(HealthCheck)


def states_of(opened: Opened) -> dict[int, Study]:
    """Give the study as it is made again after each line of its journal."""
    found = {}
    for line in deltas.reachable(opened.connection):
        with reopened(opened, line) as made:
            assert made.path is None
            history = made.history()
            assert [entry.number for entry in history] == list(range(1, line + 2))
            assert history[:-1] == opened.history()[:line]
            assert history[-1].action == "journal.reopened"
            found[line] = made.study
    return found


@settings(max_examples=8, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_line_can_be_reopened(data: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    work(data, tmp_path_factory.mktemp("again") / "x.opale", 8)


@pytest.mark.long
@settings(max_examples=200, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_line_of_long_journals_can_be_reopened(
    data: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    work(data, tmp_path_factory.mktemp("again") / "x.opale", 25)


def work(data: Any, path: Path, most: int) -> None:
    """Edit, undo, save and open at random; afterwards each state is made again from the file."""
    opened = create_study(a_study())
    known = {1: opened.study}
    for what in data.draw(
        st.lists(st.sampled_from(["edit"] * 5 + ["back", "save"]), max_size=most)
    ):
        if what == "save":
            with opened:
                opened.save(path)
            opened = open_study(path)
        elif what == "back":
            before = known[max(1, len(known) - 1)]
            opened.record(before, Entry(action="journal.undone"))
            known[len(known) + 1] = before
        else:
            try:
                opened.do(data.draw(edits(opened.study)))
            except (EditRefusedError, UnknownScenarioError, Refused):
                continue
            known[len(known) + 1] = opened.study
    with opened:
        assert states_of(opened) == known


def longer(by: int) -> Record:
    change = Set(kind="session", id="C", field="end", expected="16:30", value=f"{16 + by}:00")
    return Record(scenario=BASE, group=ChangeSet(name=f"to {16 + by}", changes=(change,)))


@pytest.fixture
def opened() -> Any:
    with create_study(a_study()) as made:
        for edit in (longer(1), Branch(parent=BASE, name="more"), Delete(name="more"), longer(2)):
            made.do(edit)
        yield made


def test_a_reopened_study_is_a_copy_and_goes_on(opened: Opened, tmp_path: Path) -> None:
    opened.save(tmp_path / "first.opale")
    with reopened(opened, 3) as made:
        assert made.study.scenario("more")
        made.do(Branch(parent="more", name="again"))
        made.save(tmp_path / "second.opale")
    with open_study(tmp_path / "second.opale") as second:
        assert [each.name for each in second.study.scenarios][-2:] == ["more", "again"]
        assert second.history()[3].parameters == {"line": 3, "file": "first.opale"}
        assert deltas.reachable(second.connection) == {1, 2, 3, 4, 5}
    with open_study(tmp_path / "first.opale") as first:
        assert len(first.history()) == 5


def test_in_the_window_it_survives_a_crash_as_any_work_does(opened: Opened) -> None:
    with work_again(opened, 2) as made:
        assert made.folder is not None
        assert made.folder.is_dir()
    assert leftovers() == ()


def test_a_working_copy_notes_its_lines_too(tmp_path: Path) -> None:
    with work_on_new(a_study()) as made:
        made.do(longer(1))
        made.save(tmp_path / "x.opale")
        made.do(longer(2))
        assert deltas.reachable(made.connection) == {1, 2, 3}


def test_lines_from_before_the_format_are_not_reopened(root: Path) -> None:
    for path in sorted((root / "tests" / "samples" / "released").glob("000[1-5].opale")):
        with open_study(path) as old:
            last = len(old.history())
            assert deltas.reachable(old.connection) == {last}
            old.do(Branch(parent=BASE, name="now"))
            assert deltas.reachable(old.connection) == {last, last + 1}
            with pytest.raises(Refused) as refused:
                reopened(old, 1)
            assert refused.value.what == "journal.no_state"
            for lang in LANGUAGES:
                assert "1" in refused.value.sentence(lang)


def test_the_oldest_are_let_go_where_a_file_would_keep_too_much(opened: Opened) -> None:
    sizes = dict(opened.connection.execute("SELECT line, length(body) FROM deltas"))
    with transaction(opened.connection):
        deltas.trim(opened.connection, sizes[5] + sizes[4])
    assert deltas.reachable(opened.connection) == {3, 4, 5}
    with transaction(opened.connection):
        deltas.trim(opened.connection, 0)
    assert deltas.reachable(opened.connection) == {5}


def test_what_comes_to_nothing_costs_nothing(opened: Opened) -> None:
    opened.record(opened.study, Entry(action="journal.undone"))
    (body,) = opened.connection.execute("SELECT body FROM deltas WHERE line = 6").fetchone()
    assert body == "{}"
    plan = Plan()
    opened.do(AdoptPlan(scenario=BASE, plan=plan))
    (body,) = opened.connection.execute("SELECT body FROM deltas WHERE line = 7").fetchone()
    assert set(json.loads(body)) <= {"plans", "placements", "duties"}


def test_lines_of_another_file_are_passed_over(opened: Opened) -> None:
    with create_study(a_study()) as other:
        other.do(Branch(parent=BASE, name="theirs"))
        count = len(opened.history())
        take_lines(opened, Copy.of(other))
    opened.do(longer(3))
    assert deltas.reachable(opened.connection) == {*range(1, count + 1), count + 3}
    with pytest.raises(Refused):
        reopened(opened, count + 1)
    with reopened(opened, 3) as made:
        assert made.study.scenario("more")


@pytest.mark.parametrize(
    "body",
    [
        '{"sqlite_schema": {"columns": [], "made": [], "gone": []}}',
        '{"journal": {"columns": ["number"], "made": [[1]], "gone": []}}',
        '{"sessions": {"columns": ["id"], "made": [["C"]], "gone": []}}',
        (
            '{"scenarios": {"columns": ["number","position","name","parent","note"],'
            ' "made": [[1]], "gone": [[1, "x", 3, 4, 5]]}}'
        ),
        (
            '{"scenarios": {"columns": ["number","position","name","parent","note"],'
            ' "made": [[1]], "gone": []}}'
        ),
        (
            '{"forecasts": {"columns": ["seed", "replications", "scenario", "high"],'
            ' "made": [], "gone": [[7, 1, 1, 1]]}}'
        ),
        '{"scenarios": 7}',
        '{"scenarios": {"made": 1}}',
        "{" + '"a":{' * 900 + "}" * 900 + "}",
    ],
)
def test_what_is_not_of_our_making_is_refused(opened: Opened, body: str) -> None:
    opened.connection.execute("UPDATE deltas SET body = ? WHERE line = 5", (body,))
    before = opened.study
    with pytest.raises(Refused) as refused:
        reopened(opened, 4)
    assert refused.value.what == "journal.bad_state"
    assert opened.study is before


# --- to be read -----------------------------------------------------------------------------------


def test_every_edit_has_a_kind_and_a_sentence() -> None:
    told = {action for actions in KINDS.values() for action in actions}
    labels = {name for name in messages("en") if name.startswith("edit_")} - {"edit_breaks_facts"}
    assert labels - told == set()
    assert told - {*messages("en")} == set()
    undone = Entry(action="journal.undone", parameters={"what": "edit_publish", "scenario": "x"})
    assert kind_of(undone) == "publishing"
    assert kind_of(Entry(action="from elsewhere")) == "other"
    purged = Entry(action="journal.purged", parameters={"what": "person"})
    assert kind_of(purged) == "file", "what it says of itself is no step"
    for lang, words in (("en", "Undone: Plan of “x” published"), ("fr", "Annulé")):
        assert words in sentence(undone, lang)


def test_lines_are_chosen_by_who_what_when_and_words(opened: Opened) -> None:
    opened.record(opened.study, Entry(action="edit_branch", author="Zoé", made="2026-01-05T23:30:00",
                  scenarios=("éq",), parameters={"name": "éq", "parent": BASE}, reason="à voir"))  # fmt: skip
    lines = lines_of(opened, "en")

    def chosen(**asked: Any) -> list[int]:
        wanted = Wanted(**asked)
        return [line.entry.number for line in lines if wanted.takes(line)]

    assert chosen() == [1, 2, 3, 4, 5, 6]
    assert chosen(who="zoé") == [6]
    assert chosen(scenario="éq") == [6]
    assert chosen(kind="facts") == [2, 5]
    assert chosen(kind="scenario") == [3, 4, 6]
    assert chosen(text="to 18") == [5]
    assert chosen(text="À VOIR branch") == []
    assert chosen(text="à VOIR éq") == [6]
    assert chosen(text="a voir EQ") == [6]
    day = lines[5].when
    assert day is not None
    assert chosen(until=day.date()) == [6]
    assert chosen(since=day.date(), who="zoé") == [6]
    assert 6 not in chosen(since=lines[0].when and lines[0].when.date())


def test_a_table_is_for_a_spreadsheet_and_harms_nobody(opened: Opened, tmp_path: Path) -> None:
    opened.record(
        opened.study, Entry(action="journal.merged", parameters={"file": "x"}, reason="=1+1")
    )
    path = tmp_path / "journal.csv"
    write_csv(lines_of(opened, "fr"), path)
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("line;made;who;kind;what;scenarios;reason")
    assert len(rows) == 7
    assert ";'=1+1;" in rows[-1]


def test_a_state_of_a_file_that_is_to_be_read_only_is_ones_own(tmp_path: Path) -> None:
    path, mine = tmp_path / "shared.opale", tmp_path / "mine.opale"
    share(a_study(), path, names=True, read_only=True)
    with open_study(path) as opened, reopened(opened, opened.history()[-1].number) as made:
        made.save(mine)
    with open_study(path) as opened, open_study(mine) as own:
        assert opened.read_only
        assert own.origin is not None
        assert not own.read_only
