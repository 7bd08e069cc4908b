"""Two studies merged: each conflict with what was before, mine and theirs, what rules say of it, a choice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from data.ancestry import Copy
from data.merging import Pair
from planner.merging.conflicts import Conflict, Place, Side
from planner.merging.judging import CHOOSABLE, Clash, Consequence, Judge
from planner.merging.study import Merged
from planner.merging.words import place_words
from ui.window.beside import Beside
from ui.window.dialogs.growing import GrowingDialog
from ui.window.dialogs.merge_choice import ChoiceView
from ui.window.dialogs.merge_taken import TakenView
from ui.window.merging import Rows, finished, started
from ui.window.panels.parts import button, label, plain_tip, relook
from ui.window.workbench import Workbench

WIDE, HIGH, LIST = 860, 560, 330
_ICONS: Final = {True: ("check-bold", "accent"), False: ("call-merge", "soft_mark")}
"""Icons of conflicts that are settled, and of those that are not."""


class MergeDialog(GrowingDialog):
    """Reads the other study beside the window; `take` is given what comes of both."""

    def __init__(
        self,
        bench: Workbench,
        path: Path,
        take: Callable[[Pair, Merged, tuple[Clash, ...]], bool],
        parent: QWidget | None = None,
        *,
        passphrase: str = "",
    ) -> None:
        super().__init__(parent)
        self.bench, self.path, self.take_ = bench, path, take
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDE, HIGH)
        self.pair: Pair | None = None
        self.made: Merged | None = None
        self.judge: Judge | None = None
        self.choices: dict[Place, Side] = {}
        self.known: dict[Place, tuple[Consequence, ...]] = {}
        self.conflicts: tuple[Conflict, ...] = ()
        self._beside, self._busy = Beside(self), False
        self._finishing = False  # Merge was pressed while something was being worked out
        self._build()
        bench.document_changed.connect(self.reject)
        assert bench.document is not None
        ours = Copy.of(bench.document.opened)
        self._do(lambda: started(ours, path, passphrase), self._begin)

    def _build(self) -> None:
        say, document = self.bench.say, self.bench.document
        assert document is not None
        self.setWindowTitle(say("action.merge").rstrip("…"))
        facts = {"mine": document.title, "theirs": self.path.name}
        self.title = label("title", say("window.merge.title", **facts), wrap=True)
        self.told = label("second", say("window.merge.reading", **facts), wrap=True)
        self.list = QListWidget()
        self.list.setObjectName("conflicts")
        self.list.setAccessibleName(say("window.merge.list"))
        self.list.setWordWrap(True)
        self.list.setMinimumWidth(LIST)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choice = ChoiceView(self.bench)
        self.mine = button("link", lambda: self.choose_all("ours"), say("window.merge.all_mine"))
        self.others = button(
            "link", lambda: self.choose_all("theirs"), say("window.merge.all_theirs")
        )
        self.nobody = button("link", lambda: self.choose_all(None), say("window.merge.all_open"))
        all_ = QHBoxLayout()
        for each in (self.mine, self.others, self.nobody):
            all_.addWidget(each)
        all_.addStretch(1)
        self.taken = TakenView(self.bench, document.title, self.path.name)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addLayout(all_)
        self.middle = QWidget()
        middle = QHBoxLayout(self.middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addLayout(left, 2)
        middle.addWidget(self.choice, 3)
        self.rest = label("second", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(say("window.merge.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.finish)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(self.told)
        column.addWidget(self.taken, 1)
        column.addWidget(self.middle, 2)
        column.addWidget(self.rest)
        column.addWidget(buttons)
        self.list.currentRowChanged.connect(self._show)
        self.choice.chosen.connect(self._choose)
        self._enable()

    # --- beside ---------------------------------------------------------------------------------

    def _do(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do one job at a time beside the window; what cannot be is said, and nothing goes on."""
        self._busy = True

        def taken(found: Any) -> None:
            self._busy, finishing = False, self._finishing
            self._finishing = False
            if isinstance(found, Exception):
                relook(self.told, "hard")
                self.told.setText(self.bench.sentence(found))
                self._enable()
            elif finishing:
                self.finish()
            else:
                then(found)

        self._beside.do(job, taken)

    def _begin(self, found: tuple[Pair, Merged, Rows]) -> None:
        self.pair, self.made, taken = found
        self.judge = self.pair.judge(self.made)
        self.conflicts = self.made.conflicts
        self.told.setText(self._about())
        for conflict in self.conflicts:
            line = QListWidgetItem(self.list)
            self._dress(line, conflict)
        self.list.setCurrentRow(0)
        self.middle.setVisible(bool(self.conflicts))
        self.taken.show_taken(self.made, taken)
        self._enable()
        (self.list if self.conflicts else self.go).setFocus()

    def _about(self) -> str:
        """Say what is known of how both began, and what was kept twice."""
        assert self.pair is not None
        assert self.made is not None
        say, ancestor = self.bench.say, self.pair.ancestor
        told = [say(f"merge.from.{ancestor.how}", n=ancestor.lines)]
        if ancestor.guessed:
            names = [self.bench.called(each) for each in ancestor.guessed]
            told.append(say("window.merge.guessed", names=names))
        told += [say("merge.doubled", name=name, fresh=new) for name, new in self.made.doubled]
        told += [
            say("merge.apart", scenario=scenario, name=name, fresh=new)
            for scenario, name, new in self.made.apart
        ]
        told += self._past(self.pair, self.made)
        return " ".join(told)

    def _past(self, pair: Pair, made: Merged) -> list[str]:
        """Say what was done on days that are over and the merge has otherwise."""
        found = pair.past(made)
        if found is None:
            return []
        facts = found.facts(made.study.base.horizon, self.bench.lang)
        return [self.bench.say("merge.past", **facts)]

    # --- one conflict ---------------------------------------------------------------------------

    def _dress(self, item: QListWidgetItem, conflict: Conflict) -> None:
        """Say in a line where a conflict is, what it is, and whether it is settled."""
        assert self.made is not None
        say, name = self.bench.say, self.made.scenario_of(conflict.place)
        where = place_words(self.made.study.problem(name), conflict.place, self.bench.lang)
        head = say("merge.conflict", scenario=self.bench.called(name), where=where)
        side = self.choices.get(conflict.place)
        if conflict.what not in CHOOSABLE:
            stands = say(f"merge.what.{conflict.what}").strip("()")
        elif side is None:
            stands = say("window.merge.open")
        else:
            stands = say("window.merge.taken", side=say(f"window.merge.{side}"))
        icon, token = _ICONS[side is not None or conflict.what not in CHOOSABLE]
        item.setIcon(self.bench.icon(icon, token))
        item.setText(f"{head}\n{stands}")
        item.setToolTip(plain_tip(item.text()))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{head}, {stands}")

    def _show(self, row: int) -> None:
        """Show the conflict of a line; what rules say of it is worked out when it is first looked at."""
        if self.made is None or not 0 <= row < len(self.conflicts):
            self.choice.clear()
            return
        conflict = self.conflicts[row]
        problem = self.made.study.problem(self.made.scenario_of(conflict.place))
        found = self.known.get(conflict.place) if conflict.what in CHOOSABLE else ()
        self.choice.show_conflict(problem, conflict, self.choices.get(conflict.place), found)
        judge = self.judge
        if found is None and not self._busy and judge is not None:
            self._do(
                lambda: judge.consequences(conflict), lambda said: self._judged(conflict, said)
            )

    def _judged(self, conflict: Conflict, said: tuple[Consequence, ...]) -> None:
        self.known[conflict.place] = said
        self._show(self.list.currentRow())

    def _choose(self, side: Side | None) -> None:
        self._take_side(self.list.currentRow(), side)
        self._enable()

    def _take_side(self, row: int, side: Side | None) -> None:
        conflict = self.conflicts[row]
        if conflict.what not in CHOOSABLE:
            return
        if side is None:
            self.choices.pop(conflict.place, None)
        else:
            self.choices[conflict.place] = side
        self._dress(self.list.item(row), conflict)

    def choose_all(self, side: Side | None) -> None:
        """Take one side for all conflicts, or for none."""
        for row in range(len(self.conflicts)):
            self._take_side(row, side)
        self._show(self.list.currentRow())
        self._enable()

    # --- the end --------------------------------------------------------------------------------

    def _enable(self) -> None:
        say = self.bench.say
        open_ = [each for each in self.conflicts if each.what in CHOOSABLE]
        n = sum(each.place not in self.choices for each in open_)
        there = self.made is not None
        for each in (self.mine, self.others, self.nobody):
            each.setEnabled(bool(open_))
        self.go.setEnabled(there)
        self.go.setDefault(there)
        told = say("window.merge.rest", n=n) if n else say("merge.none")
        self.rest.setText(f"{told} {say('window.merge.unsaved')}" if there else "")

    def finish(self) -> None:
        """Merge with all choices, and have the study that comes of it opened."""
        pair, choices = self.pair, dict(self.choices)
        if pair is None:
            return
        self.go.setEnabled(False)
        self._finishing = self._busy  # as soon as what is being worked out is there
        if not self._busy:
            self._do(lambda: finished(pair, choices), lambda found: self._open(pair, *found))

    def _open(self, pair: Pair, made: Merged, clashes: tuple[Clash, ...]) -> None:
        if not self.take_(pair, made, clashes):
            self._enable()
            return
        for each in self._past(pair, made):
            self.bench.told.emit(each, True)
