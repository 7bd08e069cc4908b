"""Walking over the theatre board by keys: along a row in order of time, or to the row above or below."""

from PySide6.QtWidgets import QAbstractItemView

from ui.window.boards.theatre_model import TheatreModel
from ui.window.boards.theatre_scene import Item

_Action = QAbstractItemView.CursorAction


def walked(model: TheatreModel, current: int, action: QAbstractItemView.CursorAction) -> int:
    """Give the number of the item that a key leads to, -1 where there is nothing at all."""
    items = model.scene.items
    stops = [n for n, item in enumerate(items) if item.kind == "case"]
    if not stops:
        stops = [n for n, item in enumerate(items) if item.kind == "session"]
    if not stops:
        return -1
    stops.sort(key=lambda n: _order(items[n]))
    if action == _Action.MoveHome:
        return stops[0]
    if action == _Action.MoveEnd:
        return stops[-1]
    if not 0 <= current < len(items):
        return stops[0]
    here = items[current]
    if action in (_Action.MoveRight, _Action.MoveNext):
        return next((n for n in stops if _order(items[n]) > _order(here)), current)
    if action in (_Action.MoveLeft, _Action.MovePrevious):
        return next((n for n in reversed(stops) if _order(items[n]) < _order(here)), current)
    return _beside(model, stops, current, action)


def _beside(
    model: TheatreModel, stops: list[int], current: int, action: QAbstractItemView.CursorAction
) -> int:
    """Give the item nearest in time in the next row that has one."""
    items = model.scene.items
    here = items[current]
    middle = (here.place, (here.start + here.end) / 2)
    upwards = action in (_Action.MoveUp, _Action.MovePageUp)
    far = 5 if action in (_Action.MovePageUp, _Action.MovePageDown) else 1
    rows = sorted({items[n].row for n in stops}, reverse=upwards)
    after = [row for row in rows if (row < here.row if upwards else row > here.row)]
    if not after:
        return current
    row = after[min(far, len(after)) - 1]

    def away(number: int) -> float:
        item = items[number]
        days = abs(item.place - middle[0]) * 10_000.0
        return days + abs((item.start + item.end) / 2 - middle[1])

    return min((n for n in stops if items[n].row == row), key=away)


def _order(item: Item) -> tuple[int, int, int, bool, str]:
    return item.row, item.place, item.start, item.kind != "session", item.id
