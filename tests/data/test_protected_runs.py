"""Runs of protected studies: nothing plain of them on a disk, and whoever has the key reads them."""

import dataclasses
import json
from pathlib import Path

import pytest

from data.protecting import MAGIC, Cost, Seal, SealedError
from data.refused import Refused
from data.runs import Best, RunFolder, asked_run, create_run, newest_unfinished, runs
from data.study_file import create_study, open_study
from planner.forecast import Forecast
from planner.runs import SolveRequest
from planner.score import Score
from planner.study import Study

WORDS = "le chat dort sur la grue"
CHEAP = Cost(10, 1, 1)
SCORE = Score(hard=0, breaches=0, waived=0, tiers=(1, 2, 3, 4), total=10)


@pytest.fixture
def sealed(study: Study, tmp_path: Path) -> Path:
    path = tmp_path / "protected.opale"
    with create_study(study) as opened:
        opened.seal = Seal.of(WORDS, CHEAP)
        opened.save(path)
    return path


@pytest.fixture
def seal(sealed: Path) -> Seal:
    with open_study(sealed, passphrase=WORDS) as opened:
        assert opened.seal is not None
        return opened.seal


@pytest.fixture
def run(study: Study, seal: Seal) -> RunFolder:
    """A run of the protected study, as whoever has opened it begins one."""
    folder = begun(study, seal)
    folder.write_forecast(study.scenario("base").forecast or Forecast(), study.base.horizon)
    folder.rename("et après")
    return folder


def begun(study: Study, seal: Seal | None) -> RunFolder:
    """A run with a question and a plan."""
    folder = create_run(study.id, seal)
    plan, horizon = study.scenario("base").plan, study.base.horizon
    asked = SolveRequest(problem=study.base, plan=plan, parts=("theatre",))
    folder.write_request("base", asked)
    folder.write_best(Best(plan=plan, horizon=horizon, score=SCORE))
    return folder


def kill(run: RunFolder) -> None:
    owner = json.loads((run.path / "owner.json").read_text())
    (run.path / "owner.json").write_text(json.dumps(owner | {"pid": 2**22 + 1}))


def test_nothing_of_it_is_on_the_disk_in_plain(run: RunFolder) -> None:
    written = {each.name: each.read_bytes() for each in run.path.iterdir()}
    assert b"pid" in written.pop("owner.json"), "who is at it may be asked by anybody"
    assert set(written) == {"request.json", "best.json", "forecast.json", "scenario.json"}
    assert all(whole.startswith(MAGIC) for whole in written.values())


def test_it_is_read_by_whoever_opens_the_study_again(
    run: RunFolder, study: Study, sealed: Path
) -> None:
    keyless = dataclasses.replace(run, seal=None)
    with pytest.raises(SealedError):
        keyless.question()
    kill(run)
    assert newest_unfinished(study.id, None) is None
    with open_study(sealed, passphrase=WORDS) as opened:
        found = newest_unfinished(study.id, opened.seal)
    assert found == run
    assert found.question().request.problem == study.base
    assert found.question().scenario == "et après"
    best = found.best()
    assert best is not None
    assert best.plan == study.scenario("base").plan


def test_a_plain_study_of_the_same_id_keeps_its_runs_in_plain(
    run: RunFolder, study: Study, seal: Seal
) -> None:
    """Somebody opens a protected copy of her study, and her own one beside it."""
    plain = begun(study, None)
    written = [each.read_bytes() for each in plain.path.iterdir()]
    assert not any(whole.startswith(MAGIC) for whole in written)
    assert "key" not in plain.line("solve")
    for each in (run, plain):
        kill(each)
    assert newest_unfinished(study.id, None) == plain, "the other one is not hers to recover"
    plain.finish("recovered")
    assert newest_unfinished(study.id, None) is None
    assert newest_unfinished(study.id, seal) == run
    assert len(runs(study.id, None)) == 2


def test_a_worker_is_told_the_key_with_the_question(run: RunFolder, study: Study) -> None:
    line = json.loads(json.dumps(run.line("solve", lang="fr")))
    assert line["do"] == "solve"
    assert line["lang"] == "fr"
    folder = asked_run(line)
    assert folder.question().request.problem == study.base
    folder.finish("optimal")
    assert (folder.path / "finished.json").read_bytes().startswith(MAGIC)
    assert run.best() is not None


@pytest.mark.parametrize("key", ["x", "", "00" * 31])
def test_a_worker_takes_nothing_else_for_a_key(run: RunFolder, key: str) -> None:
    with pytest.raises(Refused) as refused:
        asked_run(run.line("solve") | {"key": key})
    assert refused.value.what == "run.broken"


def test_a_changed_file_is_no_run(run: RunFolder) -> None:
    whole = bytearray(run.best_path.read_bytes())
    whole[-1] ^= 1
    run.best_path.write_bytes(whole)
    with pytest.raises(Refused):
        run.best()
