"""Pins on the command line: as they are typed, and as a list."""

from collections.abc import Callable, Mapping, Sequence

from planner.edits import SetPins
from planner.pin_words import pin_words, place_words
from planner.pinning import missed, owner_of, read
from planner.study import Pin, Study
from planner.view import TheatreView
from ui.cli.scenarios import edit
from ui.cli.show import document, table, telling
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded, Target, load


def pinning(
    target: str,
    what: Sequence[str],
    make: Callable[[Study, str, Sequence[Pin]], SetPins],
    *,
    as_json: bool,
) -> None:
    """Pin or free in a scenario what the words name.

    Raises:
        EditRefusedError: the words are not written so, or a parent has the pin.
        CommandRefusedError: they name what is not there.
    """

    def made(loaded: Loaded) -> SetPins:
        study, name = loaded.study, loaded.scenario().name
        wanted = [pin for words in what for pin in read(study.problem(name), words)]
        return make(study, name, wanted)

    edit(target, made, as_json=as_json)


def listed(target: str, *, as_json: bool) -> None:
    """List the pins in force, where each case stands, and which of them the plan does not keep."""
    loaded = load(Target.of(target))
    with loaded.opened:
        study, name = loaded.study, loaded.scenario().name
    problem = study.problem(name)
    view, lost = TheatreView(problem, study.scenario(name).plan), set(missed(study, name))
    rows = [
        {
            "kind": pin.kind,
            "id": pin.id,
            "first": None if pin.first is None else problem.horizon.date(pin.first).isoformat(),
            "last": None if pin.last is None else problem.horizon.date(pin.last).isoformat(),
            "scenario": owner_of(study, name, pin),
            "kept": pin not in lost,
            "sentence": pin_words(problem, pin, lang()),
            "place": place_words(view, pin, lang()),
        }
        for pin in study.pins(name)
    ]
    with telling():
        if as_json:
            document({"pins": rows})
        elif not rows:
            print(say("pin.none"))
        else:
            heads = [say(f"cli.head.{key}") for key in ("pinned", "place", "scenario", "state")]
            table(heads, [(*_cells(row), "" if row["kept"] else say("pin.lost")) for row in rows])


def _cells(row: Mapping[str, object]) -> tuple[str, str, str]:
    return str(row["sentence"]), str(row["place"]), str(row["scenario"])
