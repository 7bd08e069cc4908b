"""Links to nothing that an edit of the facts would make."""

from collections.abc import Iterator

from planner.fields import KINDS, specs
from planner.problem import RECORD_KINDS, Fault, Problem, all_ids, record_faults


def broken(before: Problem, after: Problem) -> Iterator[Fault]:
    """Find the links to nothing that `after` has and `before` has not; only what differs is looked at."""
    if before is after:
        return
    kinds = [kind for kind in RECORD_KINDS if before.records(kind) is not after.records(kind)]
    if not kinds:
        return
    ids = all_ids(after)
    gone = {kind: {each.id for each in before.records(kind)} - ids[kind] for kind in kinds}
    gone = {kind: lost for kind, lost in gone.items() if lost}
    for kind in RECORD_KINDS:
        pointed = {spec.link for spec in specs(KINDS[kind])} & gone.keys()
        if kind == "absence" and gone.keys() & {"staff", "surgeon"}:
            pointed.add("staff")
        if not pointed and kind not in kinds:
            continue
        old = {id(each) for each in before.records(kind)}
        for record in after.records(kind):
            fresh = id(record) not in old
            if fresh or pointed:
                for fault in record_faults(after, kind, record, ids):
                    told = dict(fault.facts)
                    lost = told.get("value") in gone.get(str(told.get("link")), ())
                    if fault.what == "unknown_link" and (fresh or lost):
                        yield fault
