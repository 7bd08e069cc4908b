"""The gallery of what-ifs: one click makes a scenario on the open one, with its changes in it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from planner.change_set_words import group_words
from planner.edits import Branch, Edit, Record
from planner.gallery import WhatIf, gallery
from planner.hand_edits import Together
from planner.plan import Plan
from planner.problem import Problem
from planner.study import Study
from ui.window.dialogs.growing import GrowingDialog
from ui.window.panels.parts import button, label, plain_tip, verbatim
from ui.window.workbench import Workbench


class GalleryDialog(GrowingDialog):
    """A button a what-if that the hospital has the facts for; `chosen` is the one that was pressed."""

    def __init__(
        self, bench: Workbench, problem: Problem, plan: Plan, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen: WhatIf | None = None
        self.setWindowTitle(bench.say("action.gallery"))
        self.setMinimumWidth(440)
        column = QVBoxLayout(self)
        column.setSpacing(4)
        document = bench.document
        parent_name = bench.called(None if document is None else document.name)
        column.addWidget(label("second", bench.say("gallery.about", parent=parent_name), wrap=True))
        self.buttons = []
        for what_if in gallery(problem, plan):
            made = button("", partial(self._choose, what_if), verbatim(what_if.title(bench.lang)))
            told = [group_words(" ".join(words), bench.lang) for words in what_if.commands]
            made.setToolTip(plain_tip("\n".join(told)))
            self.buttons.append(made)
            column.addWidget(made)
        cancel = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal)
        cancel.rejected.connect(self.reject)
        column.addWidget(cancel)

    def _choose(self, what_if: WhatIf) -> None:
        self.chosen = what_if
        self.accept()


def tried(study: Study, parent: str, what_if: WhatIf, lang: str) -> tuple[str, Edit]:
    """Give the name of a scenario that is free, and the edit that makes it with its changes.

    Raises:
        CommandRefusedError: the facts do not have what a command needs.
    """
    title = " ".join(what_if.title(lang).split())  # a name has plain spaces
    taken = {scenario.name for scenario in study.scenarios}
    names = (title, *(f"{title} ({n})" for n in range(2, len(taken) + 3)))
    name = next(each for each in names if each not in taken)
    edits: list[Edit] = [Branch(parent=parent, name=name)]
    group = what_if.group(study.problem(parent), title)
    if group.changes:
        edits.append(Record(scenario=name, group=group))
    return name, Together(edits=tuple(edits))
