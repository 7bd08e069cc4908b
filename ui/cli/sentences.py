"""What went wrong, as one sentence: what we expect of files and people, and what is our own fault."""

import platform
import sys
import traceback
from datetime import UTC, datetime

from planner import __version__
from planner.words import known
from ui.cli.speech import lang, say


class Told(Exception):
    """Bad input that a command itself has found: a message id and facts."""

    code = 1

    def __init__(self, what: str, /, **facts: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.facts = facts


class NothingFound(Told):
    """There was no plan in the time."""

    code = 3


def expected(error: Exception) -> str | None:
    """Say an error that people and files make; None where it is ours."""
    from data.refused import Refused, in_words
    from planner.commands.contract import CommandRefusedError
    from planner.edits import EditRefusedError
    from planner.plain import NotPlainError
    from planner.study import UnknownScenarioError

    match error:
        case Refused():
            return error.sentence(lang())
        case Told():
            return say(error.what, **in_words(error.facts, lang()))
        case CommandRefusedError():
            return _of_command(error)
        case EditRefusedError():
            return say(error.what, **error.facts)
        case UnknownScenarioError():
            return say("cli.no_scenario", name=str(error.args[0]))
        case NotPlainError(what="unknown_field"):
            return say("cli.no_field", field=error.field)
        case NotPlainError(what="not_printable"):
            return say("cli.not_printable", field=error.field, value=error.value)
        case NotPlainError():
            return say("cli.not_plain", field=error.field, value=error.value)
    return None


def _of_command(error: Exception) -> str:
    """Say why a command was refused; its usage and its kinds are messages themselves."""
    facts = dict(getattr(error, "facts", {}))
    if "usage" in facts:
        facts["usage"] = say(str(facts["usage"]))
    command = str(facts.get("command"))
    if known(f"command.{command}"):
        facts["command"] = f"{say(f'command.{command}')} ({command})"
    kind = f"kind.{facts.get('kind')}"
    if known(kind):
        facts["kind"] = say(kind).lower()
    return say(getattr(error, "what", ""), **facts)


def ours(error: BaseException) -> str:
    """Keep an error of ours in a log file, and say where it is; the file stays on this machine."""
    from data.refused import Refused
    from data.state import private_folder, state_folder

    if isinstance(error, MemoryError):
        return say("cli.no_memory")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    path = state_folder() / "errors" / f"{stamp}.log"
    lines = (
        f"opale {__version__}, Python {platform.python_version()}, {platform.platform()}\n",
        f"{sys.argv}\n",
        *traceback.format_exception(error),
    )
    try:
        private_folder(path.parent)
        path.write_text("".join(lines), encoding="utf-8")
    except (OSError, Refused):
        return say("cli.ours_unwritten", error=type(error).__name__)
    return say("cli.ours", error=type(error).__name__, path=str(path))
