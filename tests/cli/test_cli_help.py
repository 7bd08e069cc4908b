"""Every command speaks both languages, and its help is whole."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import click
import pytest

from planner import words
from ui.cli import speech
from ui.cli.__main__ import main
from ui.cli.door import BAD, BROKEN, DONE, INTERRUPTED, NOTHING, OURS
from ui.cli.speaking import SpeakingOption


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from commands(found, (*path, name))


Call = Callable[..., Any]
ALL = tuple(commands(main))


def test_the_commands_are_those_of_the_design() -> None:
    assert {path[0] for path in ALL if path} == {
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
    }
    assert {path[1] for path in ALL if path[:1] == ("scenario",) and path[1:]} == {
        "list",
        "branch",
        "change",
        "switch",
        "reorder",
        "move",
        "drop",
        "propose",
        "approve",
        "publish",
        "withdraw",
        "roll-out",
        "call-out",
        "next-period",
        "delete",
        "pin",
        "unpin",
        "pins",
    }


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_whole_in_both_languages(path: tuple[str, ...], lang: str, call: Call) -> None:
    ended = call(*path, "--help", "--lang", lang)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith({"en": "Usage: ", "fr": "Usage\u202f: "}[lang] + "planner")
    assert "cli." not in ended.out
    assert "--lang en|fr" in ended.out
    options = re.findall(r"^  (-[-\w, ]+)[^\n]*?(?:  |\n)", ended.out, re.MULTILINE)
    assert len(options) >= 2


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_the_two_languages_differ(path: tuple[str, ...], call: Call) -> None:
    english, french = (call(*path, "-h", f"--lang={lang}").out for lang in words.LANGUAGES)
    assert english != french


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        with click.Context(command) as context:
            inner = command.get_command(context, name)
        assert inner is not None
        command = inner
    return command


def test_every_option_has_words_of_its_own() -> None:
    speech.choose("en")
    silent = []
    for path in ALL:
        command = found(path)
        for param in command.params:
            if isinstance(param, click.Option) and not param.hidden:
                if not words.known(param.help or ""):
                    silent.append((path, param.name, param.help))
        if not words.known(command.help or ""):
            silent.append((path, "", command.help))
    assert silent == []


OPEN_NONE = {("gui",), ("demo",), ("import",)}
"""The window asks for a passphrase itself; what is made or imported has none."""


def test_every_command_that_opens_a_study_reads_passphrases_from_files() -> None:
    for path in ALL:
        command = found(path)
        named = any(isinstance(param, click.Argument) for param in command.params)
        reads = any(param.name == "passphrase_file" for param in command.params)
        assert reads == (named and path not in OPEN_NONE), path


def test_the_language_of_the_machine_is_taken(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPALE_LANG", "fr")
    assert "Usage\u202f:" in call("info", "--help").out
    assert "Usage:" in call("info", "--help", "--lang", "en").out


@pytest.mark.parametrize(
    ("command", "english", "french"),
    [
        ("solve", "leave the target as it is", "sans toucher à la cible"),
        ("import", "The study to write", "L’étude à écrire"),
        ("export", "The file or folder to write", "Le fichier ou le dossier à écrire"),
    ],
)
def test_out_says_what_each_command_writes(
    command: str, english: str, french: str, call: Call
) -> None:
    for lang, words_wanted in (("en", english), ("fr", french)):
        told = " ".join(call(command, "--help", "--lang", lang).out.split())
        assert words_wanted in told
        assert command == "solve" or "target as it is" not in told


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_help_of_changes_names_every_command(lang: str, call: Call) -> None:
    from planner.commands import catalogue

    written = call("scenario", "change", "--help", "--lang", lang).out.splitlines()
    assert catalogue().keys() <= {line.split()[0] for line in written if line.split()}
    whole = " ".join(" ".join(written).split())
    for name in catalogue():
        assert words.say(f"command.{name}", lang) in whole, name


def test_scenarios_are_listed_before_they_are_deleted() -> None:
    with click.Context(found(("scenario",))) as context:
        listed = found(("scenario",)).list_commands(context)  # type: ignore[attr-defined]
    assert listed[:3] == ["list", "branch", "change"]
    assert listed[-1] == "delete"
    assert listed.index("propose") < listed.index("approve") < listed.index("publish")


@pytest.mark.parametrize(
    ("lang", "merge"),
    [("en", "a merge has left conflicts"), ("fr", "une fusion a laissé des conflits")],
)
def test_the_first_help_names_every_exit_code(lang: str, merge: str, call: Call) -> None:
    told = " ".join(call("--help", "--lang", lang).out.split())
    assert merge in told
    codes = told[told.index(" 0 ") :]
    for code in (DONE, BAD, BROKEN, NOTHING, OURS, INTERRUPTED):
        assert f" {code} " in codes


def test_options_that_every_command_has_stand_last(call: Call) -> None:
    lines = re.findall(r"^  (?:-\w, )?(--[a-z-]+)", call("solve", "--help").out, re.MULTILINE)
    assert lines[-5:] == ["--force", "--json", "--passphrase-file", "--lang", "--help"]
    assert lines[0] == "--parts"


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_line_of_help_is_a_sentence(lang: str) -> None:
    speech.choose(lang)
    torn = []
    for path in ALL:
        for each in found(path).params:
            if isinstance(each, SpeakingOption) and not each.hidden:
                told = speech.say(each.help or "")
                if not told[0].isupper() or not told.endswith((".", "?")):
                    torn.append((path, each.name, told))
    assert torn == []


def test_seconds_of_a_merge_say_what_holds_unless_told(call: Call) -> None:
    told = " ".join(call("merge", "--help").out.split())
    assert "--effort 1 unless told" in told
    assert "60 unless told" not in told
