"""A day of the theatre board as SVG: one row a theatre, one group of class `bar` a placement."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from markupsafe import Markup

from data.report.risk_svg import number_over, tail
from data.report.shapes import badge, box, drawing, fitting, group, line, path, text
from planner.boards.compare import Ghost, Haunted, ghost_sentence
from planner.boards.theatre import Band, Bar, Day, Over, Piece, Row, TheatreBoard
from planner.clock import MINUTES_A_DAY, Horizon
from planner.forecast_words import expectation
from planner.problem import Problem
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import clock, minutes, say
from planner.words import day as write_day

WIDTH: Final = 1040
NAMES: Final = 92
RIGHT: Final = 66
HEAD: Final = 16
ROW: Final = 31
BAR_TOP, BAR_HEIGHT = 10, 14
FORMS: Final = ("solid", "dashes", "solid", "double", "dots", "dashes", "solid", "dashes", "double")


class Scene(NamedTuple):
    """What all days of a plan share: hours shown, tones of specialties, ghosts, the language."""

    problem: Problem
    lang: str
    first: int
    last: int
    tones: Mapping[str, int]
    ghosts: Haunted
    reference: str

    @property
    def horizon(self) -> Horizon:
        """The days of the problem."""
        return self.problem.horizon

    def x(self, minute: float) -> float:
        """Give where a minute of the day stands."""
        room = WIDTH - NAMES - RIGHT
        return NAMES + (minute - self.first) * room / (self.last - self.first)

    @property
    def edge(self) -> float:
        """Where words at the right of the picture have to end."""
        return WIDTH - 2.0

    def tone(self, specialty: str) -> str:
        """Give the look of a specialty."""
        place = self.tones.get(specialty)
        return "t" if place is None else f"t{place % 10}"

    def sentences(self, breaches: tuple[Judged, ...]) -> Iterator[str]:
        """Say breaches."""
        for each in breaches:
            yield breach_sentence(self.problem, each.rule, each.breach, self.lang)


def scene(
    problem: Problem,
    board: TheatreBoard,
    lang: str,
    haunted: Haunted,
    reference: str,
) -> Scene:
    """Set the scene for a board with at least one day; all its days show the same hours."""
    tones = {specialty: place for place, specialty in enumerate(board.tones)}
    first, last = min(d.first for d in board.days), max(d.last for d in board.days)
    return Scene(problem, lang, first, last, tones, haunted, reference)


def day_svg(day: Day, scene: Scene) -> Markup:
    """Draw a day."""
    height = HEAD + ROW * len(day.rows) + 2
    label = write_day(scene.horizon.date(day.day), scene.lang)
    return drawing(WIDTH, height, "board", label, _day(day, scene, height))


def _day(day: Day, scene: Scene, height: float) -> Iterator[Markup]:
    for place in range(len(day.rows)):
        look = "paper" if place % 2 == 0 else "alt"
        yield box(0, HEAD + place * ROW, WIDTH, ROW, look)
    for hour in range(scene.first, scene.last + 1, 60):
        yield line(scene.x(hour), HEAD, scene.x(hour), height, "grid")
        yield text(scene.x(hour), HEAD - 5, clock(hour), "axis")
    for place, row in enumerate(day.rows):
        yield from _row(day.day, row, HEAD + place * ROW, scene)
    yield line(0, height - 1, WIDTH, height - 1, "rule")


def _row(day: int, row: Row, y: float, scene: Scene) -> Iterator[Markup]:
    yield line(0, y, WIDTH, y, "rule")
    yield text(6, y + 14, row.theatre.id, "room")
    name = fitting(NAMES - 8, 7, row.theatre.name)
    if name != row.theatre.id:
        yield text(6, y + 24, name, "second")
    starts = sorted(band.session.start for band in row.bands)
    following = [next((s for s in starts if s > b.session.start), None) for b in row.bands]
    for band, start in zip(row.bands, following, strict=True):
        yield from tail(band, start, y + BAR_TOP + BAR_HEIGHT / 2, scene)
        yield from _band(band, y, scene, number_over(band, start, scene))
    for over in row.over:
        yield from _over(over, day, y, scene)
    for ghost in scene.ghosts.get((day, row.theatre.id), ()):
        yield _ghost(ghost, y, scene)


def _band(band: Band, y: float, scene: Scene, risk: str = "") -> Iterator[Markup]:
    session = band.session
    left, right = scene.x(session.start), scene.x(min(session.end, MINUTES_A_DAY))
    tone = "closed" if session.closed else f"band {scene.tone(band.tone)}"
    yield box(left, y + 1.5, right - left, ROW - 6, tone, 2)
    if session.closed:
        yield box(left, y + BAR_TOP, right - left, BAR_HEIGHT, "turnover")
    owners = "/".join(sorted(session.owners)) or say("board.open_to_all", scene.lang)
    owners = say("board.closed", scene.lang) if session.closed else owners
    room = right - left - (54 if risk else 26)
    yield text(left + 3, y + 8.6, fitting(room, 7, f"{owners} · {session.id}", owners), "owner")
    if band.bars:
        edge = right - (9 if band.sign else 3)
        yield text(edge, y + 8.6, say("board.fill", scene.lang, fill=band.fill), "fill")
        if risk:
            level = "" if band.expected is None else f" {band.expected.risk}"
            told = expectation(band.expected, scene.lang, outdated=band.outdated)
            number = text(edge - 20, y + 8.6, risk, "fill chance")
            yield group(f"tail{level}", " · ".join(told), [number])
    for start, end in band.turnovers:
        width = scene.x(min(end, MINUTES_A_DAY)) - scene.x(min(start, MINUTES_A_DAY))
        yield box(scene.x(start), y + BAR_TOP + 4, width, BAR_HEIGHT - 8, "turnover")
    if band.late > 0:
        yield from _late(band, y, scene)
    for piece in band.pieces:
        yield _bar(piece, session.day, y + BAR_TOP, scene)
    if band.sign:
        titles = "\n".join(scene.sentences(band.breaches))
        yield group("mark", titles, [badge(right, y + 4.5, band.sign)])


def _late(band: Band, y: float, scene: Scene) -> Iterator[Markup]:
    closing, last = band.session.end, band.session.end + band.late
    end, over = scene.x(min(closing, MINUTES_A_DAY)), scene.x(min(last, MINUTES_A_DAY))
    yield box(end, y + 2, over - end, 7, "late")
    yield line(end, y + 1, end, y + ROW - 5, "closing")
    words = say("board.late", scene.lang, late=band.late)
    room = len(words) * 4.2
    yield text(min(max(over, end) + 4, WIDTH - room), y + 8.6, words, "over")


def _over(over: Over, day: int, y: float, scene: Scene) -> Iterator[Markup]:
    """Draw what goes on from the day before."""
    if over.open:
        left, right = scene.x(0), scene.x(over.open)
        tone = "closed" if over.band.session.closed else f"band {scene.tone(over.band.tone)}"
        yield box(left, y + 1.5, right - left, ROW - 6, tone, 2)
    for piece in over.pieces:
        yield _bar(piece, day, y + BAR_TOP, scene)


def _bar(piece: Piece, day: int, y: float, scene: Scene) -> Markup:
    bar = piece.bar
    left, right = scene.x(piece.start), scene.x(piece.end)
    length = bar.end - bar.start
    tone = scene.tone(bar.tone)
    classes = ["bar", tone, *([bar.sign] if bar.sign else []), *(["moved"] if bar.moved else [])]
    return group(
        " ".join(classes if bar.timed else [*classes, "loose"]),
        _told(piece, day, scene),
        _bar_shapes(bar, y, left, right, length, scene),
        case=str(bar.case.id),
    )


def _bar_shapes(
    bar: Bar, y: float, left: float, right: float, length: int, scene: Scene
) -> Iterator[Markup]:
    yield box(left, y, right - left, BAR_HEIGHT, "block", 2)
    place = scene.tones.get(bar.tone, 0)
    form = FORMS[(place + place // 10) % len(FORMS)]
    yield line(left + 2, y + 1, left + 2, y + BAR_HEIGHT - 1, f"spine {form}")
    if form == "double":
        yield line(left + 4.5, y + 1, left + 4.5, y + BAR_HEIGHT - 1, f"spine {form}")
    code = str(bar.case.procedure)
    room = right - left - 9
    words = fitting(
        room - (8 if bar.moved else 0),
        8,
        f"{bar.title} · {minutes(length)}",
        f"{code} · {minutes(length)}",
        f"{code} {length}’",
        code,
        f"{length}’",
    )
    yield text(left + 7, y + 10, words, "code")
    if bar.moved and right - left > 10:
        yield path(f"M{right - 6.5:.5g} {y + 0.5:.5g}h6v6z", "corner")
    yield badge(right, y, bar.sign)


def _told(piece: Piece, day: int, scene: Scene) -> str:
    bar, lang = piece.bar, scene.lang
    whole = bar.end - bar.start
    end = scene.horizon.shown(day, piece.start, piece.minutes)
    facts = {"case": bar.case.id, "title": bar.title, "start": piece.start, "end": end}
    told = [say("board.case", lang, length=whole, **facts)]
    if piece.minutes != whole:
        told.append(say("theatre.part", lang, part=piece.minutes, whole=whole))
    if bar.surgeon:
        told.append(say("board.surgeon", lang, surgeon=bar.surgeon))
    if not bar.timed:
        told.append(say("board.in_line", lang))
    if bar.moved:
        told.append(say("board.moved", lang))
    return "\n".join([" · ".join(told), *scene.sentences(bar.breaches)])


def _ghost(ghost: Ghost, y: float, scene: Scene) -> Markup:
    left, right = scene.x(ghost.start), scene.x(ghost.end)
    told = ghost_sentence(ghost, scene.horizon, scene.reference, scene.lang)
    lane = box(left, y + ROW - 6, right - left, 3.6, "lane", 1)
    return group("ghost", told, [lane], case=str(ghost.case.id))
