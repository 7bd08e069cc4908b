"""What the report's page says, ready for its template: words, numbers and pictures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final, NamedTuple

from markupsafe import Markup

from data.report.lanes_svg import lanes_svg
from data.report.roster_svg import RosterDrawing
from data.report.theatre_svg import NAMES, WIDTH, day_svg, scene
from planner.attribution import Cause
from planner.boards.compare import ghosts, with_ghosts
from planner.boards.roster import roster_board
from planner.boards.theatre import TheatreBoard, theatre_board
from planner.boards.theatre_lanes import Lane, Thing, theatre_lanes
from planner.compare import Comparison, InputChange, KpiRow
from planner.comparison_words import (
    cause_sentence,
    input_sentences,
    names,
    share_sentence,
    stale_sentences,
)
from planner.fingerprint import fingerprint
from planner.held_words import held_sentences
from planner.kpi_words import definition, part, row_difference, row_title, row_value, sense
from planner.kpis.contract import Outcome
from planner.left_out import LeftOut
from planner.left_out_words import reason_words
from planner.rostering import ShiftType
from planner.score import Judged
from planner.sentences import breach_sentence, title
from planner.words import day as write_day
from planner.words import say

LETTERS: Final = "ABCDEFGH"
SAID_BREACHES: Final = 40
RULES_SAID: Final = 10


class Figure(NamedTuple):
    """A value of an indicator with its difference; `gauge` is the difference in per cent of a bar."""

    words: str
    delta: str = ""
    sense: str = ""
    gauge: int = 0


class IndicatorRow(NamedTuple):
    """An indicator over the scenarios, in words."""

    title: str
    definition: str
    figures: tuple[Figure, ...]
    same: bool


class Why(NamedTuple):
    """Why an indicator differs: sentences with amounts that add up to the total."""

    title: str
    before: str
    after: str
    delta: str
    sense: str
    parts: tuple[tuple[str, str], ...]
    shares: tuple[tuple[str, str], ...] = ()
    """What moves a figure that is no sum most, each by itself."""


class Week(NamedTuple):
    """The pictures of the days of a week."""

    title: str
    days: tuple[tuple[str, Markup], ...]


class Waits(NamedTuple):
    """A case of the tray."""

    id: str
    tone: str
    title: str
    facts: str
    why: str
    was_placed: bool


@dataclass(frozen=True, kw_only=True)
class ScenarioPage:
    """All that the report says of one scenario."""

    letter: str
    colour: str
    """One of a few: so many colours of letters there are."""
    name: str
    reference: bool
    fingerprint: str
    counts: tuple[str, ...]
    hard: int
    stale: tuple[str, ...]
    whys: tuple[Why, ...]
    changes: tuple[str, ...]
    moves: str
    breaches: tuple[tuple[str, str, str], ...]
    more_breaches: int
    weeks: tuple[Week, ...]
    tray: tuple[Waits, ...]
    lost: str
    roster: tuple[Markup, ...]
    tones: tuple[tuple[str, str], ...]
    shifts: tuple[ShiftType, ...]


def letter(place: int) -> str:
    """Give the letter of a scenario by its place: A to Z, then A2 to Z2, and so on."""
    round_, at = divmod(place, len(ascii_uppercase))
    return f"{ascii_uppercase[at]}{round_ + 1 if round_ else ''}"


class PageMaker:
    """Makes the words and pictures of a comparison."""

    def __init__(
        self,
        comparison: Comparison,
        outcomes: Mapping[str, Outcome],
        lang: str,
        names: Mapping[str, str],
    ) -> None:
        self.comparison = comparison
        self.lang = lang
        self.names = names
        base = outcomes[comparison.reference]
        self.outcomes = {name: outcomes[name].against(base) for name in comparison.scenarios}

    def shown(self, scenario: str) -> str:
        """Give the name under which a scenario is shown."""
        return self.names.get(scenario, scenario)

    def indicators(self) -> Iterator[IndicatorRow]:
        """Give the rows of the table."""
        for row in self.comparison.kpis:
            largest = max((abs(v) for v in row.values.values() if v is not None), default=0)
            figures = (self._figure(row, name, largest) for name in self.comparison.scenarios)
            yield IndicatorRow(
                row_title(row, self.lang),
                definition(row.kpi, self.lang),
                tuple(figures),
                not row.differs,
            )

    def _figure(self, row: KpiRow, scenario: str, largest: float) -> Figure:
        words = row_value(row, scenario, self.lang)
        if scenario == self.comparison.reference:
            return Figure(words)
        delta = row.delta[scenario]
        told = row_difference(row, scenario, self.lang)
        gauge = round(100 * min(1, abs(delta) / largest)) if delta and largest else 0
        return Figure(words, told, sense(row.kpi, delta) if row.differs else "", gauge)

    def scenarios(self) -> Iterator[ScenarioPage]:
        """Give the scenarios, in the order of the comparison."""
        for place, name in enumerate(self.comparison.scenarios):
            yield self._scenario(place, name)

    def _scenario(self, place: int, name: str) -> ScenarioPage:
        outcome, lang = self.outcomes[name], self.lang
        board, roster = theatre_board(outcome), roster_board(outcome)
        drawing = RosterDrawing(outcome.problem, roster, lang)
        serious = [each for each in outcome.judgement.judged if each.rule.hard]
        lost = [str(placement.case) for placement in board.lost]
        return ScenarioPage(
            letter=letter(place),
            colour=LETTERS[place % len(LETTERS)],
            name=self.shown(name),
            reference=name == self.comparison.reference,
            fingerprint=fingerprint(outcome.problem),
            counts=tuple(self._counts(outcome)),
            hard=len(outcome.judgement.hard),
            stale=tuple(self._stale(name)),
            whys=tuple(self._whys(name)),
            changes=(
                *input_sentences(self._inputs(name), lang),
                *held_sentences(self.comparison, name, outcome.problem, lang),
            ),
            moves=self._moves(name),
            breaches=tuple(self._breaches(outcome, serious[:SAID_BREACHES])),
            more_breaches=max(0, len(serious) - SAID_BREACHES),
            weeks=tuple(self._weeks(outcome, board)),
            tray=tuple(self._tray(outcome, board)),
            lost=say("report.lost", lang, n=len(lost), names=names(lost, lang)) if lost else "",
            roster=tuple(drawing.pages()) if roster.rows else (),
            tones=tuple((each.id, each.name) for each in outcome.problem.specialties),
            shifts=roster.shifts,
        )

    def _counts(self, outcome: Outcome) -> Iterator[str]:
        if outcome.problem.sessions:
            placed = sum(1 for _ in outcome.theatre.all_placed())
            yield say("report.placed", self.lang, n=placed)
            yield say("report.waiting", self.lang, n=sum(1 for _ in outcome.theatre.waiting()))
        if outcome.problem.staff:
            yield say("report.duties", self.lang, n=sum(1 for _ in outcome.plan.duties))
        hard = len(outcome.judgement.hard)
        yield say("report.hard", self.lang, n=hard) if hard else say("report.no_hard", self.lang)

    def _stale(self, name: str) -> Iterator[str]:
        for each in self.comparison.reasons:
            if each.scenario == name:
                yield from stale_sentences(each._replace(scenario=self.shown(name)), self.lang)
                return
        if name in self.comparison.stale:
            yield say("stale.title", self.lang, scenario=self.shown(name))
            yield say("stale.unknown", self.lang)

    def _inputs(self, name: str) -> Iterator[InputChange]:
        return (change for change in self.comparison.inputs if change.scenario == name)

    def _moves(self, name: str) -> str:
        placements = sum(change.scenario == name for change in self.comparison.placements)
        duties = sum(change.scenario == name for change in self.comparison.duties)
        return say("report.moves", self.lang, placements=placements, duties=duties)

    def _whys(self, name: str) -> Iterator[Why]:
        for row in self.comparison.kpis:
            found = row.causes.get(name, ())
            delta, shares = row.delta.get(name), row.shares.get(name, ())
            if not (found or shares) or not delta or row.group:
                continue
            yield Why(
                row_title(row, self.lang),
                row_value(row, self.comparison.reference, self.lang),
                row_value(row, name, self.lang),
                row_difference(row, name, self.lang),
                sense(row.kpi, delta),
                tuple(self._parts(row, found, self.outcomes[name])),
                tuple(self._shares(row, name)),
            )

    def _parts(
        self, row: KpiRow, found: Sequence[Cause], outcome: Outcome
    ) -> Iterator[tuple[str, str]]:
        """Say causes with their amounts; rules one by one, by their titles."""
        titles = {rule.id: title(rule, self.lang) for rule in outcome.problem.rules}
        problems = outcome.problem, self.outcomes[self.comparison.reference].problem
        for cause in found:
            if not cause.what.startswith("cause.rule"):
                told = part(row, cause.amount, self.lang)
                yield cause_sentence(cause, self.lang, problems), told
                continue
            shares = list(zip(cause.subjects, cause.amounts, strict=True))
            for id, amount in shares[:RULES_SAID]:
                yield titles.get(id, id), part(row, amount, self.lang)
            rest = [amount for _, amount in shares[RULES_SAID:]]
            if rest:
                told = part(row, sum(rest), self.lang)
                yield say("report.more_breaches", self.lang, n=len(rest)), told

    def _shares(self, row: KpiRow, name: str) -> Iterator[tuple[str, str]]:
        problems = self.outcomes[name].problem, self.outcomes[self.comparison.reference].problem
        for share in row.shares.get(name, ()):
            yield share_sentence(share, self.lang, problems), part(row, share.amount, self.lang)

    def _breaches(
        self, outcome: Outcome, serious: Sequence[Judged]
    ) -> Iterator[tuple[str, str, str]]:
        for each in serious:
            sentence = breach_sentence(outcome.problem, each.rule, each.breach, self.lang)
            yield ("accepted" if each.cost == 0 else "hard"), title(each.rule, self.lang), sentence

    def _weeks(self, outcome: Outcome, board: TheatreBoard) -> Iterator[Week]:
        haunted, theatres = ghosts(outcome), outcome.problem.theatres
        board = with_ghosts(board, theatres, haunted)
        if not board.days:
            return
        horizon, lang = outcome.problem.horizon, self.lang
        reference = self.shown(self.comparison.reference)
        shared = scene(outcome.problem, board, lang, haunted, reference)
        mondays = {day.day: horizon.monday(day.day) for day in board.days}
        lanes: dict[int, list[tuple[Thing, Lane]]] = defaultdict(list)
        for thing in theatre_lanes(outcome, mondays):
            for lane in thing.lanes:
                lanes[lane.day].append((thing, lane))
        for monday, days in board.weeks(mondays).items():
            pictures = (
                (
                    write_day(horizon.date(day.day), lang),
                    day_svg(day, shared) + lanes_svg(lanes[day.day], shared, NAMES, WIDTH),
                )
                for day in days
            )
            yield Week(say("report.week", lang, day=horizon.date(monday)), tuple(pictures))

    def _tray(self, outcome: Outcome, board: TheatreBoard) -> Iterator[Waits]:
        places = {specialty: place for place, specialty in enumerate(board.tones)}
        whys = {case.id: reason_words(why, self.lang) for case, why in LeftOut(outcome).every()}
        for each in board.tray:
            case, told = each.case, [str(each.case.priority)]
            if case.due is not None:
                due = outcome.problem.horizon.date(case.due)
                told.append(say("report.due", self.lang, day=due))
            tone = f"t{places.get(case.specialty, 0) % 10}"
            facts, was_placed = " · ".join(told), each.before is not None
            yield Waits(str(case.id), tone, each.title, facts, whys.get(case.id, ""), was_placed)
