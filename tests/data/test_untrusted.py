"""A study file from elsewhere is data: whatever else it holds is refused, with a sentence."""

import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hostile_files import spoil
from hostile_tables import loosened

from data import untrusted
from data.migrations import SCHEMA
from data.momentary import mark
from data.refused import Refused
from data.study_file import open_study
from planner.study import Study
from planner.words import LANGUAGES, messages


@pytest.fixture
def path(tmp_path: Path, study_bytes: bytes) -> Path:
    made = tmp_path / "bloc.opale"
    made.write_bytes(study_bytes)
    return made


def refused(path: Path) -> Refused:
    """Open a file, which must be refused by a sentence in both languages, leaving nothing behind."""
    with pytest.raises(Refused) as caught:
        open_study(path)
    for lang in LANGUAGES:
        assert caught.value.what in messages(lang)
        sentence = caught.value.sentence(lang)
        assert str(path) in sentence
        assert "Traceback" not in sentence
    opening = Path(os.environ["OPALE_STATE"]) / "opening"
    assert not opening.exists() or list(opening.iterdir()) == []
    return caught.value


# --- not a file, or not a study -------------------------------------------------------------------


def test_no_such_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.opale").what == "study.missing"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path).what == "study.is_folder"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "x.opale").touch()
    assert refused(tmp_path / "x.opale").what == "study.empty"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.opale")
    assert refused(tmp_path / "x.opale").what == "study.not_regular"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_link_to_a_device(tmp_path: Path) -> None:
    (tmp_path / "x.opale").symlink_to("/dev/zero")
    assert refused(tmp_path / "x.opale").what == "study.not_regular"


def test_no_permission(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is played: the tests may run as one who can read everything."""
    opened = os.open

    def refuses(name: object, *more: object, **named: object) -> int:
        if name == path:
            raise PermissionError(13, "no")
        return opened(name, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("data.untrusted.os.open", refuses)
    assert refused(path).what == "study.no_permission"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root can read everything")
def test_no_permission_for_real(path: Path) -> None:
    path.chmod(0)
    assert refused(path).what == "study.no_permission"


def test_too_big_a_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(untrusted, "LARGEST", 1000)
    assert refused(path).what == "study.too_big"


@pytest.mark.parametrize(
    "content", [b"case;session\n1;2\n", b"PK\x03\x04" + bytes(500), os.urandom(4096), b"SQLite"]
)
def test_other_files(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.opale").write_bytes(content)
    assert refused(tmp_path / "x.opale").what in ("study.not_study", "study.damaged")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "x.opale"
    spoil(path, "CREATE TABLE cases (id TEXT)")
    assert refused(path).what == "study.not_study"


def test_a_newer_format(path: Path) -> None:
    spoil(path, f"PRAGMA user_version = {SCHEMA + 1}")
    error = refused(path)
    assert error.what == "study.newer"
    assert (error.facts["found"], error.facts["known"]) == (SCHEMA + 1, SCHEMA)
    assert "plus récente" in error.sentence("fr")


@pytest.mark.parametrize("version", [0, -1])
def test_a_format_that_never_was(path: Path, version: int) -> None:
    spoil(path, f"PRAGMA user_version = {version}")
    assert refused(path).what in ("study.not_study", "study.newer")


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_study(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refused(path).what == "study.damaged"


def test_a_file_that_another_program_is_writing(path: Path) -> None:
    path.with_name("bloc.opale-wal").write_bytes(b"x")
    assert refused(path).what == "study.half_written"


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_are_refused_or_harmless(path: Path, study: Study, seed: int) -> None:
    from random import Random

    random = Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(20):
        content[random.randrange(100, len(content))] = random.randrange(256)
    path.write_bytes(content)
    with contextlib.suppress(Refused):
        open_study(path).close()


# --- planted things -------------------------------------------------------------------------------

PLANTED: dict[str, tuple[str, ...]] = {
    "trigger": ("CREATE TRIGGER t AFTER INSERT ON cases BEGIN DELETE FROM cases; END",),
    "view": ("CREATE VIEW v AS SELECT * FROM cases",),
    "endless view": (
        "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n",
    ),
    "view in the place of a table": (
        "DROP TABLE wards",
        "CREATE VIEW wards AS SELECT 0 AS position, 'w' AS id, '' AS name",
    ),
    "virtual table": ("CREATE VIRTUAL TABLE v USING fts5(x)",),
    "virtual table in the place of a table": (
        "DROP TABLE pins",
        "CREATE VIRTUAL TABLE pins USING fts5(scenario, position, kind, id, first, last)",
    ),
    "another table": ("CREATE TABLE other (x)",),
    "index": ("CREATE INDEX i ON cases (id)",),
    "index with an expression": ("CREATE INDEX i ON cases (abs(mean))",),
    "missing table": ("DROP TABLE journal",),
    "missing column": ("ALTER TABLE cases DROP COLUMN note",),
    "one column more": ("ALTER TABLE cases ADD COLUMN spare TEXT",),
    "computed column": ("ALTER TABLE cases ADD COLUMN spare TEXT AS (upper(id))",),
    "renamed column": ("ALTER TABLE cases RENAME COLUMN note TO remark",),
    "column of another type": (
        "DROP TABLE equipment",
        """CREATE TABLE equipment (position INTEGER NOT NULL, id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL, quantity TEXT NOT NULL, delay INTEGER NOT NULL)""",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_objects(path: Path, name: str) -> None:
    spoil(path, *PLANTED[name])
    error = refused(path)
    wanted = {
        "study.foreign_object",
        "study.lacks_table",
        "study.wrong_column",
        "study.wrong_columns",
    }
    assert error.what in wanted
    if name in ("trigger", "view"):
        assert (error.facts["type"], error.facts["name"]) == (name, PLANTED[name][0].split()[2])


def test_a_name_from_the_file_is_shown_cut_and_cleaned(path: Path) -> None:
    spoil(path, f'CREATE TABLE "<script>{"x" * 500}" (x)')
    name = str(refused(path).facts["name"])
    assert "<" not in name
    assert len(name) == 60


def test_a_schema_edited_by_force(path: Path) -> None:
    spoil(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE wards (' WHERE name = 'wards'",
    )
    assert refused(path).what == "study.damaged"


# --- values that our tables refuse ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("equipment", "quantity = 'many'", "quantity"),
        ("equipment", "quantity = -1", "quantity"),
        ("equipment", "quantity = 1.5", "quantity"),
        ("equipment", "name = x'00ff'", "name"),
        ("sessions", "day = '2026-02-30'", "day"),
        ("sessions", "start = '8:00'", "start"),
        ("sessions", "start = '50:00'", "start"),
        ("cases", "sex = 'z'", "sex"),
        ("cases", "note = hex(zeroblob(200))", "note"),
        ("cases", "equipment = '[\"a\"'", "equipment"),
        ("scenarios", "name = '' WHERE parent IS NULL", "name"),
        ("study", "id = '../../etc'", "id"),
        ("study", "days = 1000000", "days"),
        ("placements", "start = 'noon'", "start"),
        ("changes", "action = 'drop'", "action"),
    ],
)
def test_bounds_are_ours_not_the_file_s(path: Path, table: str, change: str, column: str) -> None:
    loosened(path, table)
    spoil(path, f"UPDATE {table} SET {change}")
    error = refused(path)
    assert error.what == "study.bad_row"
    assert (error.facts["table"], error.facts["column"]) == (table, column)
    assert error.facts["row"] == 1


def test_an_empty_cell_that_must_not_be(path: Path) -> None:
    loosened(path, "equipment")
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA writable_schema = ON")
        plain.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, '\"quantity\" INTEGER NOT NULL',"
            " '\"quantity\" INTEGER') WHERE name = 'equipment'"
        )
    spoil(path, "UPDATE equipment SET quantity = NULL")
    assert refused(path).what == "study.wrong_column"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE rules SET type = 'wormhole'", "rules[r1].type"),
        ("UPDATE rules SET parameters = '{\"most\": 999}' WHERE id = 'r1'", "rules[r1].most"),
        ("UPDATE rules SET parameters = '{\"depth\": 1}' WHERE id = 'r1'", "rules[r1].depth"),
        ("UPDATE rules SET parameters = '{\"most\": 1e999}' WHERE id = 'r1'", "rules[r1]"),
        ("UPDATE rules SET scope = '{\"role\": 3}' WHERE id = 'r1'", "rules[r1].scope"),
        ("UPDATE cases SET unavailable = '[\"tomorrow\"]'", "cases[P-0001].unavailable"),
        ("UPDATE cases SET equipment = '[3]'", "cases[P-0001].equipment"),
        ("UPDATE cases SET equipment = '[\"\\ud800\"]'", "cases[P-0001]"),
        ("UPDATE sessions SET day = '1900-01-01'", "sessions[S1-0].day"),
        ("UPDATE study SET zone = '../../../etc/passwd'", "study.horizon"),
        ("UPDATE study SET zone = 'Mars/Olympus'", "study.horizon"),
        (
            "UPDATE scenarios SET parent = 'et après' WHERE name = 'salle fermée'",
            "scenarios[salle f",
        ),
        ("UPDATE scenarios SET parent = 'base' WHERE name = 'base'", "scenarios[base]"),
        ("UPDATE scenarios SET parent = NULL", "scenarios[salle fermée]"),
        ("DELETE FROM scenarios", "scenarios"),
        ("DELETE FROM study", "study"),
        ("UPDATE changes SET value = '3' WHERE action = 'add'", "scenarios[salle fermée].change"),
        ("UPDATE changes SET field = NULL", "scenarios[salle fermée].change"),
        ("UPDATE waivers SET subjects = '[1]'", "scenarios[et après].waiver"),
        ("UPDATE cases SET id = '' WHERE id = 'P-0001'", "cases[].id"),
        ("UPDATE staff SET id = ' ' WHERE position = 0", "staff[ ].id"),
        ("UPDATE rules SET id = '' WHERE id = 'r1'", "rules[].id"),
        ("UPDATE placements SET surgeon = ' '", "placements.surgeon"),
        ("UPDATE duties SET person = ''", "duties.person"),
    ],
)
def test_values_that_only_the_program_understands(path: Path, change: str, where: str) -> None:
    spoil(path, change)
    error = refused(path)
    assert error.what == "study.bad_file_value"
    assert str(error.facts["where"]).startswith(where)


def test_lists_in_lists_without_end(path: Path) -> None:
    spoil(path, "UPDATE cases SET flags = '" + "[" * 900 + "]" * 900 + "'")
    assert refused(path).what == "study.bad_file_value"


def test_a_file_that_takes_for_ever_is_given_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(untrusted, "SLOWEST", -1.0)
    monkeypatch.setattr(untrusted, "_STEPS", 1)
    assert refused(path).what == "study.too_slow"


# --- the guards themselves ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE ':memory:' AS other",
        "DELETE FROM cases",
        "CREATE TABLE x (y)",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT hex(zeroblob(10))",
        "VACUUM",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT * FROM n",
    ],
)
def test_the_copy_can_only_be_read(path: Path, tmp_path: Path, statement: str) -> None:
    copy = tmp_path / "a copy?#%.db"
    shutil.copy(path, copy)
    with closing(untrusted._opened(copy)) as source:
        assert source.execute("SELECT id FROM wards").fetchall() == [("CHIR",)]
        with pytest.raises(sqlite3.Error):
            source.execute(statement).fetchall()


def test_a_name_with_every_sign_is_opened(path: Path, study: Study) -> None:
    strange = path.with_name("bloc ?mode=rwc#100% & é.opale")
    path.rename(strange)
    with open_study(strange) as opened:
        assert opened.study == study


def test_a_half_copied_study_never_stays_in_the_state_folder(
    path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.untrusted.shutil.copyfileobj", fails)
    with pytest.raises(Refused) as caught:
        open_study(path)
    assert caught.value.what == "study.no_state_folder"  # it is not the study that has no room
    assert str(state) in caught.value.sentence("fr")
    assert list((state / "opening").iterdir()) == []


def test_a_state_folder_that_cannot_be_made_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("OPALE_STATE", str(tmp_path / "file" / "state"))
    with pytest.raises(Refused) as caught:
        open_study(path)
    assert caught.value.what == "study.no_state_folder"


def test_a_copy_that_a_killed_process_left_is_cleared(path: Path, state: Path) -> None:
    opening, mine = state / "opening", mark()
    dead = mine.replace(f"{os.getpid():08x}", f"{2**22 + 1:08x}")
    left, living, killed = (opening / name for name in ("tmpabc", f"{mine}abc", f"{dead}abc"))
    for each in (left, living, killed):
        each.mkdir(parents=True)
        (each / "copy").write_bytes(b"patients")
    open_study(path).close()
    assert left.exists()  # it may be in use
    assert living.exists()
    assert not killed.exists()
    os.utime(left, (0, 0))
    open_study(path).close()
    assert not left.exists()
