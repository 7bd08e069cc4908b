"""Time between cases at a price, in a model with a clock."""

from ortools.sat.python import cp_model

from planner.rules.timing import Idle
from solvers.theatre.clock import FAR, Said, hold
from solvers.theatre.sequence_frame import DayPart, Frame


def idle(frame: Frame, day: DayPart, verb: Idle, said: Said) -> None:
    """Pay for each minute between the first start and the last end that no case fills."""
    clock, taken = day
    if all(taken[stretch.choice].fixed is not None for stretch in verb.stretches):
        return
    parts = [(taken[s.choice], *hold(clock.choices[s.choice], s)) for s in verb.stretches]
    there = [(frame.start_now(each) - b, w) for each, b, w in parts if frame.present(each)]
    starts, ends = [start for start, _ in there], [start + whole for start, whole in there]
    busy = sum(whole for _, whole in there)
    begin, end = min(starts, default=0), max(ends, default=0)
    first = frame.sub.whole(0, FAR, "", begin)
    last = frame.sub.whole(0, FAR, "", end)
    worked: list[cp_model.LinearExprT] = []
    constant = 0
    for each, before, minutes in parts:
        if each.fixed is not None:
            frame.model.add(first <= each.fixed - before)
            frame.model.add(last >= each.fixed - before + minutes)
            constant += minutes
            continue
        literal, start = frame.literal(each), frame.start_of(each) - before
        frame.model.add(first <= start).only_enforce_if(literal)
        frame.model.add(last >= start + minutes).only_enforce_if(literal)
        worked.append(literal * minutes)
    made = frame.priced(0, FAR, max(0, end - begin - busy), said.price)
    frame.model.add(made >= last - first - cp_model.LinearExpr.sum(worked) - constant)
    _spread(frame, day, verb, last - first)


def _spread(frame: Frame, day: DayPart, verb: Idle, span: cp_model.LinearExprT) -> None:
    """Say what follows for the linear relaxation: what one room holds lies side by side."""
    clock, taken = day
    mine = {stretch.choice: stretch for stretch in verb.stretches}
    spared = max((-s.before for s in verb.stretches), default=0)  # the span begins and ends later
    spared += max((-s.after for s in verb.stretches), default=0)
    for group in clock.groups:
        if group.capacity != 1 or group.price:
            continue
        held = [(s, hold(clock.choices[s.choice], s)) for s in group.stretches if s.choice in mine]
        before = max((before for _, (before, _) in held), default=0)
        after = max((w - b - clock.choices[s.choice].minutes for s, (b, w) in held), default=0)
        edge = before + after + spared  # what is held may stick out on both sides
        if len(held) < 2 or edge <= 0 or any(s.origin != "case" for s, _ in held):
            continue
        fixed = sum(whole for s, (_, whole) in held if taken[s.choice].fixed is not None)
        open_ = [(taken[s.choice], whole) for s, (_, whole) in held]
        literals = [frame.literal(t) for t, _ in open_ if t.fixed is None]
        wholes = [whole for t, whole in open_ if t.fixed is None]
        used = cp_model.LinearExpr.weighted_sum(literals, wholes)
        frame.model.add(span + edge >= used + fixed)
