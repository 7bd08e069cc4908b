"""All actions of the window as data: words, icon, keys, menu. Menus, tool bar and help are made of it.

An action's words are the messages `action.ID` and, for its tool tip, `action.ID.tip` where there is one.
"""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from planner.words import known
from ui.window.panels.parts import plain_tip, verbatim
from ui.window.workbench import Workbench


class Spec(NamedTuple):
    """An action: where it stands, how it is called; `needs` says when it can be used.

    `needs`: "" always, "document" with a study open, "edit" with one that may be changed. `views`:
    where it does something; empty: everywhere.
    """

    id: str
    menu: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    needs: str = "document"
    check: bool = False
    views: tuple[str, ...] = ()


_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
LONGEST: Final = 60
"""Letters of a step in a menu."""
BOARDS: Final = ("theatre", "roster")
PLANS: Final = (*BOARDS, "compare")
MENUS: Final = ("file", "edit", "view", "scenario", "solve", "help")
# On a French keyboard digits need Shift: the signs on their keys mean the same.
ACTIONS: Final[tuple[Spec | None, ...]] = (
    Spec("start", "file", needs=""),
    Spec("demo", "file", "hospital-building", needs=""),
    Spec("open", "file", "folder-open-outline", ("Ctrl+O",), ""),
    Spec("import", "file", "table-arrow-right", needs=""),
    None,
    Spec("save", "file", "content-save-outline", ("Ctrl+S",)),
    Spec("save_as", "file", keys=("Ctrl+Shift+S",)),
    Spec("export", "file"),
    Spec("report", "file", "file-chart-outline"),
    Spec("journal", "file", "history"),
    None,
    Spec("share", "file", "share-variant-outline"),
    Spec("take_answer", "file", "inbox-arrow-down-outline", needs="edit"),
    Spec("merge", "file", "call-merge"),
    Spec("purge", "file", "account-remove-outline", needs="edit"),
    None,
    Spec("close", "file", keys=("Ctrl+W",)),
    Spec("quit", "file", keys=("Ctrl+Q",), needs=""),
    Spec("undo", "edit", "undo-variant", ("Ctrl+Z",), "edit"),
    Spec("redo", "edit", "redo-variant", ("Ctrl+Y", "Ctrl+Shift+Z"), "edit"),
    None,
    Spec("pin", "edit", "pin", ("F4",), "edit", views=(*BOARDS, "facts")),
    Spec("pin_day", "edit", "pin", ("Ctrl+Shift+P",), "edit", views=BOARDS),
    Spec("pins", "edit", "format-list-bulleted", ("Shift+F4",)),
    Spec("find", "edit", "magnify", ("Ctrl+K",)),
    Spec("view_theatre", "view", "hospital-box-outline", ("Ctrl+1", "Ctrl+&"), check=True),
    Spec("view_roster", "view", "account-group-outline", ("Ctrl+2", "Ctrl+é"), check=True),
    Spec("view_facts", "view", "table-edit", ("Ctrl+3", 'Ctrl+"'), check=True),
    Spec("view_rules", "view", "scale-balance", ("Ctrl+4", "Ctrl+'"), check=True),
    Spec("view_compare", "view", "compare-horizontal", ("Ctrl+5", "Ctrl+("), check=True),
    None,
    Spec("next_view", "view", keys=("Ctrl+PgDown",)),
    Spec("previous_view", "view", keys=("Ctrl+PgUp",)),
    Spec("next_area", "view", keys=("F6",)),
    Spec("previous_area", "view", keys=("Shift+F6",)),
    Spec("tray", "view", "tray-full", ("Ctrl+T",), check=True, views=("theatre", "roster")),
    Spec("lanes", "view", "chart-timeline", ("Ctrl+R",), check=True, views=("theatre",)),
    Spec("legend", "view", "map-legend", ("Ctrl+L",), check=True, views=BOARDS),
    Spec("differences", "view", "swap-vertical", ("Ctrl+D",), check=True, views=PLANS),
    Spec("zoom_in", "view", "magnify-plus-outline", ("Ctrl++", "Ctrl+="), views=PLANS),
    Spec("zoom_out", "view", "magnify-minus-outline", ("Ctrl+-",), views=PLANS),
    Spec("density", "view", "format-line-spacing", views=BOARDS),
    Spec("span_day", "view", keys=("Alt+1", "Alt+&"), check=True, views=("theatre",)),
    Spec("span_week", "view", keys=("Alt+2", "Alt+é"), check=True, views=("theatre",)),
    Spec("span_month", "view", keys=("Alt+3", 'Alt+"'), check=True, views=("theatre",)),
    None,
    Spec("language_fr", "view", needs="", check=True),
    Spec("language_en", "view", needs="", check=True),
    None,
    Spec("theme_system", "view", needs="", check=True),
    Spec("theme_light", "view", needs="", check=True),
    Spec("theme_dark", "view", needs="", check=True),
    Spec("theme_contrast", "view", needs="", check=True),
    None,
    Spec("reset_layout", "view", needs=""),
    Spec("branch", "scenario", "source-branch", ("Ctrl+Shift+N",), "edit"),
    Spec("rename", "scenario", "rename-outline", ("F2",), "edit"),
    Spec("delete", "scenario", "delete-outline", needs="edit"),
    None,
    Spec("what_if", "scenario", "lightbulb-on-outline", needs="edit"),
    Spec("gallery", "scenario", "view-grid-outline", needs="edit"),
    Spec("compare_parent", "scenario", "compare-horizontal"),
    Spec("compare_published", "scenario", "check-decagram-outline"),
    None,
    Spec("propose", "scenario", "file-send-outline", needs="edit"),
    Spec("approve", "scenario", "file-check-outline", needs="edit"),
    Spec("publish", "scenario", "send-check-outline", needs="edit"),
    Spec("withdraw", "scenario", "file-undo-outline", needs="edit"),
    None,
    Spec("roll_out", "scenario", "calendar-sync", needs="edit", views=("roster",)),
    Spec("next_period", "scenario", "calendar-arrow-right"),
    Spec("solve", "solve", "play", ("F5",), "edit"),
    Spec("solve_several", "solve", "playlist-play", ("Ctrl+F5",), "edit"),
    Spec("linked", "solve", needs="edit", check=True),
    Spec("stop", "solve", "stop-circle-outline", ("Shift+F5",), "edit"),
    Spec("simulate", "solve", "chart-bell-curve", ("F9",), "edit"),
    Spec("repair", "solve", "ambulance", ("F7",), "edit", views=BOARDS),
    Spec("call_out", "solve", "phone-ring-outline", ("Shift+F7",), "edit", views=("roster",)),
    Spec("copy_command", "solve", "console"),
    None,
    Spec("next_breach", "solve", keys=("F8",)),
    Spec("previous_breach", "solve", keys=("Shift+F8",)),
    Spec("keys", "help", keys=("F1",), needs=""),
    Spec("about", "help", needs=""),
)


def specs() -> Iterator[Spec]:
    """Give all actions."""
    return (spec for spec in ACTIONS if spec is not None)


class Actions(QObject):
    """The actions of one window."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        super().__init__(parent)
        self.bench = bench
        self.view = ""
        self.all: dict[str, QAction] = {}
        for spec in specs():
            action = QAction(parent)
            action.setObjectName(spec.id)
            action.setCheckable(spec.check)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            self.all[spec.id] = action
        bench.language_changed.connect(self.word)
        bench.theme_changed.connect(self.colour)
        bench.document_changed.connect(self.enable)
        self.word()
        self.colour()
        self.enable()

    def __getitem__(self, id: str) -> QAction:
        return self.all[id]

    def on(self, id: str, do: Callable[[], object]) -> None:
        """Say what an action does."""
        self.all[id].triggered.connect(lambda _checked=False: do())

    def word(self) -> None:
        """Give all actions their words."""
        for spec in specs():
            action = self.all[spec.id]
            words = self.bench.say(f"action.{spec.id}")
            action.setText(words)
            tip = f"action.{spec.id}.tip"
            keys = action.shortcut().toString(_NATIVE)
            told = self.bench.say(tip) if known(tip) else words.rstrip("….")
            action.setToolTip(f"{told} ({keys})" if keys else told)

    def name_step(self, id: str, step: str) -> None:
        """Say what undo, or redo, would do next; "" where there is nothing."""
        action = self.all[id]
        say, keys = self.bench.say, action.shortcut().toString(_NATIVE)
        words, whole = (
            say(f"action.{id}.of", what=what) if step else say(f"action.{id}")
            for what in (_short(step, LONGEST), _short(step, 5 * LONGEST))
        )
        action.setText(verbatim(words))
        action.setToolTip(plain_tip(f"{whole} ({keys})"))

    def colour(self) -> None:
        """Give all actions their icons in the colours of the theme."""
        for spec in specs():
            if spec.icon:
                self.all[spec.id].setIcon(self.bench.icon(spec.icon))

    def enable(self, meant: Callable[[Spec], bool] = lambda _: True) -> None:
        """Switch actions on that can be used now."""
        document = self.bench.document
        for spec in filter(meant, specs()):
            there = not spec.needs or document is not None
            may = spec.needs != "edit" or (document is not None and not document.read_only)
            here = not spec.views or self.view in ("", *spec.views)
            self.all[spec.id].setEnabled(there and may and here)

    def see(self, view: str) -> None:
        """Switch off what a view has nothing of."""
        self.view = view
        self.enable(lambda spec: bool(spec.views))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Make the menus."""
        menus = {name: bar.addMenu("") for name in MENUS}
        here = MENUS[0]
        for spec in ACTIONS:
            if spec is None:
                menus[here].addSeparator()
            else:
                here = spec.menu
                menus[here].addAction(self.all[spec.id])
        return menus


def _short(step: str, most: int) -> str:
    """Keep a menu narrow: a step that carries many records names them all."""
    return step if len(step) <= most else f"{step[: most - 1].rstrip()}…"
