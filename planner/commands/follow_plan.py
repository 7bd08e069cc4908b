"""Theatres and roster follow each other: the cover that a plan asks for, the teams that a roster has."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from planner.changes import Change
from planner.commands.contract import AtHand, CommandRefusedError, Sentence, command, days
from planner.commands.towards import towards
from planner.linking import with_cover, with_teams
from planner.plan_demand import Asked, asked
from planner.problem import Problem
from planner.rostering import CoverRequirement
from planner.teams_on_duty import teams_on_duty


def _days(problem: Problem, words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(days(problem, *words) if words else range(problem.horizon.days))


def _placed(hand: AtHand) -> None:
    if not hand.plan.sessions:
        raise CommandRefusedError("command_no_placements")


def _on_roster(hand: AtHand) -> None:
    if not hand.plan.days:
        raise CommandRefusedError("command_no_duties")


def _tell_cover(problem: Problem, hand: AtHand, *words: str) -> Iterator[Sentence]:
    _placed(hand)
    chosen = _days(problem, words)
    found = [each for each in asked(hand.problem, hand.plan) if each.need.day in chosen]
    people = Counter[str]()
    for each in found:
        people["more" if _least(each) < each.need.least else "fewer"] += abs(
            each.need.least - _least(each)
        )
    yield "plan_asks.all", {"n": len(found), "more": people["more"], "fewer": people["fewer"]}
    for each in found:
        numbers: dict[str, str | int] = {
            "id": each.need.id,
            "from": _least(each),
            "to": each.need.least,
        }
        yield each.why, {**each.facts, **numbers}


def _least(each: Asked) -> int:
    return 0 if each.before is None else each.before.least


@command("cover-from-plan", "days", optional=1, tell=_tell_cover, reads_plan=True)
def cover_from_plan(problem: Problem, hand: AtHand, *words: str) -> Iterator[Change]:
    """Ask for the people that the theatre plan needs, day by day, instead of those of open sessions."""
    _placed(hand)
    chosen = _days(problem, words)
    wanted = [need for need in with_cover(hand.problem, hand.plan).cover if need.day in chosen]
    known = {need.id for need in wanted}
    unasked = (need for need in problem.cover if need.day in chosen and need.id not in known)
    return towards(problem, "cover", (*wanted, *map(_nobody, unasked)))


def _nobody(need: CoverRequirement) -> CoverRequirement:
    """Give a requirement that an earlier plan asked for, and this one does not."""
    return replace(need, least=0, best=0)


def _tell_teams(problem: Problem, hand: AtHand, *words: str) -> Iterator[Sentence]:
    _on_roster(hand)
    chosen = _days(problem, words)
    found = [each for each in teams_on_duty(hand.problem, hand.plan) if each.day in chosen]
    short = [each for each in found if each.teams < each.theatres]
    yield "teams_of.all", {"n": len(found), "short": len(short)}
    for each in short:
        yield (
            f"teams_of.{each.part}",
            {
                "n": each.teams,
                "date": problem.horizon.date(each.day).isoformat(),
                "pool": each.pool.specialty or each.pool.suite or "–",
                "theatres": each.theatres,
                "post": each.post,
                "people": each.there,
            },
        )


@command("teams-from-roster", "days", optional=1, tell=_tell_teams, reads_plan=True)
def teams_from_roster(problem: Problem, hand: AtHand, *words: str) -> Iterator[Change]:
    """Let theatres have the teams that the roster has on duty, half-day by half-day."""
    _on_roster(hand)
    chosen = _days(problem, words)
    teams = with_teams(hand.problem, hand.plan).teams
    return towards(problem, "team", (each for each in teams if each.day in chosen))
