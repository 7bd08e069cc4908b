"""A purge from the command line: what goes is told, and nothing is done unless that is asked."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path

from data.purging import Purge, purge_before, purge_person
from data.study_file import is_study
from planner.erasing import Named
from planner.purging_words import count_lines, head_line, left_words, text_lines
from ui.cli.sentences import Told
from ui.cli.show import document, note, telling
from ui.cli.speech import lang, say
from ui.cli.targets import Target, held, unrecognised

SHOWN = 5
"""How many places are named in which something would be left."""


def purge(
    file: str, before: dt.date | None, person: str | None, *, yes: bool, as_json: bool
) -> None:
    """Tell what a purge takes out of a study; do it where `yes`.

    Raises:
        Told: the file is no study, or something of the person would be left.
        EditRefusedError: nobody has this code.
        Held: somebody else holds the file.
        Refused: it cannot be written; what was there is whole.
    """
    path = Path(file)
    if not is_study(path):
        if not path.is_file():
            raise unrecognised(path)
        raise Told("cli.journal.no_study", path=file)
    gone: tuple[Path, ...] = ()
    with held(Target(path), told=True) as loaded:
        made = (
            purge_person(loaded.opened, person)
            if person is not None
            else purge_before(loaded.opened, before or dt.date.min)
        )
        with made.opened:
            if made.left and yes:
                raise Told("cli.purge.left", texts=_left(made), path=file)
            if yes:
                gone = made.save()
    with telling():
        if as_json:
            document(
                {
                    "file": file,
                    "done": yes,
                    "counts": {kind: n for kind, n in made.counts.items() if n},
                    "texts": [_plain(each) for each in made.texts],
                    "left": list(made.left),
                    "places": [_plain(each) for each in made.places],
                    "gone": [str(each) for each in gone],
                    "kept": [str(each) for each in made.kept],
                }
            )
        else:
            _tell(made, gone, file, person, done=yes)


def _tell(
    made: Purge, gone: tuple[Path, ...], file: str, person: str | None, *, done: bool
) -> None:
    what = "person" if person is not None else "before"
    print(head_line(made.counts, lang(), file=file, person=what == "person", done=done))
    for line in count_lines(made.counts, lang(), person=what == "person"):
        print(f"  {line}")
    doubted = [each for each in made.texts if each.undecided]
    for line in text_lines(made.texts, lang(), done=done):
        print(f"  {line}")
    for each in gone:
        print(say("cli.purge.gone", path=str(each)))
    if done and what == "person":
        print(say("cli.purge.looked_through.but" if doubted else "cli.purge.looked_through"))
    for each in made.kept:
        note("cli.purge.kept", path=str(each))
    if made.left:
        note("cli.purge.left", texts=_left(made), path=file)
    if not done:
        note("cli.purge.yes")


def _left(made: Purge) -> str:
    return left_words(made.left[:SHOWN], made.places, lang())


def _plain(text: Named) -> dict[str, object]:
    return {**asdict(text), "undecided": list(text.undecided)}
