"""The front door: finds a command by its name, and gives every ending a sentence and an exit code.

0 done · 1 wrong usage or bad input · 2 the plan kept has hard breaches that nobody waived · 3 nothing
found in the time · 4 an error of ours · 130 interrupted.
"""

import importlib
import keyword
import sys
from collections.abc import Sequence
from typing import Any, Final

import click
from click_default_group import DefaultGroup

from ui.cli import speech
from ui.cli.harmless import harmless_streams
from ui.cli.sentences import expected, ours
from ui.cli.speaking import SpeakingGroup, told

COMMANDS: Final = (
    "gui",
    "demo",
    "info",
    "check",
    "solve",
    "simulate",
    "kpis",
    "compare",
    "repair",
    "slots",
    "scenario",
    "merge",
    "import",
    "export",
    "journal",
    "purge",
    "share",
    "reattach",
    "recover",
    "worker",
)
"""The commands in the order of the help; the module of each has its name (`import_`: a keyword)."""

DONE, BAD, BROKEN, NOTHING, OURS, INTERRUPTED = 0, 1, 2, 3, 4, 130

click.UsageError.exit_code = BAD


class Door(SpeakingGroup, DefaultGroup):  # type: ignore[misc]  # it ships no annotations
    """The program: a command is loaded when it is called, and with it what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; anything else is for the default one."""
        if cmd_name in COMMANDS:
            name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
            module = importlib.import_module(f"ui.cli.{name}")
            command: click.Command = module.command
            return command
        found: click.Command | None = DefaultGroup.get_command(self, ctx, cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Leave the choice to the default command."""
        found: tuple[str | None, click.Command | None, list[str]]
        found = DefaultGroup.resolve_command(self, ctx, args)
        return found

    def main(self, args: Sequence[str] | None = None, *_: Any, **settings: Any) -> Any:
        """Run the program and leave with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        speech.choose(speech.wanted(arguments))
        _unicode()
        settings |= {"prog_name": "planner", "standalone_mode": False}
        with harmless_streams():
            code = ending(lambda: super(Door, self).main(arguments, **settings))
        sys.exit(code)


def ending(run: Any) -> int:
    """Run something, and turn however it ends into an exit code, with a sentence if it went wrong."""
    try:
        code = run()
    except click.Abort:
        return _end(INTERRUPTED, speech.say("cli.interrupted"))
    except click.ClickException as error:
        return _end(BAD, usage_sentence(error))
    except Exception as error:  # noqa: BLE001 - the last door: nobody sees a traceback
        sentence = expected(error)
        code = getattr(error, "code", BAD)
        return _end(code, sentence) if sentence else _end(OURS, ours(error))
    return code if isinstance(code, int) else DONE


def _end(code: int, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code


def usage_sentence(error: click.ClickException) -> str:
    """Say what is wrong with the words of a call, and where its help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "planner"
    return speech.say("cli.wrong_usage", what=_usage(error), command=path)


def _usage(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            near = told(sorted(error.possibilities or ()))
            known = "cli.no_option_but" if near else "cli.no_option"
            return speech.say(known, option=error.option_name, near=near)
        case click.MissingParameter():
            return speech.say("cli.missing", what=_name(error))
        case click.BadOptionUsage():
            return speech.say("cli.option_alone", option=error.option_name)
        case click.BadParameter():
            return speech.say("cli.bad_value", what=_name(error), why=error.message)
    return error.message


def _name(error: click.BadParameter) -> str:
    """Name an option as it is typed, an argument as the help shows it."""
    param = error.param
    if isinstance(param, click.Option):
        return param.opts[0]
    return (param.metavar or param.name or "").rstrip("…. ") if param is not None else ""


def _unicode() -> None:
    """Write UTF-8 into pipes and files, whatever the machine's old encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
