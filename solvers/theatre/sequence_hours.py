"""Hours of cases and ends of sessions at a price, in a model with a clock."""

from planner.rules.timing import Late, Within
from solvers.theatre.clock import FAR, Said
from solvers.theatre.sequence_frame import DayPart, Frame, Taken


def within(frame: Frame, day: DayPart, verb: Within, said: Said) -> None:
    """Pay for each minute before the first time, or past the last."""
    clock, choice = day.clock, day.clock.choices[verb.choice]
    each = day.taken[verb.choice]
    if each.fixed is not None:
        return
    start, literal, now = frame.start_of(each), frame.literal(each), frame.start_now(each)
    there = frame.present(each)
    if verb.low is not None and verb.low > clock.low[verb.choice]:
        short = frame.priced(0, verb.low, max(0, verb.low - now) if there else 0, said.price)
        frame.model.add(short >= verb.low - start).only_enforce_if(literal)
    last = FAR if verb.high is None else verb.high - verb.stay - choice.minutes
    if last < clock.high[verb.choice]:
        most = clock.high[verb.choice] - last
        past = frame.priced(0, most, max(0, now - last) if there else 0, said.price)
        frame.model.add(past >= start - last).only_enforce_if(literal)


def late(frame: Frame, day: DayPart, verb: Late, said: Said) -> None:
    """Pay for each minute that the last of some choices ends late."""
    clock = day.clock
    least = now = most = 0
    open_: list[tuple[Taken, int]] = []
    for number in verb.choices:
        each, minutes = day.taken[number], clock.choices[number].minutes
        if frame.present(each):
            now = max(now, frame.start_now(each) + minutes - verb.limit)
        if each.fixed is not None:
            least = max(least, each.fixed + minutes - verb.limit)
        elif clock.high[number] + minutes > verb.limit:
            most = max(most, clock.high[number] + minutes - verb.limit)
            open_.append((each, minutes))
    if not open_ or most <= least:
        return
    made = frame.priced(least, most, now, said.price)
    for each, minutes in open_:
        end = frame.start_of(each) + minutes
        frame.model.add(made >= end - verb.limit).only_enforce_if(frame.literal(each))
