"""The demo hospital in the window: made at once, planned by the worker from the first second on."""

from data.demo import generate
from data.state import new_id
from planner.study import Study
from ui.window.document import Document
from ui.window.workbench import Workbench

PROFILE = "mid"


def begin(bench: Workbench) -> None:
    """Show the demo hospital as a study that has no file yet."""
    study = Study(id=new_id(), name="demo", base=generate(PROFILE, 1))
    bench.take(Document.of(study))
