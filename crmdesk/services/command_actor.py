"""In whose name commands without a window act: whoever may start them holds the data anyway."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Actor
from crmdesk.core.roles import Right, Role
from crmdesk.models.staff import Staff


def command_actor(session: Session, store_id: int) -> Actor:
    """Give the store's owner with every right; key 0 when the store has no active owner."""
    wanted = select(Staff.id, Staff.name).where(Staff.store_id == store_id, Staff.role == Role.OWNER, Staff.active)
    found = session.execute(wanted.order_by(Staff.id).limit(1)).first()
    key, name = (0, "") if found is None else (found.id, found.name)
    return Actor(key, name, Role.OWNER, frozenset(Right), None)
