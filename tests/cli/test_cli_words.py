"""Every id that the door says has a sentence, those that come from the engine too."""

import ast
from collections.abc import Iterator
from pathlib import Path

from planner import pinning
from planner.words import known

SAYING = {"say", "note", "Told", "NothingFound", "_fail"}


def constants(folder: Path, *names: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in names:
                    yield name, node


def first(call: ast.Call, keyword: str = "what") -> str | None:
    given = [*call.args[:1], *(each.value for each in call.keywords if each.arg == keyword)]
    return next((each.value for each in given if isinstance(each, ast.Constant)), None)


def test_every_sentence_of_the_door_is_there(root: Path) -> None:
    ids = {first(call) for _, call in constants(root / "ui", *SAYING)} - {None}
    assert len(ids) > 60
    assert sorted(id for id in ids if not known(str(id))) == []


def test_every_phase_and_remark_of_the_engine_has_words(root: Path) -> None:
    phases = {first(call) for _, call in constants(root / "solvers", "phase")} - {None}
    remarks = {first(call) for _, call in constants(root / "solvers", "remark", "Remark")} - {None}
    assert len(phases) > 3
    assert [id for id in phases if not known(f"phase.{id}")] == []
    assert [id for id in remarks if not known(f"remark.{id}")] == []


def test_every_choice_has_words() -> None:
    ids = [
        *(f"cli.part.{part}" for part in ("theatre", "roster")),
        *(f"cli.status.{s}" for s in ("optimal", "feasible", "relaxed", "nothing", "stopped")),
        *(f"pin.n.{kind}" for kind in pinning.KINDS),
        *(f"cli.demo.profile.{profile}" for profile in ("small", "mid", "chu", "ward")),
        *(f"cli.note.{state}{part}" for state in ("broken", "shifted") for part in ("", ".hint")),
    ]
    assert [id for id in ids if not known(id)] == []
