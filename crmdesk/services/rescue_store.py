"""Rescue of a damaged store when no backup helps: what can be read goes into a new file that can take its place."""

import tempfile
from pathlib import Path

from crmdesk.core.clock import Clock
from crmdesk.core.progress import NoProgress, Progress
from crmdesk.db.data_dir import DataDir
from crmdesk.db.engine import Database
from crmdesk.db.raw import Mode, raw_connection
from crmdesk.db.salvage import Salvaged, salvage, schema_of
from crmdesk.migrations import runner
from crmdesk.migrations.revisions import NEWEST
from crmdesk.services import search_index

_FOLDER = "rescued"
_UNWATCHED = NoProgress()


def rescue_store(data: DataDir, clock: Clock, progress: Progress = _UNWATCHED) -> Salvaged:
    """Read what can be read of the database of ``data`` into a new file beside it; the damaged one is only read.

    The new file is whole: definitions of this program, its revision, the search index. It replaces nothing.

    Raises:
        EnvironmentTroubleError: nothing at all can be read.
    """
    folder = data.root / _FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"crmdesk-{clock.now():%Y%m%d-%H%M%S}.db"
    saved = salvage(data.database, target, _schema(), progress=progress)
    with raw_connection(target, None, Mode.WRITE) as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.execute("INSERT INTO alembic_version (version_num) VALUES (?)", (NEWEST,))
    database = Database.open(target)
    try:
        with database.transaction() as session:
            search_index.rebuild(session)
    finally:
        database.dispose()
    return saved


def _schema() -> list[str]:
    """Give the definitions of an empty store of this program."""
    with tempfile.TemporaryDirectory(prefix="crmdesk-") as folder:
        path = Path(folder) / "empty.db"
        database = Database.open(path)
        try:
            runner.upgrade(database)
        finally:
            database.dispose()
        return schema_of(path)
