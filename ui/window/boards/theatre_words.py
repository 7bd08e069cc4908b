"""What is read on the theatre board: labels from full to short, and the full sentence of everything."""

from collections.abc import Iterable, Iterator, Sequence

from planner.boards.compare import ghost_sentence
from planner.boards.origins import Origin
from planner.boards.theatre import Band, Bar, Idle, Waiting
from planner.change_set_words import group_words
from planner.forecast_words import expectation
from planner.hospital import Session
from planner.problem import Problem
from planner.score import Judged
from planner.sentences import breach_sentence
from planner.words import clock, minutes
from ui.window.boards.past_days import past_words
from ui.window.boards.theatre_scene import Item, Scene
from ui.window.document import Document
from ui.window.look.type import TINY, fitting
from ui.window.workbench import Workbench


def missing(document: Document | None, *, making: bool) -> tuple[str, str]:
    """Give the sentence and the way out of a board without sessions, cases or plan; "" where it has all."""
    if document is None:
        return "", ""
    if not document.problem.sessions:
        return "theatre.no_sessions", "theatre.go_to_facts"
    if not document.problem.cases:
        return "theatre.no_cases", "theatre.import"
    if document.plan.sessions:
        return "", ""
    return ("theatre.being_made", "") if making else ("theatre.no_plan", "theatre.first_plan")


def own_name(session: Session, date: str) -> str:
    """Give what a session's id says beside its theatre and date, which stand there already."""
    words = session.id.replace(date, " ").replace(session.theatre, " ", 1)
    return " ".join(words.replace("-", " ").split())


def owner(bench: Workbench, session: Session) -> str:
    """Give whose session it is."""
    return "/".join(sorted(session.owners)) or bench.say("board.open_to_all")


def session_ladder(bench: Workbench, problem: Problem, session: Session) -> tuple[str, ...]:
    """Give the labels of a session: owner, name, hours, and fewer of them."""
    whose = owner(bench, session)
    name = own_name(session, problem.horizon.date(session.day).isoformat())
    hours = f"{clock(session.start)}–{clock(session.end)}"
    full = " · ".join(filter(None, (whose, name, hours)))
    return full, f"{whose} · {hours}", f"{whose} · {name}" if name else whose, whose


def title_ladder(scene: Scene, bar: Bar | Waiting) -> tuple[str, ...]:
    """Give the names of a case from full to short."""
    code = str(bar.case.procedure)
    short = scene.codes.get(code, code)
    return tuple(dict.fromkeys((bar.title, code, short, scene.tiny.get(code, short))))


def one_name(scene: Scene, item: Item, ladder: tuple[str, ...], wide: float) -> tuple[str, ...]:
    """Give the one name of a ladder that the narrowest block of its procedure has room for.

    `wide` are the pixels of the block itself. All names, where a scene does not know the narrowest.
    """
    case = item.bar.case if item.bar is not None else item.ghost.case if item.ghost else None
    least = None if case is None else scene.least.get(str(case.procedure))
    if least is None:
        return ladder
    room = wide * least / max(1, item.end - item.start) - 10.0
    return (fitting(ladder, room, TINY, 600) or ladder[-1],)


def length_ladder(bench: Workbench, mode: str, length: int, note: str = "") -> tuple[str, ...]:
    """Give the labels of a length: with the mode, alone, in minutes; a note before it goes first."""
    words = minutes(length)
    if note:
        return f"{note} · {words}", f"{note} {length}'", note
    return f"{bench.say(f'theatre.mode.{mode}')} · {words}", words, f"{length}'"


def sentence(bench: Workbench, scene: Scene, item: Item) -> str:
    """Say all about an item of the board, breaches included."""
    return "\n".join(_lines(bench, scene, item))


def _lines(bench: Workbench, scene: Scene, item: Item) -> Iterator[str]:
    outcome = scene.outcome
    assert outcome is not None
    if item.kind == "ghost":
        assert item.ghost is not None
        reference = bench.called(scene.reference)
        yield ghost_sentence(item.ghost, outcome.problem.horizon, reference, bench.lang)
    elif item.idle is not None:
        yield " · ".join(_idle(bench, scene, item, item.idle))
    elif item.kind == "case" and item.bar is not None and item.band is not None:
        over = past_words(bench, scene.days[item.place])
        yield " · ".join((*_case(bench, scene, item, item.bar, item.band.session), *over))
        yield from told(bench, outcome.problem, item.bar.breaches)
    elif item.band is not None:
        over = past_words(bench, scene.days[item.place])
        yield " · ".join((*_session(bench, scene, item.band), *over))
        inside = item.band.bars if item.alone else ()
        found = (*item.band.breaches, *(each for bar in inside for each in bar.breaches))
        yield from told(bench, outcome.problem, list({id(each): each for each in found}.values()))


def told(bench: Workbench, problem: Problem, judged: Sequence[Judged]) -> Iterator[str]:
    """Say breaches, the gravest word first."""
    for each in judged:
        sort = "accepted" if each.rule.hard and each.cost == 0 else None
        sort = sort or ("hard" if each.rule.hard else "soft")
        words = breach_sentence(problem, each.rule, each.breach, bench.lang)
        yield bench.say(f"theatre.breach.{sort}", sentence=words)


def _case(bench: Workbench, scene: Scene, item: Item, bar: Bar, session: Session) -> Iterator[str]:
    say = bench.say
    assert scene.outcome is not None
    horizon, number = scene.outcome.problem.horizon, scene.days[item.place]
    day, end = horizon.date(number), horizon.shown(number, item.start, item.minutes)
    whole = bar.end - bar.start
    facts = {"case": bar.case.id, "title": bar.title, "start": item.start, "end": end}
    yield say("board.case", length=whole, **facts)
    yield say("theatre.place", theatre=session.theatre, day=day)
    if item.minutes != whole:
        yield say("theatre.part", part=item.minutes, whole=whole)
    if bar.surgeon:
        yield say("board.surgeon", surgeon=bar.surgeon)
    yield say("theatre.priority", priority=bar.case.priority)
    if session.owners and bar.case.specialty not in session.owners:
        yield say("theatre.guest", specialty=bar.case.specialty, owner=owner(bench, session))
    if not bar.timed:
        yield say("board.in_line")
    if bar.moved:
        yield say("board.moved")
    if bar.case.id in scene.pinned or session.id in scene.shut:
        yield say("theatre.pinned")
    yield from _origin(bench, scene, "case", bar.case.id)


def _origin(bench: Workbench, scene: Scene, kind: str, id: str) -> Iterator[str]:
    found = scene.origins.get((kind, id))
    if found is not None:
        message = "theatre.own" if found.own else "theatre.inherited"
        yield bench.say(message, group=group_words(found.group, bench.lang))
    if id in scene.stale:
        yield bench.say("theatre.stale")


def _session(bench: Workbench, scene: Scene, band: Band) -> Iterator[str]:
    say, session = bench.say, band.session
    assert scene.outcome is not None
    day = scene.outcome.problem.horizon.date(session.day)
    facts = {"session": session.id, "theatre": session.theatre, "day": day}
    yield say("theatre.session", start=session.start, end=session.end, **facts)
    yield say("board.closed") if session.closed else owner(bench, session)
    if band.bars:
        yield say("theatre.filled", n=len(band.bars), fill=band.fill)
    elif not session.closed:
        yield say("theatre.empty_session")
    if band.late > 0:
        yield say("board.late", late=band.late)
    moved = sum(bar.moved for bar in band.bars) if scene.coarse else 0
    if moved:
        yield say("theatre.band.moved", n=moved)
    yield from expectation(band.expected, bench.lang, outdated=band.outdated)
    if session.id in scene.shut:
        yield say("theatre.pinned")
    yield from _origin(bench, scene, "session", session.id)


def lost_to(scene: Scene, sessions: Iterable[Session]) -> Origin | None:
    """Give the changes by which sessions of the reference went, None where none are known."""
    found = (scene.origins.get(("session", session.id)) for session in sessions)
    return next((origin for origin in found if origin is not None), None)


def _idle(bench: Workbench, scene: Scene, item: Item, idle: Idle) -> Iterator[str]:
    assert scene.outcome is not None
    day = scene.outcome.problem.horizon.date(scene.days[item.place])
    yield bench.say("theatre.place", theatre=idle.theatre.id, day=day)
    yield bench.say("board.closed") if idle.lost else bench.say("theatre.idle")
    for session in idle.lost:
        yield from _origin(bench, scene, "session", session.id)


def waiting_sentence(
    bench: Workbench,
    problem: Problem,
    waiting: Waiting,
    left: int | None = None,
    *,
    pinned: bool = False,
) -> str:
    """Say all about a case in the tray, with `left` days to its due date."""
    say, case = bench.say, waiting.case
    parts = [say("theatre.waits", case=case.id, title=waiting.title, length=waiting.minutes)]
    if case.due is not None:
        parts.append(say("theatre.due", day=problem.horizon.date(case.due)))
    if left is not None and left < 0:
        parts.append(say("theatre.overdue", n=-left))
    parts.append(say("theatre.priority", priority=case.priority))
    if pinned:
        parts.append(say("theatre.pinned_out"))
    return "\n".join((" · ".join(parts), *told(bench, problem, waiting.breaches)))
