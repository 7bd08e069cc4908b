"""What was written of a study: said, and whom it is open to where the study is under a passphrase."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from data.entrants import Entrant
from ui.window.panels.parts import message_box
from ui.window.workbench import Workbench


def tell_written(
    bench: Workbench,
    window: QWidget | None,
    sentence: str,
    path: Path,
    guests: Iterable[Entrant] = (),
) -> None:
    """Say that something was written; that everybody can read it, in a box that nobody overlooks."""
    bench.told.emit(sentence, False)
    told = [*in_clear(bench, path, guests)]
    if told:
        box = message_box(window, QMessageBox.Icon.Warning, sentence)
        box.setInformativeText("\n".join(told))
        box.open()


def in_clear(bench: Workbench, path: Path, guests: Iterable[Entrant] = ()) -> Iterator[str]:
    """Say under whose passphrase something is not that was written of the open study and of others."""
    document = bench.document
    files = [document.title] if document is not None and document.sealed else []
    files += [each.sealed.name for each in guests if each.sealed is not None]
    for file in dict.fromkeys(files):
        yield bench.say("seal.in_clear", path=path.name, file=file)
