"""The owners of templates as one CP-SAT model; its objective is the grade of `planner.master`."""

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from planner.clock import WEEK
from planner.hospital import SpecialtyId, WardId
from planner.master.grading import load_of, placed, rooms_of
from planner.master.grid import MILLI, Grid, Slot

Expression = cp_model.LinearExprT


@dataclass(slots=True)
class Model:
    """The model of a grid: `own` says who owns each free template."""

    grid: Grid
    cp: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    own: dict[tuple[str, SpecialtyId], cp_model.IntVar] = field(default_factory=dict)
    cost: list[Expression] = field(default_factory=list)

    def owners(self, solver: cp_model.CpSolver) -> dict[str, SpecialtyId]:
        """Read who owns what in a solution."""
        return {id: owner for (id, owner), var in self.own.items() if solver.boolean_value(var)}


def build(grid: Grid) -> Model:
    """Make the model: one owner a template, and what that costs."""
    model = Model(grid)
    for slot in grid.free:
        able = [each for each in grid.specialties if grid.suits(slot, each)]
        for owner in able:
            var = model.cp.new_bool_var(f"{slot.template.id}:{owner}")
            model.own[slot.template.id, owner] = var
            model.cp.add_hint(var, grid.present[slot.template.id] == owner)
        model.cp.add_exactly_one(model.own[slot.template.id, owner] for owner in able)
    _surgeons(model)
    _minimum(model)
    _waiting(model)
    _beds(model)
    _changes(model)
    model.cp.minimize(cp_model.LinearExpr.sum(model.cost))
    return model


def _mine(model: Model, specialty: SpecialtyId) -> list[tuple[Slot, cp_model.IntVar]]:
    own = ((slot, model.own.get((slot.template.id, specialty))) for slot in model.grid.free)
    return [(slot, var) for slot, var in own if var is not None]


def _surgeons(model: Model) -> None:
    """No more theatres at once than a specialty has surgeons for."""
    grid = model.grid
    limits = grid.limits()
    for specialty in grid.specialties:
        at: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for slot, var in _mine(model, specialty):
            for day in slot.days:
                for half in slot.halves:
                    at[day, half].append(var)
        for (day, half), found in at.items():
            most, _ = limits[specialty, day, half]
            if len(found) > most:
                model.cp.add(cp_model.LinearExpr.sum(found) <= most)


def _minimum(model: Model) -> None:
    grid = model.grid
    for specialty in grid.specialties:
        least = grid.minimum(specialty)
        if least > 0:
            mine = _mine(model, specialty)
            kept = [grid.cycle_minutes(slot) * var for slot, var in mine]
            model.cp.add(cp_model.LinearExpr.sum(kept) >= least)


def _waiting(model: Model) -> None:
    """Place minutes of the waiting list into theatres that suit them; the rest costs its weight."""
    grid = model.grid
    rooms = rooms_of(grid, grid.present)
    for specialty, asked in grid.needs.items():
        now = placed(asked, rooms[specialty])
        room: dict[frozenset[str], list[Expression]] = defaultdict(list)
        for slot, var in _mine(model, specialty):
            room[slot.features].append(grid.usable(slot) * var)
        for slot, owner, sharers in grid.fixed:
            if owner == specialty:
                room[slot.features].append(grid.usable(slot) // sharers)
        inside: dict[frozenset[str], list[Expression]] = defaultdict(list)
        for number, need in enumerate(asked):
            found: list[Expression] = []
            for where, features in enumerate(room):
                if need.features <= features:
                    name = f"{specialty}:{number}:{where}"
                    var = model.cp.new_int_var(0, need.minutes, name)
                    model.cp.add_hint(var, now.get((number, features), 0))
                    found.append(var)
                    inside[features].append(var)
            left = need.minutes - cp_model.LinearExpr.sum(found)
            if len(found) > 1:
                model.cp.add(left >= 0)
            model.cost.append(MILLI * need.weight * left)
        for features, minutes in inside.items():
            offered = cp_model.LinearExpr.sum(room[features])
            model.cp.add(cp_model.LinearExpr.sum(minutes) <= offered)


def _beds(model: Model) -> None:
    """Count beds by ward and day of the cycle; the fullest day of a ward costs, and days when it is shut."""
    grid, options = model.grid, model.grid.options
    now = load_of(grid, grid.present)
    load: dict[tuple[WardId, int], list[Expression]] = defaultdict(list)
    most: dict[tuple[WardId, int], int] = defaultdict(int)
    for key, beds in grid.fixed_beds.items():
        load[key].append(beds)
        most[key] += beds
    for owner in grid.specialties:
        for slot, var in _mine(model, owner):
            for key, beds in grid.beds(slot, owner).items():
                load[key].append(beds * var)
                most[key] += beds
    for ward in grid.problem.wards:
        keys = [(ward.id, day) for day in range(WEEK * grid.weeks) if load[ward.id, day]]
        if not keys:
            continue
        peak = model.cp.new_int_var(0, max(most[key] for key in keys), f"peak:{ward.id}")
        model.cp.add_hint(peak, max(now[ward.id]))
        for key in keys:
            together = cp_model.LinearExpr.sum(load[key])
            model.cp.add(peak >= together)
            if grid.shut(*key):
                model.cost.append(options.shut * together)
        model.cost.append(options.bed * peak)


def _changes(model: Model) -> None:
    grid = model.grid
    for slot in grid.free:
        stays = model.own[slot.template.id, grid.present[slot.template.id]]
        price = MILLI * grid.options.change * max(1, slot.times)
        model.cost.append(price * (1 - stays))
