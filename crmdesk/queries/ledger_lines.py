"""The lines of a member's ledger as the lots are worked out from them."""

from typing import TYPE_CHECKING, Final, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.ledger_lots import Lot, Movement, lots_left
from crmdesk.core.members import LedgerKind
from crmdesk.models.ledger import LedgerEntry

if TYPE_CHECKING:
    from sqlalchemy import Table

_LINES: Final = cast("Table", LedgerEntry.__table__)
_OF_MEMBER: Final = (
    select(_LINES.c.id, _LINES.c.amount, _LINES.c.expires_on, _LINES.c.purchase_id, _LINES.c.reverses_id)
    .where(_LINES.c.member_id == bindparam("of_member"), _LINES.c.kind == bindparam("of_kind"))
    .order_by(_LINES.c.id)
)


def movements(session: Session, member_id: int, kind: LedgerKind) -> list[Movement]:
    """Give the movements of one kind, the oldest first."""
    return [Movement(*row) for row in session.execute(_OF_MEMBER, {"of_member": member_id, "of_kind": kind})]


def lots_of(session: Session, member_id: int, kind: LedgerKind = LedgerKind.POINTS) -> tuple[Lot, ...]:
    """Give what is left of each line, the nearest expiry first."""
    return lots_left(movements(session, member_id, kind))
