"""`planner scenario`: list, branch, change, switch, pin, publish, follow and delete scenarios."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from ui.cli import speaking
from ui.cli.dates import Date
from ui.cli.speaking import (
    HELP,
    OneOf,
    SpeakingGroup,
    Whole,
    force_option,
    json_option,
    language_option,
    option,
)
from ui.cli.speech import say

_change_option = option(
    "--change", "number", metavar="N", type=Whole(1), default=None, help="cli.scenario.one_change"
)


_past_option = option("--force", is_flag=True, help="cli.scenario.change.force")
_by_option = option("--by", "name", metavar="NAME", default="", help="cli.scenario.by")
_reason_option = option("--reason", metavar="TEXT", default="", help="cli.scenario.reason")


@click.group("scenario", cls=SpeakingGroup, help="cli.scenario", context_settings=HELP)
@language_option
def command() -> None:
    """Work with the scenarios of a study."""


@speaking.command("list", help="cli.scenario.list")
@click.argument("file", metavar="FILE")
@json_option
def list_scenarios(file: str, as_json: bool) -> None:
    """List scenarios with their changes."""
    from ui.cli.scenarios import listing, listing_text
    from ui.cli.show import document
    from ui.cli.targets import Target, load

    loaded = load(Target.of(file))
    with loaded.opened:
        found = listing(loaded)
    if as_json:
        document({"scenarios": found})
    else:
        listing_text(found)


@speaking.command("branch", help="cli.scenario.branch")
@speaking.target_argument
@click.argument("name", metavar="NAME")
@json_option
def branch(target: str, name: str, as_json: bool) -> None:
    """Make a scenario on another; it begins with its plan."""
    from planner.edits import Branch
    from ui.cli.scenarios import edit

    edit(target, lambda loaded: Branch(parent=loaded.scenario().name, name=name), as_json=as_json)


@speaking.command("change", help="cli.scenario.change")
@speaking.target_argument
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@option("--set", "sets", metavar="KIND/ID.FIELD=VALUE", multiple=True)
@option("--adjust", "adjusts", metavar="KIND/ID.FIELD=+N", multiple=True)
@option("--add", "adds", metavar="FILE.json", multiple=True, type=click.Path())
@option("--remove", "removes", metavar="KIND/ID", multiple=True)
@option("--do", "command", metavar="COMMAND")
@option("--name", metavar="NAME", help="cli.scenario.change.name")
@option("--from", "since", metavar="DATE", type=Date(), help="cli.scenario.change.from")
@option("--until", metavar="DATE", type=Date(), help="cli.scenario.change.until")
@_past_option
@json_option
def change(target: str, force: bool, as_json: bool, **asked: Any) -> None:
    """Record a named group of changes in a scenario."""
    from planner.commands import at_hand
    from ui.cli.changing import Asked, group_of, told_of
    from ui.cli.going import going_lines, recording
    from ui.cli.scenarios import edit

    wanted = Asked(**asked)

    def facts(loaded: Any) -> Any:
        return loaded.study.problem(loaded.scenario().name)

    def hand(loaded: Any) -> Any:
        return at_hand(loaded.study, loaded.scenario().name)

    def at(loaded: Any) -> tuple[Any, str, Any]:
        group = group_of(facts(loaded), wanted, hand(loaded))
        return loaded.study, loaded.scenario().name, group

    edit(
        target,
        lambda loaded: recording(*at(loaded)),
        as_json=as_json,
        past=force,
        tell=lambda loaded: [
            *told_of(facts(loaded), wanted, hand(loaded)),
            *going_lines(*at(loaded)),
        ],
    )


def _commands() -> list[str]:
    """Say how each command is written, and what it is for."""
    from planner.commands import catalogue

    names = sorted(catalogue())
    return [f"{say(f'command.{name}.usage')}\n{say(f'command.{name}')}" for name in names]


change.listed = _commands


@speaking.command("switch", help="cli.scenario.switch")
@speaking.target_argument
@click.argument("name", metavar="NAME")
@click.argument("state", metavar="on|off", type=OneOf("on", "off"))
@_past_option
@json_option
def switch(target: str, name: str, state: str, force: bool, as_json: bool) -> None:
    """Switch a group of changes on or off."""
    from ui.cli.going import switched, switched_lines
    from ui.cli.scenarios import edit

    on = state == "on"

    def tell(loaded: Any) -> list[str]:
        return switched_lines(loaded.study, loaded.scenario().name, name, on=on)

    edit(
        target,
        lambda loaded: switched(loaded.study, loaded.scenario().name, name, on=on),
        as_json=as_json,
        tell=tell if on else None,
        past=force,
    )


@speaking.command("reorder", help="cli.scenario.reorder")
@speaking.target_argument
@click.argument("name", metavar="NAME")
@click.argument("place", metavar="PLACE", type=Whole(1))
@_past_option
@json_option
def reorder(target: str, name: str, place: int, force: bool, as_json: bool) -> None:
    """Put a group of changes in another place: later ones win."""
    from planner.stacking import Reorder
    from ui.cli.scenarios import edit

    edit(
        target,
        lambda loaded: Reorder(scenario=loaded.scenario().name, group=name, place=place - 1),
        as_json=as_json,
        past=force,
    )


@speaking.command("move", help="cli.scenario.move")
@speaking.target_argument
@click.argument("name", metavar="NAME")
@_change_option
@_past_option
@json_option
def move(target: str, name: str, number: int | None, force: bool, as_json: bool) -> None:
    """Move a group of changes, or one change of it, to the parent."""
    from planner.stacking import lifted
    from ui.cli.scenarios import edit

    at = None if number is None else number - 1
    edit(
        target,
        lambda loaded: lifted(loaded.study, loaded.scenario().name, name, at),
        as_json=as_json,
        past=force,
    )


@speaking.command("drop", help="cli.scenario.drop")
@speaking.target_argument
@click.argument("name", metavar="NAME")
@_change_option
@_past_option
@json_option
def drop(target: str, name: str, number: int | None, force: bool, as_json: bool) -> None:
    """Take a group of changes, or one change of it, out of a scenario."""
    from planner.stacking import Drop
    from ui.cli.scenarios import edit

    at = None if number is None else number - 1
    edit(
        target,
        lambda loaded: Drop(scenario=loaded.scenario().name, group=name, change=at),
        as_json=as_json,
        past=force,
    )


@speaking.command("pin", help="cli.scenario.pin")
@speaking.target_argument
@click.argument("what", metavar="KIND/ID...", nargs=-1, required=True)
@json_option
def pin(target: str, what: tuple[str, ...], as_json: bool) -> None:
    """Pin what solving is to keep."""
    from planner.pinning import fixed
    from ui.cli.pins import pinning

    pinning(target, what, fixed, as_json=as_json)


@speaking.command("unpin", help="cli.scenario.unpin")
@speaking.target_argument
@click.argument("what", metavar="KIND/ID...", nargs=-1, required=True)
@json_option
def unpin(target: str, what: tuple[str, ...], as_json: bool) -> None:
    """Free what is pinned."""
    from planner.pinning import freed
    from ui.cli.pins import pinning

    pinning(target, what, freed, as_json=as_json)


@speaking.command("pins", help="cli.scenario.pins")
@speaking.target_argument
@json_option
def pins(target: str, as_json: bool) -> None:
    """List what is pinned, and what of it the plan does not keep."""
    from ui.cli.pins import listed

    listed(target, as_json=as_json)


@speaking.command("publish", help="cli.scenario.publish")
@speaking.target_argument
@option("--appoint", is_flag=True, help="cli.scenario.appoint")
@option("--force", is_flag=True, help="cli.scenario.publish.force")
@_by_option
@_reason_option
@json_option
def publish_plan(
    target: str, name: str, reason: str, appoint: bool, force: bool, as_json: bool
) -> None:
    """Keep the plan of a scenario as the published one, and its placements as appointments."""
    from ui.cli.signing import publish

    publish(target, name, reason, appoint=appoint, force=force, as_json=as_json)


@speaking.command("propose", help="cli.scenario.propose")
@speaking.target_argument
@_by_option
@_reason_option
@json_option
def propose(target: str, name: str, reason: str, as_json: bool) -> None:
    """Put the plan of a scenario forward."""
    from planner.signatures import PROPOSED
    from ui.cli.signing import sign

    sign(target, PROPOSED, name, reason, as_json=as_json)


@speaking.command("approve", help="cli.scenario.approve")
@speaking.target_argument
@_by_option
@_reason_option
@json_option
def approve(target: str, name: str, reason: str, as_json: bool) -> None:
    """Approve the plan that was put forward."""
    from planner.signatures import APPROVED
    from ui.cli.signing import sign

    sign(target, APPROVED, name, reason, as_json=as_json)


@speaking.command("withdraw", help="cli.scenario.withdraw")
@speaking.target_argument
@_by_option
@_reason_option
@json_option
def withdraw_plan(target: str, name: str, reason: str, as_json: bool) -> None:
    """Make a draft again of what is proposed or approved."""
    from ui.cli.signing import withdraw

    withdraw(target, name, reason, as_json=as_json)


@speaking.command("roll-out", help="cli.scenario.roll_out")
@speaking.target_argument
@click.argument("rotations", metavar="[ROTATION]...", nargs=-1)
@option("--days", "when", metavar="DATE..DATE", help="cli.scenario.roll_out.days")
@_past_option
@json_option
def roll_out(
    target: str, rotations: tuple[str, ...], when: str | None, force: bool, as_json: bool
) -> None:
    """Lay rotations over the roster of a scenario."""
    from ui.cli.rolling import roll_out as lay

    lay(target, rotations, when, force=force, as_json=as_json)


@speaking.command("call-out", help="cli.scenario.call_out")
@speaking.target_argument
@click.argument("person", metavar="PERSON")
@click.argument("day", metavar="DATE")
@click.argument("start", metavar="HH:MM")
@click.argument("minutes", metavar="MINUTES")
@json_option
def call_out(target: str, as_json: bool, **words: str) -> None:
    """Record that somebody on call was called out, and say what rest or hours it breaks."""
    from ui.cli.calling import record

    record(target, words, as_json=as_json)


@speaking.command("delete", help="cli.scenario.delete")
@speaking.target_argument
@json_option
def delete(target: str, as_json: bool) -> None:
    """Take a scenario away."""
    from planner.edits import Delete
    from ui.cli.scenarios import edit

    edit(target, lambda loaded: Delete(name=loaded.scenario().name), as_json=as_json)


@speaking.command("next-period", help="cli.scenario.next_period")
@speaking.target_argument
@option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="cli.next_period.out",
)
@option("--as-of", metavar="DATE", type=Date(), help="cli.next_period.as_of")
@option("--published", is_flag=True, help="cli.next_period.published")
@force_option
@json_option
def next_period(
    target: str, out: Path, as_of: dt.date | None, published: bool, force: bool, as_json: bool
) -> None:
    """Write the study of the next period, with what this one leaves to it."""
    from ui.cli.following import follow

    follow(target, out, as_of, published=published, force=force, as_json=as_json)


_EACH = (
    *(list_scenarios, branch, change, switch, reorder, move, drop, pin, unpin, pins),
    *(propose, approve, publish_plan, withdraw_plan, roll_out, call_out, next_period, delete),
)
for _each in _EACH:
    command.add_command(_each)
