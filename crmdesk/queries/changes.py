"""The change feed: what other desks wrote since a position."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.topics import Topic
from crmdesk.models.audit import Change


def changes_since(session: Session, context: Context, position: int | None) -> tuple[int, frozenset[Topic]]:
    """Give the new position and the topics that other desks of the context's store touched after ``position``.

    Args:
        session: any session.
        context: whose own desk's changes are left out; the desk knows those.
        position: key of the last change row seen; None only asks where the end is.
    """
    if position is None:
        return session.scalar(select(func.max(Change.id))) or 0, frozenset()
    wanted = select(Change.id, Change.topic, Change.desk, Change.store_id).where(Change.id > position)
    rows = session.execute(wanted.order_by(Change.id)).all()
    topics = frozenset(row.topic for row in rows if row.desk != context.desk and row.store_id == context.store.id)
    return (rows[-1].id if rows else position), topics
