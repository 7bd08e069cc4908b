"""What a purge takes out of a study, in words: how much of each kind, and each text that names somebody."""

from collections.abc import Iterable, Iterator, Mapping

from planner.erasing import Named
from planner.words import known, say


def head_line(counts: Mapping[str, int], lang: str, *, file: str, person: bool, done: bool) -> str:
    """Say what a purge does with a file, of one person or of what is old, or that nothing is there."""
    if not person and not any(counts.values()):
        return say("cli.purge.before.nothing", lang, path=file)
    what, when = "person" if person else "before", "done" if done else "would"
    return say(f"cli.purge.{what}.{when}", lang, path=file)


def count_lines(counts: Mapping[str, int], lang: str, *, person: bool) -> Iterator[str]:
    """Say how much goes, kind by kind; of a person the code and the name too."""
    if person:
        yield say("cli.purge.code", lang)
    for kind, n in counts.items():
        if n:
            message = f"purge.count.{kind}"
            yield say(message if known(message) else "purge.count.other", lang, n=n)


def text_lines(texts: Iterable[Named], lang: str, *, done: bool) -> Iterator[str]:
    """Say of each text how it was and is, and what people have to decide; where `done` that alone."""
    for text in texts:
        if text.undecided or not done:
            yield _text_line(text, lang, done=done)


def left_words(left: Iterable[str], places: Iterable[Named], lang: str) -> str:
    """Say what would be left, each with the record and field that it stands in, where that is known."""
    where = {each.before: _where(each, lang) for each in places}
    return ", ".join(f"{each} ({where[each]})" if each in where else each for each in left)


def _text_line(text: Named, lang: str, *, done: bool) -> str:
    facts = {"where": _where(text, lang), "before": text.before, "after": text.after}
    words = ", ".join(text.undecided)
    if done or text.before == text.after:
        return say("purge.text.undecided", lang, **facts, words=words)
    told = say("purge.text.changed" if text.after else "purge.text.gone", lang, **facts)
    return f"{told} {say('purge.text.stays', lang, words=words)}" if words else told


def _where(text: Named, lang: str) -> str:
    if text.kind in ("scenario", "study"):
        name = text.field if text.kind == "scenario" else text.kind
        return say(f"purge.at.{name}", lang, id=text.id)
    field = f"field.{text.kind}.{text.field}"
    named = say(field, lang).lower() if known(field) else text.field
    return say("purge.at.field", lang, id=text.id, field=named)
