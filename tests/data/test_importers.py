"""What every importer and exporter promises, present and future: samples, faults, rubbish."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data import exporting, importing
from planner.catalogue import names
from planner.words import LANGUAGES, known

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(importing.catalogue())


def sample(name: str) -> Path:
    """Give `tests/samples/NAME`, a folder or a file with any suffix."""
    (found,) = (path for path in SAMPLES.iterdir() if path.stem == name)
    return found


def told(fault: importing.FileFault) -> None:
    for lang in LANGUAGES:
        assert fault.where(lang)
        assert fault.sentence(lang)
    assert known(f"import.{fault.what}")
    fault.hint("fr")


def test_one_file_a_kind_of_source_and_target() -> None:
    assert len(importing.catalogue()) == len(names("data.importers"))
    assert len(exporting.catalogue()) == len(names("data.exporters"))
    assert all(known(f"importer.{name}") for name in NAMES)
    assert all(known(f"exporter.{name}") for name in exporting.catalogue())


@pytest.mark.parametrize("name", NAMES)
def test_an_importer_reads_its_sample_and_knows_it(name: str) -> None:
    path = sample(name)
    assert importing.recognise(path) is importing.catalogue()[name]
    imported = importing.catalogue()[name].read(path)
    assert imported.faults == ()
    assert imported.problem is not None
    assert imported.good > 0


@pytest.mark.parametrize("name", NAMES)
def test_exactly_one_importer_takes_a_sample_for_its_own(name: str) -> None:
    for path in (sample(name), sample(f"{name}_bad")):
        assert [n for n in NAMES if importing.catalogue()[n].sniff(path)] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_an_importer_says_row_and_column_of_a_bad_sample(name: str) -> None:
    imported = importing.catalogue()[name].read(sample(f"{name}_bad"))
    assert imported.problem is None
    assert any(fault.row and fault.column for fault in imported.faults)
    for fault in (*imported.faults, *imported.remarks):
        told(fault)


RUBBISH: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \r\n\t\n",
    "noise": bytes(range(256)) * 40,
    "nul": b"\0" * 1000,
    "latin": b"id;\xe9\x81\n",
    "utf16": "id;name\n1;é\n".encode("utf-16")[:-1],
    "quotes": b'"' * 99,
    "long": b"x" * 300_000,
    "picture": b"\x89PNG\r\n\x1a\n\0\0",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("what", sorted(RUBBISH))
def test_rubbish_is_refused_with_a_sentence(name: str, what: str, tmp_path: Path) -> None:
    importer = importing.catalogue()[name]
    path = tmp_path / f"rubbish{sample(name).suffix}"
    if sample(name).is_dir():
        path.mkdir()
        for file in sample(name).iterdir():
            (path / file.name).write_bytes(RUBBISH[what])
    else:
        path.write_bytes(RUBBISH[what])
    importer.sniff(path)
    imported = importer.read(path)
    assert imported.problem is None
    assert imported.faults
    for fault in imported.faults:
        told(fault)


@pytest.mark.parametrize("name", NAMES)
def test_no_file_a_folder_for_a_file_and_a_file_for_a_folder(name: str, tmp_path: Path) -> None:
    importer = importing.catalogue()[name]
    (tmp_path / "file").write_text("words", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none", tmp_path / "file", tmp_path / "folder"):
        assert not importer.sniff(path)
        imported = importer.read(path)
        assert imported.problem is None
        assert imported.faults
        for fault in imported.faults:
            told(fault)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_without_permission(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: Any, **__: Any) -> Any:
        raise PermissionError(13, "refused", str(path))

    path = sample(name)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    imported = importing.catalogue()[name].read(path)
    assert imported.problem is None
    assert {fault.what for fault in imported.faults} == {"no_permission"}
    told(imported.faults[0])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_really_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("SECTION_HORIZON", encoding="utf-8")
    path.chmod(0)
    assert importing.recognise(path) is None
    (fault,) = importing.catalogue()["curtois"].read(path).faults
    assert fault.what == "no_permission"


@pytest.mark.parametrize("name", NAMES)
def test_a_source_cut_off_anywhere_never_raises(name: str, tmp_path: Path) -> None:
    source = sample(name)
    files = sorted(source.iterdir()) if source.is_dir() else [source]

    @settings(max_examples=60, phases=[Phase.generate])
    @given(st.sampled_from(files), st.integers(0, 10_000), st.binary(max_size=3))
    def never_raises(cut: Path, place: int, noise: bytes) -> None:
        folder = tmp_path / source.name if source.is_dir() else tmp_path
        folder.mkdir(exist_ok=True)
        for file in files:
            raw = file.read_bytes()
            place_in = place % (len(raw) + 1)
            changed = raw[:place_in] + noise + raw[place_in + 1 :] if noise else raw[:place_in]
            (folder / file.name).write_bytes(changed if file == cut else raw)
        imported = importing.catalogue()[name].read(tmp_path / source.name)
        assert (imported.problem is None) == bool(imported.faults)
        for fault in imported.faults:
            told(fault)

    never_raises()


def test_an_option_that_there_is_not_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="reading"):
        importing.catalogue()["asl1"].read(sample("asl1"), reading="backwards")


@pytest.mark.parametrize("name", [n for n in NAMES if importing.catalogue()[n].solution])
def test_a_solution_comes_back_and_a_bad_one_is_refused(name: str, tmp_path: Path) -> None:
    importer = importing.catalogue()[name]
    form = importer.solution
    imported = importer.read(sample(name))
    assert form is not None
    assert imported.problem is not None
    form.write_solution(imported.problem, imported.plan, tmp_path / "out.csv")
    assert form.read_solution(imported.problem, tmp_path / "out.csv") == imported.plan
    for text in (
        b"",
        b"a,b,c\n",
        b"employee,day,shift\nQ,1,E\n",
        b"id,room,day\n1,Q,1\n",
        b"\xff\0",
    ):
        (tmp_path / "bad.csv").write_bytes(text)
        with pytest.raises(importing.Unreadable) as raised:
            form.read_solution(imported.problem, tmp_path / "bad.csv")
        told(raised.value.fault)
        assert raised.value.sentence("en").startswith("bad.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files here")
@pytest.mark.parametrize("name", NAMES)
def test_a_pipe_is_refused_without_waiting(name: str, tmp_path: Path) -> None:
    importer = importing.catalogue()[name]
    path = tmp_path / "pipe"
    if sample(name).is_dir():
        path.mkdir()
        for file in sample(name).iterdir():
            os.mkfifo(path / file.name)
    else:
        os.mkfifo(path)
        assert not importer.sniff(path)
    assert {fault.what for fault in importer.read(path).faults} == {"unopened"}
