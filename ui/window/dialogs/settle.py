"""The question what becomes of a plan that nobody has taken yet, before its run goes."""

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.window.panels.parts import message_box
from ui.window.run import Run
from ui.window.workbench import Workbench


def settled(bench: Workbench, parent: QWidget) -> bool:
    """Tell whether no run and no plan of one would be lost now; ask where one would.

    The plan may be adopted, dropped, or kept: then whatever wanted to begin does not.
    """
    run = bench.solver.run
    if run is None or (not run.ready and not run.on):
        return True
    say = bench.say
    name = bench.called(run.scenario)
    words = say(_question(run), scenario=name)
    box = message_box(parent, QMessageBox.Icon.Question, words)
    box.setInformativeText(say("settle.about"))
    roles = QMessageBox.ButtonRole
    adopt = None
    if run.ready:
        adopt = box.addButton(say("solve.adopt"), roles.AcceptRole)
    drop = box.addButton(say("settle.drop"), roles.DestructiveRole)
    keep = box.addButton(say("settle.go_on" if run.on else "settle.wait"), roles.RejectRole)
    box.setDefaultButton(adopt or keep)
    box.setEscapeButton(keep)
    box.exec()
    chosen = box.clickedButton()
    if adopt is not None and chosen is adopt:
        return bench.solver.adopt()
    if chosen is drop:
        bench.solver.reject()
        return True
    return False


def _question(run: Run) -> str:
    if not run.on:
        return "settle.over"
    return "settle.on" if run.ready else "settle.none"
