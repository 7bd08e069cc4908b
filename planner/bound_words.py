"""What proved the bound of a run, in the reader's language."""

from collections.abc import Iterable

from planner.words import say


def source_words(sources: Iterable[str | None], lang: str) -> str:
    """Say what bounds come from, each source once; None: a part without a bound."""
    known = dict.fromkeys(source for source in sources if source)
    return say("bound.from", lang, sources=", ".join(say(f"bound.{name}", lang) for name in known))
