"""Which cases start before which, binding or at a price, in a model with a clock."""

from typing import NamedTuple

from ortools.sat.python import cp_model

from planner.rules.timing import Order
from solvers.theatre.clock import FAR, Said
from solvers.theatre.sequence_frame import DayPart, Frame, Taken


class _Bound(NamedTuple):
    """The start of the other side that is met first; `sign` −1 turns time round."""

    variable: cp_model.IntVar
    now: int
    fixed: int
    sign: int


def order(frame: Frame, day: DayPart, verb: Order, said: Said) -> None:
    """Hold each counted choice on its side of all the others, or pay for it once.

    What is fixed on the wrong side of something fixed is so whatever happens, and not counted.
    """
    early = verb.counted == "early"
    counted, others = (verb.early, verb.late) if early else (verb.late, verb.early)
    judged, met = [day.taken[n] for n in counted], [day.taken[n] for n in others]
    if all(each.fixed is not None for each in judged) and all(o.fixed is not None for o in met):
        return
    bound = _bound(frame, met, 1 if early else -1)
    wrong: list[cp_model.IntVar] = []
    lost = 0
    for each in judged:
        if each.fixed is not None and _wrong(frame, each, bound.fixed, bound.sign):
            lost += 1
            continue
        kept: list[cp_model.LiteralT] = [] if each.fixed is not None else [frame.literal(each)]
        if said.price or said.free:
            out = _wrong(frame, each, bound.now, bound.sign) and frame.present(each)
            made = frame.sub.boolean("", hint=out)
            kept.append(made.negated())
            wrong.append(made)
            frame.sub.cost(made, said.price)
            frame.now += said.price * out
        frame.model.add(
            _steps(frame, each) * bound.sign <= bound.variable * bound.sign
        ).only_enforce_if(kept)
    if wrong and not said.price:
        frame.model.add(cp_model.LinearExpr.sum(wrong) <= max(0, said.free - lost))


def _bound(frame: Frame, met: list[Taken], sign: int) -> _Bound:
    """Make the first start (the last, for sign −1) of those that are met."""
    last = FAR // frame.unit
    far = last if sign > 0 else 0
    here = [frame.start_now(each) // frame.unit for each in met if frame.present(each)]
    fixed = [each.fixed // frame.unit for each in met if each.fixed is not None]
    edge = min if sign > 0 else max
    now, stays = edge([far, *here]), edge([far, *fixed])
    variable = frame.sub.whole(0, last, "", now)
    for each in met:
        kept = [] if each.fixed is not None else [frame.literal(each)]
        frame.model.add(variable * sign <= _steps(frame, each) * sign).only_enforce_if(kept)
    return _Bound(variable, now, stays, sign)


def _steps(frame: Frame, each: Taken) -> cp_model.LinearExprT:
    """Give a start in units."""
    return frame.start[each.cell] if each.fixed is None else each.fixed // frame.unit


def _wrong(frame: Frame, each: Taken, bound: int, sign: int) -> bool:
    """Tell whether a choice starts, at present, on the wrong side of a bound."""
    return (frame.start_now(each) // frame.unit - bound) * sign > 0
