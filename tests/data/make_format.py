"""Write the SQL and the sample of the newest format, as long as it is not released.

After a field of a record has changed: `python tests/data/make_format.py`. Once released, a change is
a new format instead: a new file beside `schema/0002.sql`, and a step in `data/migrations.py`.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from conftest import a_full_study  # noqa: E402 - it lies beside this file

from data.ddl import record_tables  # noqa: E402
from data.journal import Entry  # noqa: E402
from data.migrations import SCHEMA, schema_sql  # noqa: E402
from data.origin import Origin  # noqa: E402
from data.study_file import create_study  # noqa: E402

BEGIN = "-- The facts and rules of the base, written by `data/ddl.py`.\n"
END = "-- The study itself, its scenarios, plans and history.\n"


def main() -> None:
    """Write both files."""
    sql = ROOT / "data" / "schema" / f"{SCHEMA:04d}.sql"
    head, _, rest = sql.read_text(encoding="utf-8").partition(BEGIN)
    _, _, tail = rest.partition(END)
    sql.write_text(f"{head}{BEGIN}\n{record_tables()}\n{END}{tail}", encoding="utf-8")
    schema_sql.cache_clear()
    sample = ROOT / "tests" / "samples" / "released" / f"{SCHEMA:04d}.opale"
    sample.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as state:
        os.environ["OPALE_STATE"] = state
        study = a_full_study()
        with create_study(study) as opened:
            line = Entry(action="edit_branch", author="camille", parameters={"name": "et après"})
            opened.record(study, line)
            made = "2026-10-02T08:00:00.000+00:00"
            opened.share(Origin(author="camille", made=made, reason="pour avis"))
            opened.save(sample)
    sample.with_name(f"{sample.name}.bak").unlink(missing_ok=True)


if __name__ == "__main__":
    main()
