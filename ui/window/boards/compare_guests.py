"""Scenarios of other study files in a comparison: read without trust, looked at, never changed."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from data.entrants import Entrant, entrants, file_names, one_period
from data.state import true_path
from data.study_file import SUFFIX, open_study
from planner.edits import EditRefusedError
from planner.kpis.contract import Outcome
from ui.window.beside import Beside
from ui.window.dialogs.passphrase import unlock
from ui.window.dialogs.scenario_choice import ScenarioChoice
from ui.window.panels.parts import message_box
from ui.window.reading import must_be_study
from ui.window.workbench import Workbench


def read_guests(
    path: Path, passphrase: str, file: str, beside: Outcome | None
) -> tuple[Entrant, ...]:
    """Read the scenarios of another file, as `planner compare` does.

    Raises:
        EditRefusedError: it is no study, or plans another period.
        Refused: it cannot be read.
    """
    must_be_study(path)
    with open_study(path, passphrase=passphrase or None) as opened:
        names = [each.name for each in opened.study.scenarios]
        found = entrants(opened, names, file=file)
    there = [] if beside is None else [beside]
    if not one_period([*there, *(each.outcome for each in found)]):
        raise EditRefusedError("cli.compare.other_period")
    return found


class Guests(QObject):
    """The scenarios of other files that were read for the comparison of one document."""

    came = Signal(list)
    """Names under which scenarios are to stand in the comparison."""

    def __init__(self, bench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self.bench, self.page = bench, page
        self._files: dict[Path, tuple[Entrant, ...]] = {}
        self._beside = Beside(self)

    @property
    def known(self) -> tuple[Entrant, ...]:
        """All of them, file by file."""
        return tuple(each for found in self._files.values() for each in found)

    def clear(self) -> None:
        """Forget them."""
        self._beside.drop()
        self._files.clear()

    def keep_audits(self, names: tuple[str, ...]) -> None:
        """Keep what was found of some of them, beside the window."""
        wanted = [each for each in self.known if each.name in names]

        def keep() -> None:
            for guest in wanted:
                guest.audits.remember([guest.outcome])

        if wanted:
            self._beside.do(keep, lambda _: None)

    def ask(self) -> None:
        """Ask for a file."""
        words = self.bench.say("compare_view.which_file")
        name, _ = QFileDialog.getOpenFileName(self.page, words, "", f"Opale (*{SUFFIX})")
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file beside the window, then ask which of its scenarios are wanted."""
        bench, document = self.bench, self.bench.document
        passphrase = unlock(bench, path, self.page)
        if passphrase is None or document is None:
            return
        true = true_path(path)
        file = file_names([true, *(each for each in self._files if each != true)])[true]
        here = document.outcome(document.study.scenarios[0].name)

        def told(found: tuple[Entrant, ...] | Exception) -> None:
            bench.told.emit("", False)  # nothing is being read any more
            if isinstance(found, Exception):
                message_box(self.page, QMessageBox.Icon.Warning, bench.sentence(found)).exec()
            elif document is bench.document:
                self._files[true] = found
                self._offer(file, found)

        bench.told.emit(bench.say("compare_view.reading", file=path.name), False)
        self._beside.do(lambda: read_guests(path, passphrase, file, here), told)

    def _offer(self, file: str, found: tuple[Entrant, ...]) -> None:
        """Take the only scenario of a file, or ask which ones."""
        if len(found) == 1:
            self.came.emit([found[0].name])
            return
        names = {each.name: self.bench.called(each.scenario) for each in found}
        dialog = ScenarioChoice(self.bench, file, names, self.page)
        dialog.wanted.connect(self.came.emit)
        dialog.open()
