"""The report of the comparison is what is seen of it: its sides, and its reference."""

from pathlib import Path

from ui.window.boards.compare_page import ComparePage
from ui.window.document import Document
from ui.window.importing import report
from ui.window.workbench import Workbench


def test_the_report_is_of_the_sides_and_the_reference_that_are_seen(
    bench: Workbench, page: ComparePage, document: Document, tmp_path: Path
) -> None:
    others = [each.name for each in document.study.scenarios if each.name not in page.names]
    assert others
    told: list[str] = []
    bench.told.connect(lambda words, _bad: told.append(words))
    page.refer("Closed")
    shown = page.shown()
    assert shown is not None, "what is being worked out again is finished first"
    assert shown.comparison.reference == "Closed"
    assert set(shown.outcomes) == set(page.names)
    assert shown.names["base"] == bench.say("banner.base")
    report(bench, tmp_path / "seen.html")
    seen = (tmp_path / "seen.html").read_text(encoding="utf-8")
    assert "Closed" in seen
    assert not [name for name in others if name in seen]
    assert (
        bench.say("export.compared", path=str(tmp_path / "seen.html"), n=2, reference="Closed")
        in told
    )
    report(bench, tmp_path / "seen.xlsx")
    assert (tmp_path / "seen.xlsx").stat().st_size
    page.hide()
    report(bench, tmp_path / "all.html")
    every = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert [name for name in others if name in every]
