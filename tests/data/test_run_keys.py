"""Runs of protected studies: nothing plain of them on a disk, and whoever has the key reads them."""

import dataclasses
import json
from pathlib import Path

import pytest

from data import run_keys
from data.protecting import MAGIC, Cost, Seal, SealedError
from data.refused import Refused
from data.runs import Best, RunFolder, create_run, newest_unfinished, opened_run
from data.study_file import create_study, open_study
from planner.forecast import Forecast
from planner.runs import SolveRequest
from planner.score import Score
from planner.study import Study

WORDS = "le chat dort sur la grue"
CHEAP = Cost(10, 1, 1)


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_keys, "_SEALS", {})


@pytest.fixture
def sealed(study: Study, tmp_path: Path) -> Path:
    path = tmp_path / "protected.opale"
    with create_study(study) as opened:
        opened.seal = Seal.of(WORDS, CHEAP)
        opened.save(path)
    return path


@pytest.fixture
def run(study: Study, sealed: Path) -> RunFolder:
    """A run of the protected study, as whoever has opened it begins one."""
    with open_study(sealed, passphrase=WORDS):
        folder = create_run(study.id)
    asked = SolveRequest(problem=study.base, plan=study.scenario("base").plan, parts=("theatre",))
    folder.write_request("base", asked)
    score = Score(hard=0, breaches=0, waived=0, tiers=(1, 2, 3, 4), total=10)
    horizon = study.base.horizon
    folder.write_best(Best(plan=study.scenario("base").plan, horizon=horizon, score=score))
    folder.write_forecast(study.scenario("base").forecast or Forecast(), horizon)
    folder.rename("et après")
    return folder


def test_nothing_of_it_is_on_the_disk_in_plain(run: RunFolder) -> None:
    written = {each.name: each.read_bytes() for each in run.path.iterdir()}
    assert b"pid" in written.pop("owner.json"), "who is at it may be asked by anybody"
    assert set(written) == {"request.json", "best.json", "forecast.json", "scenario.json"}
    assert all(whole.startswith(MAGIC) for whole in written.values())


def test_it_is_read_by_whoever_opens_the_study_again(
    run: RunFolder, study: Study, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_keys, "_SEALS", {})
    with pytest.raises(SealedError):
        run.question()
    owner = json.loads((run.path / "owner.json").read_text())
    (run.path / "owner.json").write_text(json.dumps(owner | {"pid": 2**22 + 1}))  # it was killed
    assert newest_unfinished(study.id) is None
    with open_study(sealed, passphrase=WORDS):
        found = newest_unfinished(study.id)
    assert found == run
    assert run.question().request.problem == study.base
    assert run.question().scenario == "et après"
    best = run.best()
    assert best is not None
    assert best.plan == study.scenario("base").plan


def test_a_worker_is_told_the_key_with_the_question(
    run: RunFolder, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = run_keys.with_key({"do": "solve", "request": str(run.request_path)})
    monkeypatch.setattr(run_keys, "_SEALS", {})  # another process
    run_keys.take({"do": "warm"})
    run_keys.take(json.loads(json.dumps(line)))
    folder = opened_run(Path(line["request"]))
    assert folder.question().request.problem == study.base
    folder.finish("optimal")
    assert (folder.path / "finished.json").read_bytes().startswith(MAGIC)
    assert folder.outcome() == {"status": "optimal"}


def test_a_changed_file_is_no_run(run: RunFolder) -> None:
    whole = bytearray(run.best_path.read_bytes())
    whole[-1] ^= 1
    run.best_path.write_bytes(whole)
    with pytest.raises(Refused):
        run.best()


def test_runs_of_other_studies_are_as_they_were(run: RunFolder, study: Study) -> None:
    other = create_run(f"{study.id}x")
    other.write_request("base", SolveRequest(problem=study.base, parts=("theatre",)))
    assert "key" not in run_keys.with_key({"do": "solve", "request": str(other.request_path)})
    assert json.loads(other.request_path.read_text(encoding="utf-8"))["scenario"] == "base"
    plain = dataclasses.replace(run, path=other.path)
    assert plain.question().request.problem == study.base
