"""What the colours of the theatre board mean: the specialty of a case, its session's owner, its urgency.

Whatever it is stands in words as well: owners on their bands, and before the length of a case its
class of urgency, or its specialty where that is not one of the session's owners.
"""

from typing import Final, Literal, TypeAlias

from planner.boards.theatre import Band, Bar
from ui.window.boards.theatre_scene import Scene
from ui.window.look.specialties import Tone, ranks
from ui.window.workbench import Workbench

Colours: TypeAlias = Literal["specialty", "owner", "urgency"]
COLOURS: Final[tuple[Colours, ...]] = ("specialty", "owner", "urgency")


def read_colours(kept: object) -> Colours:
    """Read what colours mean from the settings; specialties where they say nothing of use."""
    return next((each for each in COLOURS if each == kept), "specialty")


def urgency(id: str) -> str:
    """Give the id of the tone of a class of urgency, which no specialty has."""
    return f"urgency:{id}"


def all_tones(bench: Workbench) -> dict[str, Tone]:
    """Give the tones of specialties and, most urgent first, of classes of urgency."""
    found = bench.tones()
    if bench.document is not None:
        classes = sorted(bench.document.problem.priorities, key=lambda each: each.wait)
        found |= ranks([urgency(each.id) for each in classes], bench.theme)
    return found


def bar_tone(scene: Scene, bar: Bar, band: Band | None) -> str:
    """Give the id of the tone of a case."""
    if scene.colours == "urgency":
        return urgency(bar.case.priority)
    owners = frozenset() if band is None else band.session.owners
    if scene.colours == "owner" and band is not None and bar.case.specialty not in owners:
        return band.tone
    return bar.tone


def bar_note(scene: Scene, bar: Bar, band: Band | None) -> str:
    """Give the code that stands before the length of a case, "" where none has to."""
    if scene.colours == "urgency":
        return str(bar.case.priority)
    if scene.colours == "owner" and band is not None and band.session.owners:
        guest = bar.case.specialty not in band.session.owners
        return scene.owners.get(bar.case.specialty, bar.case.specialty) if guest else ""
    return ""


def band_tone(scene: Scene, band: Band) -> str:
    """Give the id of the tone of a session: that of an owner, none where colours are of urgency."""
    return "" if scene.colours == "urgency" else band.tone
