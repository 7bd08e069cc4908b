"""What all parts of a window share: language, theme, settings, the document and the selection."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from planner.study import BASE
from planner.words import in_window, known, say
from ui.window.look.icons import icon
from ui.window.look.palette import dress
from ui.window.look.specialties import Tone, tones
from ui.window.look.tokens import DARK, LIGHT, THEMES, Theme
from ui.window.selection import Selection
from ui.window.settings import Settings
from ui.window.turns import Turns

if TYPE_CHECKING:  # what these load comes after the first picture
    from collections.abc import Callable, Mapping

    from data.entrants import Entrant
    from data.journal import RunEntry
    from planner.compare import Comparison
    from planner.edits import Edit
    from planner.kpis.contract import Outcome
    from ui.window.document import Document
    from ui.window.queueing import Queue
    from ui.window.solving import Solver

MOMENT: Final = 90
"""Milliseconds without a change after which slower parts follow."""


class Shown(NamedTuple):
    """A comparison as it is seen: its outcomes, and the names of its sides in the reader's words."""

    comparison: "Comparison"
    outcomes: "Mapping[str, Outcome]"
    names: "Mapping[str, str]"


class Workbench(QObject):
    """The one thing that every view and panel is given."""

    language_changed = Signal()
    theme_changed = Signal()
    coming = Signal()
    """A document is about to be shown: what shows it gets ready."""
    document_changed = Signal()
    """Another document, or none."""
    renamed = Signal(object)
    """Scenarios of the document have other names: old name → new one."""
    changed = Signal()
    """What is to be seen has changed: an edit, another scenario, a provisional plan."""
    told = Signal(str, bool)
    """A sentence for the user, and whether something went wrong; an empty one ends the one before."""
    about_to_do = Signal(object, str)
    """An edit is about to be done: it, and its reason."""
    asked_for_view = Signal(str)
    """A view is to be brought up: theatre, roster, facts, rules, compare, start."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.lang = settings.lang
        self.selection = Selection(self)
        self.settled = Turns(self)
        """As `changed`, once nothing has changed for a moment: for what can wait while somebody types."""
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT)
        self._moment.timeout.connect(self._rest)
        self.changed.connect(self._soon)
        self.document: Document | None = None
        self.guests: tuple[Entrant, ...] = ()
        """Scenarios of other files that stand beside the document in the comparison."""
        self.compared: Callable[[], Shown | None] = lambda: None
        """Gives the comparison that is seen, where one is."""
        self.theme = self._wanted_theme()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def _follow(self) -> None:
        """Look as the system wishes, where nobody has chosen by hand."""
        if not self.settings.theme:
            self.wear("")

    def _soon(self) -> None:
        self._moment.start()

    def _rest(self) -> None:
        """Begin what follows a change, unless the plan is still being audited for it."""
        if self.document is None or not self.document.auditing.busy:
            self.settled.begin()

    def settle(self) -> None:
        """Let what waits for a moment of rest be done now."""
        self._moment.stop()
        self.settled.finish()

    # --- language and look ----------------------------------------------------------------------

    def say(self, message: str, /, **facts: Any) -> str:
        """Say a message in the language of the window, as who sits before one needs it."""
        return say(in_window(message), self.lang, **facts)

    def called(self, scenario: str | None) -> str:
        """Give the name under which a scenario is shown: the base has one in the reader's language."""
        return self.say("banner.base") if scenario in (None, BASE) else str(scenario)

    def speak(self, lang: str) -> None:
        """Change the language, everywhere at once."""
        if lang != self.lang:
            self.lang = self.settings.lang = lang
            self.language_changed.emit()

    def wear(self, name: str) -> None:
        """Choose a theme by name, "" to follow the system."""
        self.settings.theme = name
        theme = self._wanted_theme()
        if theme is not self.theme:
            self.theme = theme
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)  # all pictures are made anew
            try:
                application = QApplication.instance()
                if isinstance(application, QApplication):
                    dress(application, theme)
                self.theme_changed.emit()
            finally:
                QApplication.restoreOverrideCursor()

    def _wanted_theme(self) -> Theme:
        chosen = self.settings.theme
        if chosen:
            return THEMES[chosen]
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return THEMES["contrast"]
        return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def icon(self, name: str, token: str = "ink2") -> QIcon:  # noqa: S107 - a colour
        """Give an icon in the colours of the theme."""
        return icon(name, self.theme, token)

    def tones(self) -> dict[str, Tone]:
        """Give the tones of the document's specialties by id."""
        if self.document is None:
            return {}
        return tones([each.id for each in self.document.problem.specialties], self.theme)

    @cached_property
    def solver(self) -> "Solver":
        """The one that solves for this window; its worker starts when it is first needed."""
        from ui.window.solving import Solver

        return Solver(self)

    @cached_property
    def queue(self) -> "Queue":
        """The scenarios that are solved one after another."""
        from ui.window.queueing import Queue

        return Queue(self)

    # --- document -------------------------------------------------------------------------------

    def take(self, document: "Document | None") -> None:
        """Show another document, or none; the one before is closed."""
        if document is not None:
            self.coming.emit()
        before = self.document
        self.selection.clear()
        self.document, self.guests = document, ()
        if document is not None:
            document.setParent(self)
            document.changed.connect(self._touched)
            document.shown.connect(self.changed.emit)
            document.renamed.connect(self.renamed.emit)
            document.failed.connect(self._failed)
            document.auditing.done.connect(self.changed.emit)
            kept = self.settings.value(f"scenario/{document.study.id}")
            if any(each.name == kept for each in document.study.scenarios):
                document.name = str(kept)
            document.shown.connect(self._remember)
        self.document_changed.emit()
        self.changed.emit()
        if before is not None:
            before.close()
            before.deleteLater()

    def _remember(self) -> None:
        """Keep which scenario is open: the study opens with it again, on this machine."""
        if self.document is not None:
            self.settings.keep(f"scenario/{self.document.study.id}", self.document.name)

    def once_written(self, then: "Callable[[], object]") -> None:
        """Do something once what is seen of the document is on disk."""
        if self.document is None:
            then()
        else:
            self.document.once_written(then)

    def _failed(self, error: Exception) -> None:
        self.told.emit(self.sentence(error), True)

    def _touched(self, _scenarios: object) -> None:
        self.changed.emit()  # a bound method: a lambda would keep bench and document in a cycle

    def do(
        self,
        edit: "Edit",
        *,
        burst: str = "",
        reason: str = "",
        run: "RunEntry | None" = None,
        happened: bool = False,
    ) -> bool:
        """Do an edit of the document; say why where it is refused. Tell whether it was done.

        `happened`: it records what happened, which days that are over and published take too.
        """
        if self.document is None:
            return False
        from data.refused import Refused
        from planner.edits import EditRefusedError
        from planner.past import refuse_past
        from planner.standing import back_to_draft

        self.about_to_do.emit(edit, reason)
        before = self.document.study
        try:
            if not happened:
                refuse_past(before, edit, self.lang)
            self.document.do(edit, lang=self.lang, burst=burst, reason=reason, run=run)
        except (EditRefusedError, Refused) as error:
            self.told.emit(self.sentence(error), True)
            return False
        if reason and not known(reason):  # one that the program gives itself is told by who does it
            self.told.emit(self.say("window.kept", reason=reason), False)
        for name, lost in back_to_draft(before, self.document.study):
            from planner.signing_words import lost_sentence

            self.told.emit(lost_sentence(lost, self.lang, self.called(name)), True)
        return True

    def sentence(self, error: Exception) -> str:
        """Say what went wrong."""
        from data.refused import Refused, SystemWords
        from planner.edits import EditRefusedError

        if isinstance(error, EditRefusedError):
            return self.say(error.what, **error.facts)
        if isinstance(error, Refused):
            here = in_window(error.what) != error.what
            return (
                self.say(error.what, **error.told(self.lang)) if here else error.sentence(self.lang)
            )
        if isinstance(error, OSError):
            return self.say("window.failed", why=SystemWords.of(error).said(self.lang))
        return self.say("window.failed.itself", why=f"{type(error).__name__}: {error}")
