"""Discovery of the extension folders."""

import sys
from pathlib import Path

import pytest

from planner import catalogue


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with two modules, a template, and a package inside with one module."""
    folder = tmp_path / "shelf_of_opale"
    (folder / "inner").mkdir(parents=True)
    (folder / "_hidden").mkdir()
    for name in ("__init__", "zebra", "apple", "_template", "inner/__init__", "inner/pear"):
        (folder / f"{name}.py").write_text("", encoding="utf-8")
    (folder / "_template.py").write_text("raise RuntimeError('a template is never imported')")
    (folder / "_hidden" / "__init__.py").write_text("raise RuntimeError")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("shelf_of_opale")]:
        monkeypatch.delitem(sys.modules, name)
    for each in (catalogue.names, catalogue.modules):
        each.cache_clear()
    return folder


@pytest.mark.usefixtures("shelf")
def test_modules_come_in_the_order_of_their_names_and_templates_do_not() -> None:
    found = [module.__name__ for module in catalogue.modules("shelf_of_opale")]
    assert found == [
        "shelf_of_opale.apple",
        "shelf_of_opale.inner",
        "shelf_of_opale.inner.pear",
        "shelf_of_opale.zebra",
    ]


def test_names_are_given_without_importing_what_they_name(shelf: Path) -> None:
    (shelf / "loud.py").write_text("raise RuntimeError", encoding="utf-8")
    catalogue.names.cache_clear()
    assert "shelf_of_opale.loud" in catalogue.names("shelf_of_opale")


def test_the_extension_folders_are_found_from_the_top() -> None:
    assert {"planner.kpis", "planner.rules.roster", "planner.rules.theatre"} <= set(
        catalogue.names("planner")
    )
    assert {"data.importers", "data.exporters"} <= set(catalogue.names("data"))


def test_a_package_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        catalogue.names("planner.nothing_of_the_kind")
