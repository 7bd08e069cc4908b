"""A study, or one scenario of it, as a file for others: with or without names, and taken back again."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from data.journal import now
from data.keys import Key, drop_key, keep_key, key_of, secret_of
from data.origin import Origin
from data.parting import NOTHING, SHARED, Before
from data.protecting import Seal
from data.refused import Refused
from data.reopening import reopened
from data.saving import whole_of
from data.scan import found_within, texts_in
from data.state import new_id
from data.study_file import Opened, create_study
from planner.dates_written import dated_labels
from planner.disguise import Disguise, disguise
from planner.disguised_codes import HOUSE, codes, short_number
from planner.dropped_texts import free_texts, names_of_people, shipped_texts
from planner.mentions import mentions, words_of
from planner.moved_dates import movable_weeks, unmoved
from planner.rarity import rare_cases
from planner.returning import Returned, returned
from planner.study import Study
from planner.words import ENGLISH

SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What was written: where, where its key is (None: with names), and cases that are unusual.

    `doubtful`: labels in which a word or number may be that of somebody; `dated`: those in which a date
    is written that does not move.
    """

    path: Path
    key: Path | None
    rare: int
    doubtful: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()

    @property
    def backup(self) -> Path | None:
        """The file that was there before, kept beside it: it has what this one leaves out or seals."""
        found = self.path.with_name(f"{self.path.name}.bak")
        return found if found.exists() else None


def of_scenario(study: Study, name: str) -> Study:
    """Give the study with one scenario and those that it stands on.

    Raises:
        UnknownScenarioError: there is none of that name.
    """
    return replace(study, scenarios=study.line(name))


def share(
    study: Study,
    path: Path,
    *,
    names: bool,
    reason: str = "",
    read_only: bool = False,
    seal: Seal | None = None,
    lang: str = ENGLISH,
    before: Before = NOTHING,
) -> Shared:
    """Write a study for others; without `names` it is disguised, and looked through before it is there.

    The file says who shared it, when and for what `reason`. One that is `read_only` is changed in a copy
    alone. With names it keeps what its study was `before`: what comes back is merged from there. Without,
    its scenarios are numbered in `lang`. With a `seal` it opens with its passphrase only; no plain
    byte of it reaches a disk.

    Raises:
        Held: somebody else holds the file that stands there.
        Refused: it cannot be written, or a code or text of a person or case would be in it.
    """
    origin = Origin(reason=reason, read_only=read_only)
    if names:
        with create_study(study, action=SHARED, facts=before.facts()) as opened:
            opened.seal = seal
            opened.share(origin)
            opened.save(path)
        return Shared(path=path, key=None, rare=0)
    secret = secret_of(study.id)
    possible = movable_weeks(study)
    known = disguise(study, secret, secrets.choice(possible) if possible else 0, lang)
    shared = known.study(study, new_id())
    made = _moved(now(), known.weeks)
    with create_study(shared, action=SHARED, made=made) as opened:
        opened.seal = seal
        opened.share(replace(origin, made=made))
        doubtful, dated = _refuse_left(whole_of(opened.connection), path, study, known, reason)
        key = Key(
            shared=shared.id,
            study=study.id,
            secret=secret.hex(),
            weeks=known.weeks,
            scenarios=dict(known.scenarios),
        )
        kept = keep_key(key)  # first: what comes of a file without one could not be taken back
        try:
            opened.save(path)
        except BaseException:
            drop_key(key)
            raise
    rare = len(rare_cases(shared.base.cases))
    return Shared(path=path, key=kept, rare=rare, doubtful=doubtful, dated=dated)


def _moved(made: str, weeks: int) -> str:
    """Move the time of sharing as the dates: beside the date of the facts it would tell by how much."""
    hour = datetime.fromisoformat(made).replace(minute=0, second=0, microsecond=0)
    return (hour + timedelta(weeks=weeks)).isoformat(timespec="milliseconds")


def _refuse_left(
    whole: bytes, path: Path, study: Study, known: Disguise, reason: str
) -> tuple[tuple[str, ...], ...]:
    """Look through a file that is to be written; give the labels that may name somebody, or tell a date.

    Raises:
        Refused: a code, name, text or date would be in it.
    """
    house = {record.id for kind in HOUSE for record in study.base.records(kind)}
    hidden = {code for _, code in codes(study)}
    told = {code for code in hidden if not (short_number(code) and code in house)}
    dates = unmoved(study.base, known.weeks)
    free = free_texts(study, known)
    left = found_within(whole, told, free, dates, known.public)
    read = texts_in(whole) - shipped_texts()
    people, common = names_of_people(study), words_of(known.public)
    found = mentions({*read, reason} - {""}, told, people, common)
    given = [each for each in left if each.casefold() in reason.casefold()]
    given = given or [*mentions([reason], told, people, common).certain]
    if not left:  # else the same once more, in another writing
        left = found.certain
    if given:
        raise Refused("share.left_in_reason", texts=", ".join(given[:SHOWN]), path=str(path))
    if left:
        raise Refused("share.left", texts=", ".join(left[:SHOWN]), n=len(left), path=str(path))
    return found.doubtful, dated_labels({*read, reason} - {""}, study.base) if known.weeks else ()


# --- taking back ----------------------------------------------------------------------------------


def as_shared(opened: Opened) -> Study | None:
    """Give the study of a file that came back as it was shared; None where it keeps too little for that."""
    lines = (entry.number for entry in opened.history() if entry.action == SHARED)
    first = next(lines, None)
    if first is None:
        return None
    try:
        with reopened(opened, first) as found:
            return found.study
    except Refused:
        return None


def taken_back(shared: Study, study: Study, before: Study | None = None) -> Returned:
    """Give what came back of a file that was shared from a study, by the codes and dates of the study.

    `before` is what was shared, where that is known: what was changed here since is not theirs then.

    Raises:
        Refused: it was not shared from here, or not from this study.
    """
    key = key_of(shared.id)
    if key is None:
        raise Refused("share.no_key")
    if key.study != study.id:
        raise Refused("share.other_study")
    known = disguise(study, key.bytes, key.weeks)
    return returned(shared, study, replace(known, scenarios=key.scenarios), before)
