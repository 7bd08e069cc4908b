"""Shapes as SVG text; whatever is said in them is escaped, so that a name stays a name."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from planner.boards.marks import Sign

_HATCH = Markup(
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path d="M0 0V4" class="hatch"/></pattern></defs>'
)


def drawing(width: float, height: float, look: str, label: str, shapes: Iterable[Markup]) -> Markup:
    """Make a picture that grows with the page; `label` is what a screen reader says of it."""
    return _made(
        f'<svg class="{escape(look)}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(label)}">{_HATCH}{"".join(shapes)}</svg>'
    )


def box(x: float, y: float, width: float, height: float, look: str, radius: float = 0) -> Markup:
    """Draw a rectangle."""
    round_off = f' rx="{radius:g}"' if radius else ""
    return _made(
        f'<rect x="{x:.5g}" y="{y:.5g}" width="{max(width, 0):.5g}" height="{height:.5g}"{round_off} '
        f'class="{escape(look)}"/>'
    )


def path(way: str, look: str) -> Markup:
    """Draw a path, given as SVG has it."""
    return _made(f'<path d="{escape(way)}" class="{escape(look)}"/>')


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> Markup:
    """Draw a line."""
    return path(f"M{x1:.5g} {y1:.5g}L{x2:.5g} {y2:.5g}", look)


def dot(x: float, y: float, radius: float, look: str) -> Markup:
    """Draw a disc."""
    return _made(f'<circle cx="{x:.5g}" cy="{y:.5g}" r="{radius:g}" class="{escape(look)}"/>')


def text(x: float, y: float, words: str, look: str) -> Markup:
    """Write words."""
    return _made(f'<text x="{x:.5g}" y="{y:.5g}" class="{escape(look)}">{escape(words)}</text>')


def group(look: str, title: str, shapes: Iterable[Markup], **data: str) -> Markup:
    """Put shapes together, with a title that shows on hovering and `data-` attributes."""
    named = "".join(f' data-{name}="{escape(data[name])}"' for name in data)
    told = f"<title>{escape(title)}</title>" if title else ""
    return _made(f'<g class="{escape(look)}"{named}>{told}{"".join(shapes)}</g>')


def _made(words: str) -> Markup:
    """Take SVG as it is: the functions of this file have escaped all that they were told."""
    return Markup(words)  # noqa: S704


def badge(x: float, y: float, sign: Sign) -> Markup:
    """Draw the sign of a breach around a point: triangle, diamond, or disc with a tick."""
    match sign:
        case "hard":
            return path(f"M{x:.5g} {y - 4.6:.5g}l4.4 7.6h-8.8z", "sign hard")
        case "soft":
            return path(f"M{x:.5g} {y - 4.2:.5g}l4.2 4.2-4.2 4.2-4.2-4.2z", "sign soft")
        case "accepted":
            disc = dot(x, y, 3.6, "sign accepted")
            return disc + path(f"M{x - 1.8:.5g} {y:.5g}l1.3 1.5 2.3-2.9", "tick")
    return Markup("")


def fitting(room: float, size: float, *words: str) -> str:
    """Give the first words that fit into so many pixels at a size, else nothing."""
    return next((each for each in words if wide(each) * size <= room), "")


def wide(words: str) -> float:
    """Guess the width of words in ems: the reader's own font decides, so rather too wide."""
    return sum(0.7 if each.isupper() else 0.3 if each in " .,:’·il" else 0.57 for each in words)
