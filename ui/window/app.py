"""The application: Qt started, dressed, one window shown; errors of ours never pass in silence."""

import sys
import traceback
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from planner import __version__
from ui.window.look.palette import dress
from ui.window.look.type import load_fonts
from ui.window.main_window import MainWindow
from ui.window.rubbish import Rubbish
from ui.window.settings import Settings
from ui.window.workbench import Workbench

SWITCH: Final = 0.001
"""Seconds after which a thread beside lets the window go on, where Python would take five times that."""
WARM: Final = 1_500
"""Milliseconds after which a window that nobody has used yet has its worker load the engine."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Give the one application of the process, with our fonts."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    made = QApplication([sys.argv[0], *arguments])
    made.setApplicationName("Opale")
    made.setApplicationVersion(__version__)
    load_fonts()
    return made


def window(settings: Settings | None = None) -> MainWindow:
    """Make a window on a workbench of its own."""
    app = application()
    bench = Workbench(settings or Settings())
    dress(app, bench.theme)
    made = MainWindow(bench)
    bench.setParent(made)
    words = _QtWords(app, bench, made)
    bench.language_changed.connect(words.speak)
    words.speak()
    return made


class _QtWords(QObject):
    """Qt's own words (buttons of its dialogues) in the language of the window; the window keeps it."""

    def __init__(self, app: QApplication, bench: Workbench, main: MainWindow) -> None:
        super().__init__(main)
        self.app, self.bench = app, bench
        self.translator: QTranslator | None = None

    def speak(self) -> None:
        """Take the words of the language."""
        if self.translator is not None:
            self.app.removeTranslator(self.translator)
            self.translator = None
        locale = QLocale("fr_FR" if self.bench.lang == "fr" else "en_GB")
        QLocale.setDefault(locale)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        translator = QTranslator(self)
        if translator.load(locale, "qtbase", "_", folder):
            self.app.installTranslator(translator)
            self.translator = translator


def run(
    path: Path | None = None, *, lang: str | None = None, demo: bool = False, way: str = ""
) -> int:
    """Show the window, with a study in it, and work until it is closed; give the exit code.

    `way`: how the study is opened where that was said, as `Files.open` has it.
    """
    app = application()
    settings = Settings()
    if lang is not None:
        settings.lang = lang
    main = window(settings)
    sys.excepthook = _hook(main)
    give_way(main)
    main.show()
    if path is not None:
        main.files.open(path, way)
    elif demo:
        main.files.demo()
    elif not main.files.offer_left():
        QTimer.singleShot(WARM, main, partial(_prepare, main))
    return app.exec()


def give_way(main: MainWindow) -> None:
    """Keep the thread of the window free while others work beside it."""
    sys.setswitchinterval(SWITCH)
    main.bench.document_changed.connect(Rubbish(main).another_document)


def _prepare(main: MainWindow) -> None:
    """Load what the first click will need, while nobody waits: the engine beside, the demo here."""
    if main.bench.document is None:
        main.bench.solver.warm_up()
        import_module("ui.window.boards.theatre_page")
        import_module("ui.window.demo").prepare(main.bench.lang)


def _hook(main: MainWindow):  # type: ignore[no-untyped-def]  # the shape of sys.excepthook
    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            main.bench.told.emit(main.bench.sentence(error), True)

    return tell
