"""A plan on its way out, from the command line: proposed, approved, withdrawn, published."""

from collections.abc import Sequence

from data.account import signature
from planner.edits import Edit
from planner.publishing import Publishing, publishing
from planner.publishing_words import lines, notices, unkept
from planner.signatures import DRAFT, PUBLISHED
from planner.signing import Sign, Withdraw
from planner.signing_words import lines as standing_lines
from planner.standing import standing
from ui.cli.scenarios import edit
from ui.cli.sentences import Told
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded


def sign(target: str, step: str, name: str, reason: str, *, as_json: bool) -> None:
    """Propose or approve a plan; tell whom publishing it would tell what, and what it would not keep.

    Raises:
        EditRefusedError: another step comes first.
    """

    def make(loaded: Loaded) -> Edit:
        return Sign(scenario=loaded.scenario().name, signature=signature(step, name, reason))

    def tell(loaded: Loaded) -> Sequence[str]:
        found = publishing(loaded.study, loaded.scenario().name, say("appointments.told"))
        doubts = [say(what, **facts) for what, facts in found.doubts]
        told = lines(found, lang(), headed=not as_json)
        return [*doubts, *told, *_signed(loaded, make(loaded))]

    edit(target, make, as_json=as_json, tell=tell)


def withdraw(target: str, name: str, reason: str, *, as_json: bool) -> None:
    """Make a draft again of what is proposed or approved.

    Raises:
        EditRefusedError: there is nothing to withdraw.
    """

    def make(loaded: Loaded) -> Edit:
        return Withdraw(scenario=loaded.scenario().name, signature=signature(DRAFT, name, reason))

    edit(target, make, as_json=as_json)


def publish(
    target: str, name: str, reason: str, *, appoint: bool, force: bool, as_json: bool
) -> None:
    """Publish a plan, with appointments and rosters where that is asked; say whom to tell.

    Raises:
        EditRefusedError: it is not approved, or nobody else stands behind it.
        Told: the plan is out of date, has hard breaches or does not keep a notice that must be kept, and
            nobody insists; of the notice a reason is enough.
    """
    found: list[Publishing] = []
    mine = signature(PUBLISHED, name, reason)

    def make(loaded: Loaded) -> Edit:
        scenario = loaded.scenario().name
        told = say("appointments.told") if appoint else None
        made = publishing(loaded.study, scenario, told, signature=mine)
        why = [] if force else [say(what, **facts) for what, facts in made.doubts]
        if not force and not reason.strip() and (late := unkept(made, lang())):
            why += [*late, say("publish.say_why")]
        if why:
            raise Told("cli.scenario.publish.doubts", scenario=scenario, why=" ".join(why))
        found.append(made)
        return made.edit

    def tell(loaded: Loaded) -> Sequence[str]:
        told = lines(found[0], lang(), headed=not as_json)
        said = told if appoint else notices(found[0], lang())
        return [*said, *_signed(loaded, found[0].edit)]

    edit(target, make, as_json=as_json, tell=tell)


def _signed(loaded: Loaded, asked: Edit) -> list[str]:
    """Say who stands behind the plan once an edit is done."""
    name = loaded.scenario().name
    return list(standing_lines(standing(asked.apply(loaded.study), name), lang()))
