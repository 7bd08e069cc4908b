"""What the README promises is there."""

import re
import sys
import tomllib
from pathlib import Path

import click
import pytest

from planner.rules import catalogue
from ui.cli.__main__ import main

READMES = (
    "README.md",
    "planner/README.md",
    "planner/rules/README.md",
    "solvers/README.md",
    "data/README.md",
    "ui/README.md",
)

TRY = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e . && .venv/bin/planner demo"
TEST = "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[dev]' && .venv/bin/pytest"


@pytest.fixture(scope="module")
def readme() -> str:
    return (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [TRY, TEST])
def test_the_two_commands_are_one_line_each(command: str, readme: str) -> None:
    assert f"```sh\n{command}\n```" in readme


def test_the_gate_runs_the_second_command(root: Path) -> None:
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    steps = [step.replace(".venv/bin/", "") for step in TEST.split(" && ")]
    assert steps[1].replace("pip install", 'pip" install --quiet') in script
    assert re.findall(r'^tier "\$venv/bin/pytest"(.*)$', script, re.MULTILINE) == ["", " -m long"]


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str, root: Path) -> None:
    page = root / name
    text = page.read_text(encoding="utf-8")
    targets = [each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each]
    assert [each for each in targets if not (page.parent / each).exists()] == []


def test_every_file_that_the_readme_tells_to_copy_is_there(readme: str, root: Path) -> None:
    told = re.findall(r"`((?:planner|data)/[\w/]+/_template\.py)`", readme)
    assert len(told) == 4
    assert [each for each in told if not (root / each).is_file()] == []


def test_the_table_of_commands_is_that_of_the_program(readme: str) -> None:
    told = set(re.findall(r"^\| `planner (\w+)` \|", readme, re.MULTILINE))
    group = main
    assert isinstance(group, click.Group)
    with click.Context(group) as context:
        real = {name for name in group.list_commands(context) if not hidden(group, context, name)}
    assert told == real - {"gui"}


def hidden(group: click.Group, context: click.Context, name: str) -> bool:
    command = group.get_command(context, name)
    assert command is not None
    return command.hidden


def test_exit_codes_are_told_once_for_all_commands(readme: str) -> None:
    assert re.findall(r"^\| (\d+) \|", readme, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_the_readme_of_the_rules_has_every_rule_type_with_its_number(root: Path) -> None:
    page = (root / "planner" / "rules" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:([^|`]*) \| )?`(\w+)` \|", page, re.MULTILINE)
    told = {type: sorted(re.findall(r"T\d\d", numbers)) for numbers, type in rows}
    real = {}
    for type, cls in catalogue().items():
        first = (sys.modules[cls.__module__].__doc__ or "").partition("\n")[0]
        real[type] = sorted(re.findall(r"T\d\d", first))
    assert told == real


def test_the_readme_of_the_rules_says_which_law_is_which_type(root: Path) -> None:
    page = (root / "planner" / "rules" / "README.md").read_text(encoding="utf-8")
    told = {
        law: type
        for type, laws in re.findall(r"^\| `(\w+)` \|[^|]*\| (FR[^|]*) \|", page, re.MULTILINE)
        for law in laws.split(", ")
    }
    pack = tomllib.loads((root / "planner" / "packs" / "fr_fph.toml").read_text(encoding="utf-8"))
    assert told == {rule["id"]: rule["type"] for rule in pack["rule"]}
