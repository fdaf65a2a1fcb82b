"""Adding rows that nobody changes afterwards: history, marks, movements; no session keeps an eye on them."""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session

from crmdesk.db.base import Base

if TYPE_CHECKING:
    from sqlalchemy import Table


def append(session: Session, model: type[Base], *rows: dict[str, Any]) -> None:
    """Add rows of the same columns to the table of ``model``; columns left out get the model's default.

    What waits in the session is written first, since the rows may refer to it.
    """
    session.flush()
    if rows:
        session.connection().execute(_into(model), rows[0] if len(rows) == 1 else list(rows))


@cache
def _into(model: type[Base]) -> Insert:
    return insert(cast("Table", model.__table__))
