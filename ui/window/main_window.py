"""The main window: menu, tool bar, banner, views in the middle, docks at both sides, status line."""

from collections.abc import Callable
from functools import cached_property, partial
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from planner.words import LANGUAGES
from ui.window.actions import Actions
from ui.window.help import show_about, show_keys
from ui.window.look.tokens import THEMES
from ui.window.naming import named
from ui.window.remembering import Memory
from ui.window.status import StatusLine
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.files import Files
    from ui.window.focus import Focus
    from ui.window.surroundings import Surroundings

SMALLEST: Final = QSize(1040, 540)
FIRST: Final = QSize(1366, 768)
MENU: Final = 24
"""Height of the menu."""


class View(NamedTuple):
    """A view: where its class is, and which parts of the window stand beside it."""

    place: str
    docks: bool = True  # scenarios at the left, breaches at the right
    right: bool = True
    banner: bool = True


VIEWS: Final[dict[str, View]] = {
    "start": View("start_page:StartPage", docks=False, right=False, banner=False),
    "theatre": View("boards.theatre_page:TheatrePage"),
    "roster": View("boards.roster_page:RosterPage"),
    "facts": View("tables.facts_page:FactsPage"),
    "rules": View("tables.rules_page:RulesPage", right=False),
    "compare": View("boards.compare_page:ComparePage", docks=False, right=False, banner=False),
}
"""Name → view. A view's class takes the workbench and the actions; it is made when first shown."""


_READ: Final = ("open", "import", "merge", "take_answer")
_ASKED: Final = (*_READ, "export", "report", "share", "next_period", "journal", "purge")
FILES: Final = {
    **{name: f"ask_{name}" for name in _ASKED},
    **{name: name for name in ("demo", "save", "save_as", "close")},
}
"""Action of files → what `Files` does."""


class Pages(QStackedWidget):
    """Views of which only the one that is shown asks for room."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give what the view on show needs."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


class MainWindow(QMainWindow):
    """One window with one document."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.actions_ = Actions(bench, self)
        self.setMinimumSize(SMALLEST)
        self.resize(FIRST)
        self.setAcceptDrops(True)
        self.pages: dict[str, QWidget] = {}
        self.now = ""
        self._build()
        self.memory = Memory(bench)
        self._connect()
        self.word()
        self.show_view("start")
        self._restore()

    # --- what comes after the first picture -----------------------------------------------------

    @cached_property
    def around(self) -> "Surroundings":
        """Tool bar, banner and docks."""
        from ui.window.surroundings import Surroundings

        return Surroundings(self, tuple(name for name in VIEWS if name != "start"))

    @property
    def furnished(self) -> bool:
        """Whether they are there by now."""
        return "around" in self.__dict__

    @cached_property
    def focus(self) -> "Focus":
        """The walker by keys."""
        from ui.window.focus import Focus

        return Focus(self)

    @cached_property
    def files(self) -> "Files":
        """Opening, saving and leaving."""
        from ui.window.files import Files

        return Files(self.bench, self)

    def furnish(self) -> None:
        """Make what stands round the views, once."""
        if not self.furnished:
            self.around.show(VIEWS[self.now], opened=self.bench.document is not None)
            self.around.fit(self.width())
            self.focus.areas()

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.menus = self.actions_.fill(self.menuBar())
        self.stack = Pages()
        self.setCentralWidget(self.stack)
        self.menuBar().setFixedHeight(MENU)
        self.line = StatusLine(self.bench)
        self.setStatusBar(self.line)

    def _connect(self) -> None:
        bench, actions = self.bench, self.actions_
        bench.language_changed.connect(self.word)
        bench.coming.connect(self.furnish)
        bench.document_changed.connect(self._new_document)
        bench.changed.connect(self._status)
        bench.asked_for_view.connect(self.show_view)
        for name in VIEWS:
            if name != "start":
                actions.on(f"view_{name}", partial(self.show_view, name))
        actions.on("start", lambda: self.show_view("start"))
        actions.on("next_view", lambda: self._step(1))
        actions.on("previous_view", lambda: self._step(-1))
        for lang in LANGUAGES:
            actions.on(f"language_{lang}", partial(bench.speak, lang))
        for theme in ("", *THEMES):
            actions.on(f"theme_{theme or 'system'}", partial(self._wear, theme))
        actions.on("reset_layout", self._reset_layout)
        actions.on("quit", self.close)
        actions.on("next_area", lambda: self.focus.step(1))
        actions.on("previous_area", lambda: self.focus.step(-1))
        actions.on("keys", lambda: show_keys(bench, actions, self))
        actions.on("about", lambda: show_about(bench, self))
        actions.on("undo", lambda: self._stack("undo"))
        actions.on("redo", lambda: self._stack("redo"))
        actions.on("compare_parent", lambda: self.show_view("compare"))
        actions.on("compare_published", self._see_published)
        actions.on("import", lambda: setattr(self.memory, "importing", True))
        for name in ("demo", "open"):
            actions.on(name, lambda: setattr(self.memory, "importing", False))
        for name in FILES:
            actions.on(name, partial(self._file, name))

    def _see_published(self) -> None:
        """Bring the comparison up, which may be made only now, with the published plan."""
        from ui.window.boards.compare_page import ComparePage

        self.show_view("compare")
        page = self.page(self.now)
        if isinstance(page, ComparePage):
            page.follow_published()

    def _file(self, name: str) -> None:
        getattr(self.files, FILES[name])()

    # --- views ----------------------------------------------------------------------------------

    def page(self, name: str) -> QWidget:
        """Give a view, made when first asked for."""
        if name not in self.pages:
            module, _, cls = VIEWS[name].place.partition(":")
            make: Callable[..., QWidget] = getattr(import_module(f"ui.window.{module}"), cls)
            page = make(self.bench, self.actions_)
            self.pages[name] = page
            self.stack.addWidget(page)
        return self.pages[name]

    def show_view(self, name: str) -> None:
        """Bring a view up; docks stand beside it as it asks."""
        if name != "start" and self.bench.document is None:
            name = "start"
        view = VIEWS[name]
        if name == "compare" and self.bench.document is not None:
            if len(self.bench.document.study.scenarios) > 1:
                self.memory.step("compare")
        if name != self.now and self.line.read.isActive():
            self.line.stand()  # what was said belongs to the view that is left
        self.now = name
        self.actions_.see(name)  # before the page, which knows better, is shown
        self.stack.setCurrentWidget(self.page(name))
        open_ = self.bench.document is not None
        if open_ or self.furnished:
            self.around.show(view, opened=open_)
        for each in VIEWS:
            if each != "start":
                self.actions_[f"view_{each}"].setChecked(each == name)
        self.page(name).setFocus(Qt.FocusReason.OtherFocusReason)

    def current_page(self) -> QWidget:
        """Give the view that is up."""
        return self.page(self.now)

    def _step(self, by: int) -> None:
        names = [name for name in VIEWS if name != "start"]
        if self.now in names:
            self.show_view(names[(names.index(self.now) + by) % len(names)])

    def _new_document(self) -> None:
        document = self.bench.document
        if document is not None:
            document.state.connect(self._status)
            document.stack.indexChanged.connect(self._steps)
            self.show_view("theatre" if document.problem.theatres else "roster")
        else:
            self.show_view("start")
        self._status()
        self._steps()
        self.bench.settle()

    # --- words and states -----------------------------------------------------------------------

    def word(self) -> None:
        """Give the window its words."""
        for name, menu in self.menus.items():
            menu.setTitle(self.bench.say(f"menu.{name}"))
        for lang in LANGUAGES:
            self.actions_[f"language_{lang}"].setChecked(lang == self.bench.lang)
        chosen = self.bench.settings.theme or "system"
        for theme in ("system", *THEMES):
            self.actions_[f"theme_{theme}"].setChecked(theme == chosen)
        self._status()
        self._steps()
        self.line.check()

    def _status(self) -> None:
        document, say = self.bench.document, self.bench.say
        if document is None:
            self.setWindowTitle(say("window.title"))
        else:
            mark = "• " if document.unsaved else ""
            self.setWindowTitle(say("window.title_of", file=mark + named(self.bench, document)))
        self.line.stand()

    def _steps(self) -> None:
        """Name what can be undone and done again; the stack tells it once a step is over."""
        if self.bench.document is not None:
            from ui.window.steps import name_steps  # what words facts comes with a study

            name_steps(self.actions_, self.bench.document)
        else:
            self.actions_.name_step("undo", "")
            self.actions_.name_step("redo", "")

    def _wear(self, theme: str) -> None:
        self.bench.wear(theme)
        self.word()

    def _stack(self, what: str) -> None:
        from ui.window.steps import take_step

        take_step(self.bench, what)

    # --- layout and leaving ---------------------------------------------------------------------

    def _restore(self) -> None:
        kept = self.bench.settings.layout("geometry")
        if kept is not None:
            self.restoreGeometry(kept)

    def _reset_layout(self) -> None:
        self.bench.settings.reset_layout()
        self.resize(FIRST)
        self.around.size_docks()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint; what a study needs is made once the first picture is on the screen."""
        super().paintEvent(event)
        if not self.furnished:
            QTimer.singleShot(0, self, self.furnish)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the left side a rail where the window is narrow."""
        super().resizeEvent(event)
        if self.furnished:
            self.around.fit(self.width())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Let Tab go as the window is read, not as widgets were made."""
        return self.focus.tab(1 if forward else -1)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask what to do with unsaved edits, remember the layout."""
        if not self.files.may_leave():
            event.ignore()
            return
        self.bench.settings.keep_layout("geometry", self.saveGeometry())
        self.bench.settings.sync()
        self.bench.take(None)
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take one local file of ours."""
        if self.files.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open a file that was dropped on the window."""
        path = self.files.dropped(event.mimeData())
        if path is not None:
            self.files.open(path)
