"""Opening the store's file: driver, PRAGMAs, pool, and the two kinds of unit of work."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from crmdesk.db.reserve import Reserve

# WAL with synchronous=NORMAL loses acknowledged saves in a power cut, FULL does not.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
_WRITES = "crmdesk_writes"
HOME = "crmdesk_home"  # in the info of every session: the folder that the file and what belongs to it lie in
_MET_LAST = 64


class _WritingSession(Session):
    """A session that keeps the rows it met last: the parts of one write load the same few again and again."""

    def __init__(self, engine: Engine, **options: Any) -> None:  # noqa: ANN401 - the session's own options
        """Begin without rows."""
        super().__init__(engine, **options)
        self.met: deque[object] = deque(maxlen=_MET_LAST)


@event.listens_for(_WritingSession, "loaded_as_persistent")
@event.listens_for(_WritingSession, "pending_to_persistent")
def _meet(session: _WritingSession, row: object) -> None:
    session.met.append(row)


class Database:
    """One open database: hands out sessions that write or only read."""

    def __init__(self, engine: Engine, path: Path | None = None, reserve: Reserve | None = None) -> None:
        """Keep the engine.

        Args:
            engine: connects to the database.
            path: the SQLite file, None for a server.
            reserve: space that a save may use on a full disk; may be set later.
        """
        self.engine = engine
        self.path = path
        self.reserve = reserve
        self._writers = engine.execution_options(**{_WRITES: True})
        self._info = {HOME: path.parent} if path is not None else {}

    @classmethod
    def open(cls, path: Path, key: str | None = None) -> "Database":
        """Open the SQLite file at ``path``; the file is made when it is missing.

        Args:
            path: the file; its folder must exist.
            key: pass phrase of an encrypted file.
        """
        return cls(_sqlite_engine(path, key), path)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session that writes; everything in it is one transaction, on disk when the block ends."""
        with _WritingSession(self._writers, expire_on_commit=False, info=self._info) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one unchanging state of the data; what it changes is thrown away."""
        with Session(self.engine, autoflush=False, info=self._info) as session:
            try:
                yield session
            finally:
                session.rollback()

    def fold_log(self) -> bool:
        """Bring what lies in the write-ahead log into the file and empty the log; False while somebody reads from it.

        What `secure_delete` overwrote in the file would otherwise live on in the log.
        """
        with self.engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                return True
            driver = connection.connection.driver_connection
            busy, _frames, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # type: ignore[union-attr]
            return not busy

    def dispose(self) -> None:
        """Close every connection; the file can then be replaced."""
        self.engine.dispose()


def _sqlite_engine(path: Path, key: str | None) -> Engine:
    def connect() -> Any:  # noqa: ANN401 - the driver has no types
        connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None, cached_statements=256)
        if key is not None:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=5,
        hide_parameters=True,
        query_cache_size=2_000,  # more than the program has statements, so that none is compiled again and again
    )
    event.listen(engine, "connect", _apply_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _apply_pragmas(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    try:
        for pragma in PRAGMAS:
            cursor.execute(pragma)
    finally:
        cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: a transaction that reads first and writes later could fail half-way.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
