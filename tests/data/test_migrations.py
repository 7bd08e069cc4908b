"""Files of every released format stay readable; a step changes a database of ours, all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from data.database import connect
from data.migrations import APPLICATION, SCHEMA, STEPS, create, migrate, schema_sql
from planner.study import Study


def tomorrow(database: Database) -> None:
    database.table("wards").add_column("wing", str, not_null_default="")


def broken(database: Database) -> None:
    database.table("wards").add_column("half", str)
    raise sqlite3.OperationalError("no room")


def columns(connection: sqlite3.Connection) -> list[str]:
    return [row[1] for row in connection.execute("PRAGMA table_info(wards)")]


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(connect()) as made:
        create(made)
        yield made


def test_every_format_but_the_newest_has_a_step_and_all_have_their_sql() -> None:
    assert sorted(STEPS) == list(range(1, SCHEMA))
    for number in range(1, SCHEMA + 1):
        assert "CREATE TABLE" in schema_sql(number)


def test_a_fresh_file_is_of_the_newest_format(connection: sqlite3.Connection) -> None:
    assert version(connection) == SCHEMA
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    migrate(connection, SCHEMA)
    assert version(connection) == SCHEMA


def test_steps_are_taken_in_order(connection: sqlite3.Connection) -> None:
    taken = []
    steps = {
        SCHEMA: tomorrow,
        SCHEMA + 1: lambda database: taken.append(columns(database.conn)[-1]),
    }
    migrate(connection, SCHEMA, to=SCHEMA + 2, steps=steps)
    assert taken == ["wing"]
    assert version(connection) == SCHEMA + 2


def test_a_step_that_fails_leaves_all_as_it_was(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, SCHEMA, to=SCHEMA + 2, steps={SCHEMA: tomorrow, SCHEMA + 1: broken})
    assert version(connection) == SCHEMA
    assert "wing" not in columns(connection)


def test_every_released_format_has_a_sample(root: Path) -> None:
    names = {path.name for path in (root / "tests" / "samples" / "released").glob("*.opale")}
    assert names == {f"{number:04d}.opale" for number in range(1, SCHEMA + 1)}


def test_format_2_has_a_last_day_and_plans_of_format_1_stay_up_to_date(root: Path) -> None:
    from data.study_file import open_study

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0001.opale") as opened:
        base = opened.study.base
        assert {person.last for person in base.staff} == {None}
        assert {(ward.start, ward.end) for ward in base.wards} == {(420, 1200)}
        assert {(surgeon.rooms, surgeon.prefers) for surgeon in base.surgeons} == {(1, "")}
        assert {(each.stay, each.opening) for each in base.procedures} == {(120, 0)}
        assert {(case.delivery, case.suites) for case in base.cases} == {(None, frozenset())}
        assert not opened.study.stale("base")
    with open_study(samples / "0002.opale") as opened:
        assert [person.last for person in opened.study.base.staff] == [None, 27]


def test_format_3_holds_carried_amounts_and_published_rosters(root: Path) -> None:
    from data.study_file import open_study

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0002.opale") as opened:
        assert {shift.half_days for shift in opened.study.base.shifts} == {0}
        assert not opened.study.stale("base")
    with open_study(samples / "0003.opale") as opened:
        base = opened.study.base
        assert [(c.since, c.until, c.amount) for c in base.carried] == [(-273, -1, 90)]
        assert [promise.days for promise in base.promises] == [("J", "-", "?", "N")]


def test_format_4_holds_rotations_and_plans_of_format_3_stay_up_to_date(root: Path) -> None:
    from data.study_file import open_study

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0003.opale") as opened:
        assert not opened.study.stale("base")
    with open_study(samples / "0004.opale") as opened:
        base = opened.study.base
        assert [(each.weeks, each.holidays) for each in base.rotations] == [(2, True)]
        assert [line.week for line in base.lines] == [
            ("J", "J", None, None, None, "N", None),
            (None,) * 7,
        ]
        assert [(turn.id, turn.line) for turn in base.turns] == [("A17", 2)]
        assert [need.weekdays for need in base.weekly] == [frozenset({0, 6})]


def test_format_5_holds_specialties_of_teams(root: Path) -> None:
    from data.study_file import open_study

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0004.opale") as opened:
        assert [team.specialties for team in opened.study.base.teams] == [frozenset()]
    with open_study(samples / "0005.opale") as opened:
        assert [team.specialties for team in opened.study.base.teams] == [frozenset({"ORL"})]


def test_format_6_holds_signatures_what_lines_changed_and_who_shared_it(root: Path) -> None:
    from data.deltas import reachable
    from data.study_file import open_study
    from planner.standing import standing

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0005.opale") as opened:
        assert {each.signatures for each in opened.study.scenarios} == {()}
        assert standing(opened.study, "base").state == "published", "as it was before"
        assert not opened.study.stale("base")
    with open_study(samples / "0006.opale") as opened:
        found = standing(opened.study, "salle fermée")
        assert (found.state, found.signatures[0].name) == ("proposed", "Zoé")
        assert reachable(opened.connection) == {1, 2}
        assert opened.origin is not None
        assert (opened.origin.author, opened.origin.reason) == ("camille", "pour avis")


def test_format_7_lets_a_forecast_stand_on_its_parents(root: Path) -> None:
    from data.reopening import reopened
    from data.study_file import open_study

    samples = root / "tests" / "samples" / "released"
    with open_study(samples / "0006.opale") as before, open_study(samples / "0007.opale") as now:
        assert before.study.scenarios == now.study.scenarios
        assert not before.connection.execute("SELECT * FROM forecast_stands").fetchall()
        assert now.connection.execute("SELECT * FROM forecast_stands").fetchall() == [(2,)]
        with reopened(before, 1) as then, reopened(now, 1) as since:
            assert then.study.scenarios == since.study.scenarios


def test_a_study_of_the_first_format_keeps_every_value(root: Path, tmp_path: Path) -> None:
    """Each cell of it stands in the newest format as it was, and so it does once it is saved."""
    from data.study_file import open_study

    path = root / "tests" / "samples" / "released" / "0001.opale"
    before = path.read_bytes()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as old:
        tables = [
            name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        columns = {
            name: [row[1] for row in old.execute(f'PRAGMA table_info("{name}")')] for name in tables
        }
        for name in ("partitions", "placements", "duties"):  # told otherwise since format 6
            tables.remove(name)
        held = {name: rows_of(old, name, columns[name]) for name in tables}
    assert sum(map(len, held.values())) > 40
    with open_study(path) as opened:
        for name in tables:
            assert rows_of(opened.connection, name, columns[name]) == held[name], name
        opened.save(tmp_path / "now.opale")
        study = opened.study
    with open_study(tmp_path / "now.opale") as again:
        assert again.study == study
        for name in tables:
            assert rows_of(again.connection, name, columns[name]) == held[name], name
    assert path.read_bytes() == before, "the file itself is left alone"


def rows_of(connection: sqlite3.Connection, table: str, columns: list[str]) -> list[str]:
    listed = ", ".join(f'"{column}"' for column in columns)
    return sorted(map(repr, connection.execute(f'SELECT {listed} FROM "{table}"')))


def test_every_released_sample_opens(root: Path) -> None:
    from data.study_file import open_study
    from planner.problem import RECORD_KINDS

    for path in sorted((root / "tests" / "samples" / "released").glob("*.opale")):
        with open_study(path) as opened:
            study = opened.study
            assert [each.name for each in study.scenarios] == ["base", "salle fermée", "et après"]
            later = set() if path.stem > "0003" else {"rotation", "line", "turn", "weekly"}
            later |= set() if path.stem > "0002" else {"carried", "promise"}
            later |= set() if path.stem > "0001" else {"team", "template", "appointment"}
            assert {kind for kind in RECORD_KINDS if not study.base.records(kind)} == later
            assert study.scenario("base").published is not None
            assert study.waivers("et après")
            assert study.pins("et après")
            assert list(study.scenario("salle fermée").plan.placements)
            assert opened.history()


def horizon(study: Study, day: int) -> str:
    return study.base.horizon.date(day).isoformat()


def whole_plans(old: sqlite3.Connection) -> dict[tuple[str, str], set[tuple[object, ...]]]:
    """Read all plans of a file up to format 5: the parts of the plan below, but for one's own."""
    found: dict[tuple[str, str], dict[tuple[str, str], set[tuple[object, ...]]]] = {}
    scenarios = old.execute("SELECT number, name, parent FROM scenarios ORDER BY position")
    for number, name, parent in scenarios.fetchall():
        below = found.get((parent, "plan"), {})
        for which in ("plan", "published"):
            plan = old.execute(
                'SELECT number FROM plans WHERE scenario = ? AND "which" = ?', (number, which)
            ).fetchone()
            if plan is None:
                continue
            keys = old.execute("SELECT part, key FROM partitions WHERE plan = ?", plan).fetchall()
            parts = {key: rows for key, rows in below.items() if key not in keys}
            for case, session, surgeon in old.execute(
                'SELECT "case", session, surgeon FROM placements WHERE plan = ?', plan
            ):
                parts.setdefault(("session", session), set()).add((case, session, surgeon))
            for person, day, shift in old.execute(
                "SELECT person, day, shift FROM duties WHERE plan = ?", plan
            ):
                parts.setdefault(("day", day), set()).add((person, day, shift))
            below = found[name, which] = parts
    return {key: set().union(*parts.values()) for key, parts in found.items()}


@pytest.mark.parametrize("number", range(1, 6))
def test_plans_of_every_format_are_whole_after_the_way_to_this_one(root: Path, number: int) -> None:
    from data.study_file import open_study

    path = root / "tests" / "samples" / "released" / f"{number:04d}.opale"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as old:
        placed = whole_plans(old)
    with open_study(path) as opened:
        study = opened.study
    assert sum(map(len, placed.values())) > 5
    for (name, which), rows in placed.items():
        scenario = study.scenario(name)
        plan = scenario.plan if which == "plan" else scenario.published
        assert plan is not None
        assert rows == {(p.case, p.session, p.surgeon) for p in plan.placements} | {
            (d.person, horizon(study, d.day), d.shift) for d in plan.duties
        }
