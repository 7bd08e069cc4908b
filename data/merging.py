"""Two studies brought together: what they began as, what comes of them, and the lines in the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from data.ancestry import Ancestor, Copy, ancestor_of, take_lines
from data.journal import Entry
from data.parting import lines_since, mark, shared_past
from data.protecting import Seal
from data.purging import PURGED
from data.refused import Refused
from data.study_file import Opened
from planner.merging.conflicts import Conflict, Place, Side
from planner.merging.judging import CHOOSABLE, Clash, Judge
from planner.merging.study import Merged, merge
from planner.merging.taken import Taken, taken
from planner.merging.together import Studies
from planner.merging.words import conflict_plain
from planner.past import Touched, merged_away
from planner.study import Study

_JUDGED: Final = 40
_WORK: Final = 10_000
"""Conflicts of which the consequences are worked out, and records that are judged for it at most.

Each costs two audits of a plan: in a large hospital those of the first few are told.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two studies and what they began as."""

    ancestor: Ancestor
    ours: Copy
    theirs: Copy

    @property
    def seal(self) -> Seal | None:
        """What comes of them is under: the passphrase of ours, or of theirs where ours has none."""
        return self.ours.seal or self.theirs.seal

    @property
    def three(self) -> Studies:
        """What both began with, ours and theirs."""
        return self.ancestor.study, self.ours.study, self.theirs.study

    def merged(
        self, *, prefer: Side | None = None, choices: Mapping[Place, Side] | None = None
    ) -> Merged:
        """Merge them, with a side for all conflicts or choices for single ones.

        Raises:
            OtherPeriodError: they plan different periods.
        """
        found = self.ancestor
        names = (found.ours, found.theirs)
        return merge(
            *self.three, prefer=prefer, choices=choices, unknown=found.unknown, names=names
        )

    def judge(self, made: Merged) -> Judge:
        """Give the one that says what rules say of a merge of them."""
        found = self.ancestor
        return Judge(self.three, made, found.unknown, (found.ours, found.theirs))

    def taken(self, made: Merged) -> tuple[tuple[Taken, ...], tuple[Taken, ...]]:
        """Give what a merge of them has from ours alone and from theirs alone, without conflict."""
        return taken(self.three, made, (self.ancestor.ours, self.ancestor.theirs))

    def past(self, made: Merged) -> Touched | None:
        """Give what was done on days that are over and published, and a merge of them has otherwise."""
        return merged_away((self.ours.study, self.theirs.study), made.study)


def paired(ours: Copy, theirs: Copy, given: Study | None = None) -> Pair | None:
    """Find what two studies began as, unless it is given; None where nothing is known of it.

    Raises:
        Refused: one of them was purged since, and the other still has what has gone there.
    """
    _refuse_unpurged(ours, theirs)
    found = ancestor_of(ours, theirs, given)
    return None if found is None else Pair(ancestor=found, ours=ours, theirs=theirs)


def _refuse_unpurged(ours: Copy, theirs: Copy) -> None:
    """Let copies pass of which both have the same purges: an older one brings back what has gone."""
    purged = [{mark(e): e for e in each.lines if e.action == PURGED} for each in (ours, theirs)]
    for copy, there, (mine, other) in (
        (ours, theirs, purged),
        (theirs, ours, purged[::-1]),
    ):
        known = {*shared_past(there.lines)}
        alone = [line for key, line in mine.items() if key not in other]
        lost = next(iter(lines_since(alone, known)), None)
        if lost is not None:
            name = "–" if copy.path is None else copy.path.name
            raise Refused("merge.purged", file=name, day=lost.made[:10])


def judged(made: Merged) -> tuple[Conflict, ...]:
    """Give the conflicts of which a report tells the consequences: all, or the first of very many."""
    facts = made.study.base
    size = len(facts.cases) + len(facts.staff) + len(facts.cover) + 1
    most = max(min(_JUDGED, _WORK // size), 2)
    return tuple(each for each in made.left if each.what in CHOOSABLE)[:most]


def record_merge(opened: Opened, pair: Pair, made: Merged, clashes: Sequence[Clash]) -> None:
    """Take a merged study in, with the lines of the other journal and one of the merge itself."""
    take_lines(opened, pair.theirs)
    conflicts = [conflict_plain(each, made.scenario_of(each.place)) for each in made.conflicts]
    path = pair.theirs.path
    parameters = {
        "file": "" if path is None else path.name,
        "n": len(made.left),
        "ancestor": pair.ancestor.how,
        "conflicts": conflicts,
    }
    entry = Entry(
        action="journal.merged",
        scenarios=tuple(each.name for each in made.study.scenarios),
        parameters=parameters,
        status="conflicts" if made.left or clashes else "done",
    )
    opened.record(made.study, entry)
