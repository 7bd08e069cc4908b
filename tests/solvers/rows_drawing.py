"""Small spaces and rules of random blocks, for tests of the engine room."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from planner.rules.blocks import About, Cells, Codes, Feature, Kind, Linear, Never, Price, Row

KINDS: tuple[Kind, ...] = ("exact", "relaxation", "guide")


@dataclass
class Says:
    """A rule in force that says what it was given."""

    id: str
    tier: int
    price: int
    said_rows: list[Row] = field(default_factory=list)
    said_prices: list[Price] = field(default_factory=list)

    def rows(self, space: object) -> Iterator[Row]:
        return iter(self.said_rows)

    def prices(self, space: object) -> Iterator[Price]:
        return iter(self.said_prices)


class Roster:
    """People on two tracks over some days, the first of them history."""

    def __init__(self, people: int, days: int, past: int, codes: int, draw: Random) -> None:
        self.codes = self.shared = codes
        self.tracks = ("work", "call")
        self.places: list[tuple[str, str, int]] = [
            (f"P{person}", track, day)
            for person in range(people)
            for track in self.tracks
            for day in range(-past, days)
        ]
        self.cells = len(self.places)
        self.of = {place: cell for cell, place in enumerate(self.places)}
        self.days = days
        self.past = past
        self.people = people
        self._domain = {"work": tuple(range(codes - 1)), "call": (0, codes - 1)}
        self._fixed = {
            cell: draw.choice(self._domain[track])
            for cell, (_, track, day) in enumerate(self.places)
            if day < 0
        }

    def domain(self, cell: int) -> tuple[int, ...]:
        if cell in self._fixed:
            return (self._fixed[cell],)
        return self._domain[self.places[cell][1]]

    def fixed(self, cell: int) -> int | None:
        return self._fixed.get(cell)

    def owner(self, code: int) -> int | None:
        return None

    def about(self, what: str, cell: int, code: int) -> About:
        person, _, day = self.places[cell]
        return About(what, (person,), day, day)

    def line(self, person: int, track: str = "work") -> list[int]:
        return [self.of[f"P{person}", track, day] for day in range(-self.past, self.days)]

    def lines(self) -> tuple[list[list[int]], list[int]]:
        """Cells by line and day of the horizon, and the track of each line."""
        found, tracks = [], []
        for person in range(self.people):
            for number, track in enumerate(self.tracks):
                found.append(self.line(person, track)[self.past :])
                tracks.append(number)
        return found, tracks


class Theatre:
    """Cases with options, each in a session."""

    def __init__(self, cases: int, sessions: int, draw: Random) -> None:
        self.cells = cases
        self.shared = 1
        self.options: list[tuple[int, int, int]] = [(-1, -1, 0)]  # cell, session, minutes
        self._domain: list[tuple[int, ...]] = []
        for cell in range(cases):
            first = len(self.options)
            for session in draw.sample(range(sessions), draw.randint(0, min(4, sessions))):
                self.options.append((cell, session, draw.randint(30, 200)))
            self._domain.append((0, *range(first, len(self.options))))
        self.codes = len(self.options)
        self.sessions = sessions

    def domain(self, cell: int) -> tuple[int, ...]:
        return self._domain[cell]

    def fixed(self, cell: int) -> int | None:
        return None

    def owner(self, code: int) -> int | None:
        return self.options[code][0] if code else None

    def about(self, what: str, cell: int, code: int) -> About:
        return About(what, (f"C{cell}",), 0, 5)

    def into(self, session: int) -> list[int]:
        return [code for code, option in enumerate(self.options) if option[1] == session]

    def cells_of(self, codes: Sequence[int]) -> Cells:
        return tuple(dict.fromkeys(self.options[code][0] for code in codes))


@dataclass
class Drawn:
    """A space, rules over it, and an assignment."""

    space: Roster | Theatre
    rules: list[Says]
    codes: list[int]

    def free(self) -> list[int]:
        return [cell for cell in range(self.space.cells) if self.space.fixed(cell) is None]


def about(what: str, subjects: tuple[str, ...] = ("x",), first: int = 0, last: int = 0) -> About:
    return About(what, subjects, first, last)


def _some_codes(draw: Random, codes: int) -> Codes:
    members = draw.sample(range(codes), draw.randint(1, codes - 1))
    return Codes(frozenset(members), negated=draw.random() < 0.4)


def _feature(draw: Random, space: Roster | Theatre) -> Feature:
    return tuple(
        (
            tuple(draw.randrange(space.cells) for _ in range(draw.randint(1, 2))),
            _some_codes(draw, space.codes),
        )
        for _ in range(draw.randint(1, 3))
    )


def _row(draw: Random, space: Roster | Theatre, features: list[Feature], kind: Kind) -> Row:
    subject = about("row", (f"P{draw.randrange(4)}",), draw.randint(-1, 3), draw.randint(3, 6))
    if draw.random() < 0.3:
        return Never(subject, _feature(draw, space), draw.randint(1, 3), kind)
    codes = draw.sample(range(space.codes), min(space.codes, 4))
    parts = []
    for _ in range(draw.randint(0, 2)):
        table = {code: draw.randint(-3, 9) for code in codes}
        parts.append((tuple(draw.choices(range(space.cells), k=draw.randint(0, 9))), table))
    terms = tuple(
        (draw.choice(features), draw.choice([-2, -1, 1])) for _ in range(draw.randint(0, 4))
    )
    lo = draw.choice([None, draw.randint(-4, 12)])
    hi = draw.choice([None, draw.randint(12, 20)])
    knee = draw.choice([None, draw.randint(14, 25)])
    return Linear(
        subject, tuple(parts), terms, lo, hi, draw.randint(1, 3), knee, draw.randint(0, 2), kind
    )


def _anything(draw: Random, space: Roster | Theatre, rows: int) -> list[Says]:
    features = [_feature(draw, space) for _ in range(12)]
    rules = []
    for number in range(6):
        rule = Says(f"any{number}", number % 5, draw.randint(1, 40))
        for _ in range(rows):
            kind = draw.choice(KINDS) if rule.tier else draw.choice(KINDS[:2])
            rule.said_rows.append(_row(draw, space, features, kind))
        cells = tuple(draw.sample(range(space.cells), min(3, space.cells)))
        amount = draw.randint(1, 4)
        rule.said_prices.append(Price("price", cells, _some_codes(draw, space.codes), amount))
        rules.append(rule)
    return rules


def runs(space: Roster, person: int, most: int, least: int, off: Codes) -> Iterator[Row]:
    """Run lengths as the rule of that name says them, windows into the history included."""
    cells = space.line(person)
    idle: list[Feature] = [(((cell,), off),) for cell in cells]
    for first in range(len(cells) - most):
        if first + most >= space.past:
            terms = tuple((idle[d], 1) for d in range(first, first + most + 1))
            yield Linear(about("long", (f"P{person}",), first, first + most), (), terms, lo=1)
    for length in range(1, least):
        for first in range(len(cells) - length - 1):
            end = first + length + 1
            if end >= space.past:
                on = tuple((idle[d], -1) for d in range(first + 1, end))
                row = about("short", (f"P{person}",), first, end)
                terms = ((idle[first], 1), (idle[end], 1), *on)
                yield Linear(row, (), terms, hi=1, each=least - length)


def _usual(draw: Random, space: Roster) -> list[Says]:
    """Rules of the shape that rosters have, so that tables are made of them."""
    off, late = Codes(frozenset({0})), Codes(frozenset({space.codes - 2}))
    run = Says("run", 0, 7)
    nights = Says("nights", 2, 3)
    follow = Says("follow", 0, 5)
    alone = Says("alone", 3, 2)
    cover = Says("cover", 1, 10)
    for person in range(space.people):
        cells = space.line(person)
        run.said_rows.extend(runs(space, person, draw.randint(2, 4), draw.randint(1, 3), off))
        nights.said_rows.extend(runs(space, person, 2, 2, ~late))
        for one, other in itertools.pairwise(cells):
            early = Codes(frozenset({1, 2}))
            follow.said_rows.append(Never(about("follow"), (((one,), late), ((other,), early)), 2))
        for one, middle, other in zip(cells, cells[1:], cells[2:], strict=False):
            tests = (((one,), off), ((middle,), ~off), ((other,), off))
            alone.said_rows.append(Never(about("alone"), tests))
    for day in range(space.days):
        for code in range(1, space.codes - 1):
            cells = [space.of[f"P{person}", "work", day] for person in range(space.people)]
            part = (tuple(cells), {code: 1})
            row = about(f"cover{code}", (), day, day)
            cover.said_rows.append(Linear(row, (part,), lo=draw.randint(0, 2), knee=2, beyond=3))
    return [run, nights, follow, alone, cover]


def _filled(space: Roster | Theatre, draw: Random) -> list[int]:
    return [draw.choice(space.domain(cell)) for cell in range(space.cells)]


def draw_roster(seed: int, *, people: int = 3, days: int = 9, rows: int = 12) -> Drawn:
    """A roster with history, two tracks, rules of the usual shapes and of any shape."""
    draw = Random(seed)
    space = Roster(people, days, draw.choice([0, 3]), 5, draw)
    rules = [*_usual(draw, space), *_anything(draw, space, rows)]
    return Drawn(space, rules, _filled(space, draw))


def draw_theatre(seed: int, *, cases: int = 14, sessions: int = 4, rows: int = 6) -> Drawn:
    """Cases with options, loads, closed sessions, left-out prices, and rules of any shape."""
    draw = Random(seed)
    space = Theatre(cases, sessions, draw)
    load, closed, wait = Says("load", 0, 1), Says("closed", 3, 4), Says("wait", 1, 30)
    for session in range(sessions):
        codes = space.into(session)
        cells = space.cells_of(codes)
        part = (cells, {code: space.options[code][2] for code in codes})
        row = about("load", (f"S{session}",))
        load.said_rows.append(Linear(row, (part,), hi=240, kind="relaxation"))
        unused: Feature = ((cells, ~Codes(frozenset(codes))),)
        closed.said_rows.append(Linear(row, (part,), ((unused, 240),), lo=240))
        closed.said_rows.append(Never(row, unused, 30))
    for cell in range(cases):
        wait.said_prices.append(Price("waits", (cell,), Codes(frozenset({0})), draw.randint(1, 9)))
    rules = [load, closed, wait, *_anything(draw, space, rows)]
    return Drawn(space, rules, _filled(space, draw))
