"""What a purge takes out of a study, in words: as much of each kind as goes or has gone."""

from collections.abc import Iterator, Mapping

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
