"""The run folder: what a run of the engine was asked, and the best it has found, safe from a kill.

`STATE/runs/STUDY_ID/RUN_ID` holds `owner.json`, `request.json`, `best.json` and at the end
`finished.json`; `scenario.json` where the scenario was renamed meanwhile, `forecast.json` where its
plan was simulated. Each is replaced in one step, and `best.json` before the event that tells of it: who
hears of a plan can read it. A run without `finished.json` whose process is gone was killed.

Those of a protected study are under the key of its passphrase, as the study itself is, but for
`owner.json`: whoever opens the study again has the key again. Who begins a run or looks for one brings
the seal of the file at hand, for a plain study may have the same id; a worker is told the key with the
question, through a pipe.
"""

import json
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from data.codec import Document, dumps, horizon_of, horizon_plain, place, text
from data.forecast_rows import forecast_of, forecast_plain
from data.lock import Holder
from data.protecting import Seal, plain_of
from data.refused import JsonWords, Refused
from data.run_codec import (
    dated_plan_of,
    dated_plan_plain,
    request_of,
    request_plain,
    score_of,
    score_plain,
)
from data.state import private_folder, read_regular, reason, state_folder, write_private
from planner.clock import Horizon
from planner.forecast import Forecast
from planner.plan import Plan
from planner.runs import SolveRequest
from planner.score import Score

KEPT: Final = 20
"""How many finished runs of a study stay in the state folder."""

_STAMP: Final = "%Y%m%dT%H%M%S%f"
_NOBODY: Final[Mapping[str, str]] = {}
_OWNER: Final = "owner.json"
_RENAMED: Final = "scenario.json"
_FORECAST: Final = "forecast.json"
_NAME: Final = re.compile(r"[0-9A-Za-z_-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What `request.json` says: whose plan is asked for, and the question itself."""

    scenario: str
    request: SolveRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best plan of a run so far, audited; `part` is the part that it came from.

    `forecast` is what was simulated of it, at the end of the run.
    """

    plan: Plan
    score: Score
    horizon: Horizon
    part: str = ""
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    forecast: Forecast | None = None


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run; with a seal what is written into it is enciphered."""

    path: Path
    seal: Seal | None

    @property
    def id(self) -> str:
        """The id of the run; later runs have greater ones."""
        return self.path.name

    @property
    def request_path(self) -> Path:
        """The file that a worker is told to read."""
        return self.path / "request.json"

    @property
    def best_path(self) -> Path:
        """The file with the best plan so far."""
        return self.path / "best.json"

    @property
    def finished(self) -> bool:
        """Whether the run has come to its end, with or without a plan."""
        return (self.path / "finished.json").exists()

    @property
    def alive(self) -> bool:
        """Whether the process that began the run may still be there."""
        try:
            owner = Holder.of(self._read(_OWNER))
        except (Refused, ValueError):
            return False
        return not owner.gone

    @property
    def recoverable(self) -> bool:
        """Whether the run was killed and left a plan."""
        return self.best_path.exists() and not self.finished and not self.alive

    def write_request(self, scenario: str, request: SolveRequest) -> Path:
        """Write the question; give its file.

        Raises:
            Refused: it cannot be written.
        """
        self._write("request.json", {"scenario": scenario, **request_plain(request)})
        return self.request_path

    def question(self) -> Question:
        """Read the question.

        Raises:
            Refused: there is none, or it is broken.
        """
        document = self._read("request.json")
        with place("request.json"):
            request = request_of(document)
        return Question(scenario=self.scenario(document), request=request)

    def scenario(self, question: Document | None = None) -> str:
        """Read whose plan was asked for, by the name that the scenario has now.

        Raises:
            Refused: there is no question, or it is broken.
        """
        if (self.path / _RENAMED).exists():
            question, name = self._read(_RENAMED), _RENAMED
        else:
            question, name = question or self._read("request.json"), "request.json"
        with place(name):
            return text(question["scenario"])

    def rename(self, scenario: str) -> None:
        """Note that the scenario has another name now; the question itself stays as it was asked.

        Raises:
            Refused: it cannot be written.
        """
        self._write(_RENAMED, {"scenario": scenario})

    def write_best(self, best: Best) -> Path:
        """Replace the best plan in one step, before its event is sent; give its file.

        Raises:
            Refused: it cannot be written.
        """
        document = {
            "score": score_plain(best.score),
            "part": best.part,
            "seconds": best.seconds,
            "cpu_seconds": best.cpu_seconds,
            "plan": dated_plan_plain(best.plan, best.horizon),
        }
        if best.forecast is not None:
            document["forecast"] = forecast_plain(best.forecast, best.horizon)
        self._write("best.json", document)
        return self.best_path

    def write_forecast(self, forecast: Forecast, horizon: Horizon) -> Path:
        """Write what was simulated of the plan that the question holds; give its file.

        Raises:
            Refused: it cannot be written.
        """
        plain = {"horizon": horizon_plain(horizon), **forecast_plain(forecast, horizon)}
        self._write(_FORECAST, plain)
        return self.path / _FORECAST

    def best(self) -> Best | None:
        """Read the best plan so far, None where there is none yet.

        Raises:
            Refused: it is broken.
        """
        return read_best(self.best_path, self.seal) if self.best_path.exists() else None

    def finish(self, status: str) -> None:
        """Mark the run as ended: nothing of it is to be recovered.

        Raises:
            Refused: it cannot be written.
        """
        self._write("finished.json", {"status": status})

    def line(self, do: str, **words: Any) -> dict[str, Any]:
        """Give the line that asks a worker about the question; `words` say what else it is to know."""
        key = {} if self.seal is None else {"key": self.seal.key.hex()}
        return {"do": do, "request": str(self.request_path), **words, **key}

    def _write(self, name: str, document: Mapping[str, Any]) -> None:
        whole = dumps(document).encode()
        if self.seal is not None and name != _OWNER:  # who is at it may be asked by anybody
            whole = self.seal.shut(whole)
        try:
            write_private(self.path / name, whole, lasting=False)
        except OSError as error:
            raise Refused("run.not_written", path=str(self.path), why=reason(error)) from error

    def _read(self, name: str) -> Document:
        return _document(self.path / name, self.seal)


def create_run(study_id: str, seal: Seal | None) -> RunFolder:
    """Make the folder of a new run of a study; old finished and fruitless ones make room.

    `seal` is that of the file at hand: what the run leaves is enciphered as the file is.

    Raises:
        Refused: the state folder cannot be used.
    """
    folder = private_folder(folder_of(study_id))
    known = runs(study_id, seal)
    old = [run for run in known if run.finished][KEPT:]
    fruitless = [run for run in known if not (run.finished or run.best_path.exists() or run.alive)]
    for run in (*old, *fruitless):
        shutil.rmtree(run.path, ignore_errors=True)
    stamp = datetime.now(UTC).strftime(_STAMP)
    path = folder / f"{stamp}-{secrets.token_hex(3)}"
    fresh = RunFolder(private_folder(folder / f".{path.name}"), seal)
    fresh._write(_OWNER, asdict(Holder.me()))  # noqa: SLF001 - the maker of the value
    try:
        fresh.path.rename(path)  # nobody who tidies up sees it before it says whose it is
    except OSError as error:
        raise Refused("study.no_state_folder", path=str(path), why=reason(error)) from error
    return RunFolder(path, seal)


def runs(study_id: str, seal: Seal | None) -> tuple[RunFolder, ...]:
    """Give the runs of a study, the newest first."""
    try:
        found = sorted(folder_of(study_id).iterdir(), reverse=True)
    except OSError:
        return ()
    return tuple(RunFolder(path, seal) for path in found if path.is_dir() and path.name[0] != ".")


def unfinished(
    study_id: str,
    seal: Seal | None,
    scenario: str | None = None,
    born: Mapping[str, str] = _NOBODY,
) -> Iterator[RunFolder]:
    """Give the runs that were killed and left a plan, the newest first, of one scenario or of any.

    `born` says when scenarios were made: a run from before is that of another one of the same name.
    Those that are broken, or under a key that `seal` is not, are nobody's to recover here.
    """
    for run in runs(study_id, seal):
        if not run.recoverable:
            continue
        try:
            name = run.scenario()
        except Refused:
            continue
        made = born.get(name)
        if scenario in (None, name) and (made is None or run.id >= _stamp(made)):
            yield run


def newest_unfinished(
    study_id: str,
    seal: Seal | None,
    scenario: str | None = None,
    born: Mapping[str, str] = _NOBODY,
) -> RunFolder | None:
    """Give the newest run that was killed and left a plan, of one scenario or of any."""
    return next(unfinished(study_id, seal, scenario, born), None)


def _stamp(made: str) -> str:
    """Give a moment as the ids of runs begin."""
    return datetime.fromisoformat(made).astimezone(UTC).strftime(_STAMP)


def asked_run(line: Mapping[str, Any]) -> RunFolder:
    """Give the run folder whose question a worker was told to read, by `RunFolder.line`.

    Raises:
        Refused: there is no such file, or the key is none.
    """
    path, key = Path(str(line.get("request", ""))), line.get("key")
    if path.name != "request.json" or not path.is_file():
        raise Refused("run.broken", path=str(path), why="request.json?")
    try:
        return RunFolder(path.parent, None if key is None else Seal.of_key(bytes.fromhex(str(key))))
    except ValueError as error:
        raise Refused("run.broken", path=str(path), why="key?") from error


def read_best(path: Path, seal: Seal | None) -> Best:
    """Read a best plan from its file, as the window does when an event names it.

    Raises:
        Refused: it is broken, or under another key.
    """
    document = _document(path, seal)
    with place("best.json"):
        plan, horizon = dated_plan_of(document["plan"])
        given = document.get("forecast")
        return Best(
            plan=plan,
            horizon=horizon,
            score=score_of(document["score"]),
            part=text(document["part"]),
            seconds=float(document["seconds"]),
            cpu_seconds=float(document["cpu_seconds"]),
            forecast=None if given is None else forecast_of(given, horizon),
        )


def read_forecast(path: Path, seal: Seal | None) -> Forecast:
    """Read a forecast from its file, as the window does when an event names it.

    Raises:
        Refused: it is broken, or under another key.
    """
    document = _document(path, seal)
    with place(_FORECAST):
        given = document["horizon"]
        horizon = horizon_of(given["start"], given["days"], given["zone"])
        return forecast_of(document, horizon)


def _document(path: Path, seal: Seal | None) -> Document:
    try:
        found = json.loads(plain_of(read_regular(path), seal, path))
    except OSError as error:
        raise Refused("run.broken", path=str(path), why=reason(error)) from error
    except (ValueError, RecursionError) as error:
        raise Refused("run.broken", path=str(path), why=JsonWords.of_json(error)) from error
    if not isinstance(found, dict):
        raise Refused("run.broken", path=str(path), why=type(found).__name__)
    return found


def folder_of(study_id: str) -> Path:
    """Give where the runs of a study lie; it need not be there."""
    if not _NAME.fullmatch(study_id):
        raise ValueError(study_id)  # an id is ours: letters, digits, - and _
    return state_folder() / "runs" / study_id
