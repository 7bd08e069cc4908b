"""The journal on the command line: the lines that are wanted, and a study made again from one."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from data.journal_lines import Line, Wanted, as_plain, lines_of, write_csv
from data.reopening import reopened
from data.study_file import is_study
from planner.signing_words import moment, unlike_sentence
from planner.standing import standing
from planner.study import Study
from ui.cli.keeping import refuse_existing
from ui.cli.passphrases import tell_in_clear
from ui.cli.sentences import Told
from ui.cli.show import document, note, table, telling
from ui.cli.speech import lang, say
from ui.cli.targets import Loaded, Target, load, unrecognised


def show(
    file: str, asked: Mapping[str, Any], csv: Path | None, *, force: bool, as_json: bool
) -> None:
    """Show the lines that are wanted, the oldest first; write them for a spreadsheet where asked.

    Raises:
        Told: the file is no study, or something stands where the table is to be written.
        Refused: it cannot be read, or the table not be written.
    """
    if csv is not None:
        refuse_existing(csv, force=force)
    wanted = Wanted(**asked)
    loaded = _loaded(file)
    with loaded.opened:
        found = lines_of(loaded.opened, lang())
        unlike = list(_unlike(loaded.study))
    lines = [each for each in found if wanted.takes(each)]
    if csv is not None:
        write_csv(lines, csv)
        tell_in_clear(loaded.opened, csv)
    with telling():
        if as_json:
            document({"file": file, "of": len(found), "lines": [as_plain(each) for each in lines]})
        elif csv is not None:
            print(say("cli.written", path=str(csv)))
        else:
            _table(lines)
        for each in unlike:
            print(each, file=sys.stderr)
        if not as_json:
            note("cli.journal.count", n=len(lines), of=len(found))


def _unlike(study: Study) -> Iterator[str]:
    """Name the scenarios of which the published plan is not the one that was signed."""
    for each in study.scenarios:
        if (unlike := standing(study, each.name).unlike) is not None:
            told = unlike_sentence(unlike, lang())
            yield say("import.at", where=say("cli.where.scenario", scenario=each.name), what=told)


def reopen(file: str, line: int, out: Path, *, force: bool, as_json: bool) -> None:
    """Write the study as it was after a line of its journal.

    Raises:
        Told: the file is no study, or something stands where it is to be written.
        Refused: the journal does not hold enough for it, or it cannot be written.
    """
    refuse_existing(out, force=force)
    loaded = _loaded(file)
    with loaded.opened, reopened(loaded.opened, line) as made:
        made.save(out)
        names = [each.name for each in made.study.scenarios]
    with telling():
        if as_json:
            document({"file": str(out), "line": line, "scenarios": names})
        else:
            print(say("cli.journal.reopened", line=line, path=str(out)))


def _loaded(file: str) -> Loaded:
    path = Path(file)
    if not is_study(path):
        if not path.is_file():
            raise unrecognised(path)
        raise Told("cli.journal.no_study", path=file)
    return load(Target(path), told=True)


def _table(lines: Sequence[Line]) -> None:
    keys = ("line", "when", "who", "what", "reason", "reopens")
    rows = [
        (
            str(each.entry.number),
            moment(each.entry.made, lang()),
            each.who,
            each.said,
            each.reason,
            say("cli.journal.yes") if each.reopens else "",
        )
        for each in lines
    ]
    table([say(f"cli.journal.head.{key}") for key in keys], rows, right=(0,))
