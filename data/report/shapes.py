"""Shapes as SVG text; whatever is said in them is escaped, so that a name stays a name."""

from collections.abc import Iterable

from markupsafe import Markup

from planner.boards.marks import Sign

_HATCH = Markup(
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M0 0V4" class="hatch"/></pattern></defs>'
)


def drawing(width: float, height: float, look: str, label: str, shapes: Iterable[Markup]) -> Markup:
    """Make a picture that grows with the page; `label` is what a screen reader says of it."""
    frame = Markup('<svg class="{}" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}">{}{}</svg>')
    return frame.format(look, width, height, label, _HATCH, together(shapes))


def together(shapes: Iterable[Markup]) -> Markup:
    """Put shapes one after the other."""
    return Markup("").join(shapes)


def box(x: float, y: float, width: float, height: float, look: str, radius: float = 0) -> Markup:
    """Draw a rectangle."""
    shape = Markup(
        '<rect x="{:.5g}" y="{:.5g}" width="{:.5g}" height="{:.5g}" rx="{:g}" class="{}"/>'
    )
    return shape.format(x, y, max(width, 0), height, radius, look)


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    """Draw a line."""
    return Markup('<path d="M{:.5g} {:.5g}L{:.5g} {:.5g}" class="{}"/>').format(
        x1, y1, x2, y2, look
    )


def text(x: float, y: float, words: str, look: str) -> Markup:
    """Write words."""
    return Markup('<text x="{:.5g}" y="{:.5g}" class="{}">{}</text>').format(x, y, look, words)


def group(look: str, title: str, shapes: Iterable[Markup], **data: str) -> Markup:
    """Put shapes together, with a title that shows on hovering and `data-` attributes."""
    named = Markup("").join(Markup(' data-{}="{}"').format(name, data[name]) for name in data)
    told = Markup("<title>{}</title>").format(title) if title else Markup("")
    return Markup('<g class="{}"{}>{}{}</g>').format(look, named, told, together(shapes))


def badge(x: float, y: float, sign: Sign) -> Markup:
    """Draw the sign of a breach around a point: triangle, diamond, or disc with a tick."""
    match sign:
        case "hard":
            path = f"M{x:.5g} {y - 4.6:.5g}l4.4 7.6h-8.8z"
        case "soft":
            path = f"M{x:.5g} {y - 4.2:.5g}l4.2 4.2-4.2 4.2-4.2-4.2z"
        case "accepted":
            path = f"M{x:.5g} {y - 3.6:.5g}a3.6 3.6 0 1 0 .01 0z"
        case _:
            return Markup("")
    tick = Markup("")
    if sign == "accepted":
        tick = Markup('<path d="M{:.5g} {:.5g}l1.3 1.5 2.3-2.9" class="tick"/>').format(x - 1.8, y)
    return Markup('<path d="{}" class="sign {}"/>{}').format(path, sign, tick)


def fitting(room: float, size: float, *words: str) -> str:
    """Give the first words that fit into so many pixels at a size, else nothing."""
    return next((each for each in words if wide(each) * size <= room), "")


def wide(words: str) -> float:
    """Guess the width of words in ems: the reader's own font decides, so rather too wide."""
    return sum(0.7 if each.isupper() else 0.3 if each in " .,:’·il" else 0.57 for each in words)
