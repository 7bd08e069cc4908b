"""The frozen bundle: its recipe is run with PyInstaller's part played by the test."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from planner import catalogue


@pytest.fixture
def bundle(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Run the recipe on a copy of the tree and give what it asked PyInstaller for."""
    for package in ("planner", "solvers", "data", "ui"):
        shutil.copytree(
            root / package, tmp_path / package, ignore=shutil.ignore_patterns("*.mo", "__pycache__")
        )
    asked: dict[str, Any] = {}

    class Analysis:
        pure = scripts = binaries = datas = ()

        def __init__(self, scripts: list[str], **options: Any) -> None:
            asked.update(options, scripts=scripts)

    names: dict[str, Any] = {"SPECPATH": str(tmp_path / "packaging"), "Analysis": Analysis}
    names |= dict.fromkeys(("PYZ", "EXE", "COLLECT"), lambda *_, **__: None)
    monkeypatch.syspath_prepend(str(tmp_path))
    exec(
        compile(
            (root / "packaging" / "opale.spec").read_text(encoding="utf-8"), "opale.spec", "exec"
        ),
        names,
    )
    return asked


def test_the_bundle_takes_in_what_is_found_by_walking(bundle: dict[str, Any]) -> None:
    hidden = set(bundle["hiddenimports"])
    for package in ("planner.rules", "planner.kpis", "data.importers", "data.exporters", "ui.cli"):
        assert {package, *catalogue.names(package)} <= hidden
    assert all(Path(script).is_file() for script in bundle["scripts"])


def test_the_bundle_takes_in_words_packs_and_schema(root: Path, bundle: dict[str, Any]) -> None:
    places = {Path(target, Path(source).name).as_posix() for source, target in bundle["datas"]}
    assert {f"planner/locale/{lang}/LC_MESSAGES/opale.mo" for lang in ("en", "fr")} <= places
    for pattern in ("planner/packs/*.toml", "data/schema/*.sql"):
        assert {path.relative_to(root).as_posix() for path in root.glob(pattern)} <= places
