"""The events of a run as the JSON lines of the worker; a plan travels as the path of its file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.codec import Document, number, place, text
from data.protecting import Seal
from data.run_codec import outcome_of, outcome_plain, score_of, score_plain, source_of
from data.runs import read_best
from planner.runs import (
    Bound,
    Event,
    Failed,
    Finished,
    Improved,
    Phase,
    Remark,
    Started,
)

PROTOCOL: Final = 1
HELLO: Final[Mapping[str, Any]] = {"event": "hello", "protocol": PROTOCOL}
"""The first line of a worker."""


def event_plain(event: Event, best: Path) -> Document:
    """Give an event as plain values; `best` is the file in which its plan stands already."""
    match event:
        case Started():
            return {"event": "started", "fingerprint": event.fingerprint, "seed": event.seed}
        case Phase():
            return {"event": "phase", "part": event.part, "name": event.name}
        case Improved():
            return {
                "event": "improved",
                "part": event.part,
                "score": score_plain(event.score),
                "seconds": event.seconds,
                "cpu_seconds": event.cpu_seconds,
                "bound": event.bound,
                "best": str(best),
            }
        case Bound():
            return {
                "event": "bound",
                "part": event.part,
                "bound": event.bound,
                "source": event.source,
            }
        case Remark():
            return {"event": "remark", "what": event.what, "facts": dict(event.facts)}
        case Finished():
            return {"event": "finished", **outcome_plain(event.result), "best": str(best)}
        case Failed():
            return {"event": "failed", "what": event.what, "facts": dict(event.facts)}


def event_of(document: Mapping[str, Any], seal: Seal | None) -> Event:
    """Make an event of a line of our own worker; its plan is read from the file that it names.

    `seal` is that of the run folder.

    Raises:
        Refused: it is none, or its plan cannot be read.
    """
    with place("event"):
        match document["event"]:
            case "started":
                seed = number(document["seed"])
                return Started(fingerprint=text(document["fingerprint"]), seed=seed)
            case "phase":
                return Phase(part=text(document["part"]), name=text(document["name"]))
            case "improved":
                return _improved(document, seal)
            case "bound":
                return Bound(
                    part=text(document["part"]),
                    bound=number(document["bound"]),
                    source=source_of(document["source"]),
                )
            case "remark":
                return Remark(what=text(document["what"]), facts=dict(document["facts"]))
            case "finished":
                best = read_best(Path(text(document["best"])), seal)
                return Finished(result=outcome_of(document, best.plan, best.forecast))
            case "failed":
                return Failed(what=text(document["what"]), facts=dict(document["facts"]))
        raise ValueError(document["event"])


def _improved(document: Mapping[str, Any], seal: Seal | None) -> Improved:
    bound = document["bound"]
    return Improved(
        part=text(document["part"]),
        plan=read_best(Path(text(document["best"])), seal).plan,
        score=score_of(document["score"]),
        seconds=float(document["seconds"]),
        cpu_seconds=float(document["cpu_seconds"]),
        bound=None if bound is None else number(bound),
    )
