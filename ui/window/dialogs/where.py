"""The question where to write something: a name gets its suffix, and nothing is written over unasked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from data.study_file import SUFFIX
from ui.window.panels.parts import message_box
from ui.window.workbench import Workbench

STUDY: Final[Mapping[str, str]] = {f"Opale (*{SUFFIX})": SUFFIX}


def ask_where(
    bench: Workbench, window: QWidget, title: str, start: Path | str, kinds: Mapping[str, str]
) -> Path | None:
    """Ask for a file to be written; None where it is not to be.

    `kinds`: what the dialog calls the kinds of file, each with its suffix; the first is the usual one.
    """
    name, kind = QFileDialog.getSaveFileName(window, title, str(start), ";;".join(kinds))
    if not name:
        return None
    path = _with_suffix(Path(name), kind, kinds)
    if path == Path(name) or not path.exists():  # else the dialog has asked about another name
        return path
    say, buttons = bench.say, QMessageBox.StandardButton
    box = message_box(window, QMessageBox.Icon.Question, say("window.write_over", file=path.name))
    box.setStandardButtons(buttons.Yes | buttons.Cancel)
    box.setDefaultButton(buttons.Cancel)
    return path if box.exec() == buttons.Yes else None


def _with_suffix(path: Path, kind: str, kinds: Mapping[str, str]) -> Path:
    """Give a name the suffix of the kind that was chosen, where it has none of these kinds."""
    usual = next(iter(kinds.values()))
    wanted, has = kinds.get(kind, usual), path.suffix.lower()
    if has not in kinds.values():
        return path.with_name(path.name + wanted)
    return path if wanted in (has, usual) else path.with_suffix(wanted)
