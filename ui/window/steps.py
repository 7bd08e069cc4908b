"""Undo and redo, named for the step that they take."""

from typing import TYPE_CHECKING

from ui.window.actions import Actions
from ui.window.workbench import Workbench

if TYPE_CHECKING:
    from ui.window.document import Document


def name_steps(actions: Actions, document: "Document") -> None:
    """Name both actions for what they would do; one without a step is off."""
    stack = document.stack
    steps = (
        ("undo", stack.canUndo(), stack.undoText()),
        ("redo", stack.canRedo(), stack.redoText()),
    )
    for id, may, words in steps:
        actions.name_step(id, words if may else "")
        actions[id].setEnabled(may and not document.read_only)


def take_step(bench: Workbench, what: str) -> None:
    """Undo or redo one step, and say which one it was."""
    document = bench.document
    if document is None or document.read_only:
        return
    stack = document.stack
    words, may = (
        (stack.undoText(), stack.canUndo())
        if what == "undo"
        else (stack.redoText(), stack.canRedo())
    )
    if may:
        getattr(stack, what)()
        bench.told.emit(bench.say(f"window.{what}", what=words), False)
