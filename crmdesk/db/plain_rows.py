"""Very many rows as the driver gives them: wrapping and turning them takes longer than the database needs."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


def plain_rows(session: Session, wanted: Select[*tuple[Any, ...]], at_once: int) -> Iterator[Sequence[Any]]:
    """Yield pieces of at most ``at_once`` rows; where SQLite keeps a type as text or number, that is what comes."""
    connection = session.connection()
    if connection.dialect.paramstyle != "qmark":
        yield from connection.execute(wanted, execution_options={"yield_per": at_once}).partitions()
        return
    with connection.execute(wanted) as result:
        cursor, trouble = result.cursor, connection.dialect.loaded_dbapi.Error
        try:
            while rows := cursor.fetchmany(at_once):
                yield rows
        except trouble as error:
            # As SQLAlchemy would raise it.
            raise DBAPIError.instance(None, (), error, trouble, dialect=connection.dialect) from error
