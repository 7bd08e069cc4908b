"""Commands and options that speak the reader's language: their help is a message id.

The help of a command `solve` is the message `cli.solve`, that of its option `--seconds`
`cli.option.seconds`, unless the option names another.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

import click

from planner.words import LANGUAGES
from ui.cli.speech import say

F = TypeVar("F", bound=Callable[..., Any])


MOST: Final = 2**31 - 1
"""The largest whole number: the solvers' seeds have 31 bits."""


class Whole(click.ParamType[int]):
    """A whole number from `low` to `most`."""

    name = "whole"

    def __init__(self, low: int = 0, most: int = MOST) -> None:
        self.low, self.most = low, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        try:
            number = int(value)
        except ValueError:
            number = self.low - 1
        if number < self.low:
            self.fail(say("cli.not_whole", value=str(value), low=self.low), param, ctx)
        if number > self.most:
            self.fail(say("cli.too_large", value=str(value), most=self.most), param, ctx)
        return number


class Length(click.ParamType[float]):
    """A length of time in seconds, above 0."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read the number; a decimal comma is one too."""
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            number = 0.0
        if not 0.0 < number < 1e9:
            self.fail(say("cli.not_seconds", value=str(value)), param, ctx)
        return number


class OneOf(click.ParamType[Any]):
    """One of a few words."""

    name = "word"

    def __init__(self, *options: str) -> None:
        self.options = options

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the words as they may be written."""
        return "|".join(self.options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the word if it is one of them."""
        if value not in self.options:
            options = ", ".join(self.options)
            self.fail(say("cli.not_one_of", value=str(value), options=options), param, ctx)
        return str(value)


class SomeOf(OneOf):
    """Some of a few words, with commas between them."""

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show all of them, as they may be written."""
        return ",".join(self.options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Give the words in the order of the list."""
        if isinstance(value, tuple):
            return value
        given = [word.strip() for word in str(value).split(",")]
        for word in given:
            super().convert(word, param, ctx)
        return tuple(word for word in self.options if word in given)


class SpeakingOption(click.Option):
    """An option whose help is a message id."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the line of the help in the language of this call."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], say(self.help)


_BELOW_ZERO: Final = re.compile(r"^-\d[\d.,]*%?$")

_LAST: Final = ("--force", "--json", "--passphrase-file", "--lang", "--help")
"""Options that most commands have stand after those of the command itself."""


def _place(option: click.Option) -> int:
    name = option.opts[-1]
    return _LAST.index(name) + 1 if name in _LAST else 0


class SpeakingHelp(click.Command):
    """What commands and groups of commands share: help and usage in the reader's language."""

    allow_extra_args = True  # counted below, so that the complaint is in the reader's language
    takes_more = False
    listed: Callable[[], Sequence[str]] = staticmethod(tuple)
    """What stands under what the command does, one below the other; further lines of one are indented."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; words that nobody asked for are refused.

        A number below zero is a word as any other, and no option.
        """
        words = [_BELOW_ZERO.sub("0", word) for word in args]
        if words != args:
            self.make_parser(ctx).parse_args(words)  # it refuses what else is no option
            ctx.ignore_unknown_options = True
        rest = super().parse_args(ctx, args)
        if rest and not self.takes_more and not ctx.resilient_parsing:
            raise click.UsageError(say("cli.extra_words", words=" ".join(map(str, rest))), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option `--help` with its line in both languages."""
        made = super().get_help_option(ctx)
        if made is not None and not isinstance(made, SpeakingOption):
            made.__class__ = SpeakingOption
            made.help = "cli.option.help"
        return made

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('cli.usage')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in say(self.help or "").split("\n"):
                formatter.write_text(paragraph)
                formatter.write_paragraph()
            with formatter.indentation():
                for first, *more in (each.split("\n") for each in self.listed()):
                    formatter.write_text(first)
                    with formatter.indentation():
                        for line in more:
                            formatter.write_text(line)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        ordered = sorted(options, key=_place)
        records = [record for each in ordered if (record := each.get_help_record(ctx))]
        with formatter.section(say("cli.options")):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class SpeakingCommand(SpeakingHelp):
    """A command."""


class SpeakingGroup(SpeakingHelp, click.Group):
    """A group of commands; what is done stands in each of them."""

    takes_more = True

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which they were added: what comes first is told first."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first sentence of their help."""
        lines = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                lines.append((name, say(command.help or "").partition("\n")[0]))
        with formatter.section(say("cli.commands")):
            formatter.write_dl(lines)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by its name, or say which there are."""
        if self.get_command(ctx, args[0]) is None:
            known = told(self.list_commands(ctx))
            raise click.UsageError(say("cli.no_command", command=args[0], commands=known), ctx)
        return super().resolve_command(ctx, args)


HELP: Final = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def option(*names: str, help: str | None = None, **attributes: Any) -> Callable[[F], F]:
    """Declare an option; its help is `cli.option.NAME` unless another message is named."""
    word = next(name for name in names if name.startswith("--")).partition("/")[0]
    message = help or f"cli.option.{word.removeprefix('--').replace('-', '_')}"
    return click.option(*names, help=message, cls=SpeakingOption, **attributes)


def language_option(function: F) -> F:
    """Declare `--lang`; it was taken before (see `speech.wanted`), here it is checked."""
    return option("--lang", type=OneOf(*LANGUAGES), expose_value=False)(function)


def command(
    name: str, *, opens: bool = True, **attributes: Any
) -> Callable[[Callable[..., Any]], SpeakingCommand]:
    """Declare a command with its options, `--lang` among them; its help is `cli.NAME`.

    `opens`: it opens studies, which may be under a passphrase.
    """

    def declare(function: Callable[..., Any]) -> SpeakingCommand:
        settings: dict[str, Any] = {"help": f"cli.{name}", "context_settings": HELP, **attributes}
        if opens:
            function = _passphrase_option(function)
        made: SpeakingCommand = click.command(name, cls=SpeakingCommand, **settings)(
            language_option(function)
        )
        return made

    return declare


json_option = option("--json", "as_json", is_flag=True)
force_option = option("--force", is_flag=True)
reading_option = option("--reading", metavar="WORD", default=None)


def _keep_passphrase_files(
    context: click.Context, _: click.Parameter, value: tuple[str, ...]
) -> None:
    if value:
        from ui.cli.passphrases import FILES

        context.meta[FILES] = value


_passphrase_option = option(
    "--passphrase-file",
    metavar="FILE",
    multiple=True,
    expose_value=False,
    callback=_keep_passphrase_files,
)
"""Where passphrases of studies are read from; `passphrases.passphrase_for` does."""


def target_argument(function: F) -> F:
    """Declare the argument TARGET: FILE, or FILE#SCENARIO."""
    return click.argument("target", metavar="TARGET")(function)


def told(names: Sequence[str]) -> str:
    """Write names as a sentence lists them."""
    return ", ".join(names)
