"""Which tickets, loans and people of a store the pictures show."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.db.engine import Database

_REPAIR = (
    "SELECT t.id FROM ticket t JOIN item i ON i.id = t.item_id WHERE t.kind = 'repair' AND t.state = :state"
    " ORDER BY i.category <> 'suitcase', t.received_at DESC"
)
_WITHOUT_LOAN = (
    "SELECT t.id FROM ticket t JOIN item i ON i.id = t.item_id WHERE t.kind = 'repair' AND t.state = 'received'"
    " AND NOT EXISTS (SELECT 1 FROM loan l WHERE l.ticket_id = t.id AND l.state = 'out')"
    " ORDER BY i.category <> 'suitcase', t.received_at DESC"
)
_STOPPED = (
    "SELECT t.id FROM ticket t JOIN loan l ON l.ticket_id = t.id AND l.state = 'out'"
    " WHERE t.kind = 'repair' AND t.state IN ('notified', 'ready') ORDER BY t.state, t.received_at"
)
_ITEM = (
    "SELECT l.id FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id"
    " WHERE p.member_id = :member AND l.quantity > 0 ORDER BY l.category <> 'suitcase', p.day DESC"
)


@dataclass(frozen=True, slots=True)
class Things:
    """Keys of what is shown; 0 where the store has none."""

    zhou: int
    line: int
    received: int
    quoted: int
    repaired: int
    stopped: int
    complaint: int
    given_back: int
    loaner_out: int
    loan_out: int
    loaner_free: int


def things_of(database: Path) -> Things:
    """Look for them in a store that nobody has open."""
    opened = Database.open(database)
    try:
        with opened.reading() as session:
            return _look(session)
    finally:
        opened.dispose()


def _look(session: Session) -> Things:
    def one(query: str, **facts: object) -> int:
        return session.execute(text(query), facts).scalars().first() or 0

    zhou = one("SELECT id FROM member WHERE name = '周建国' ORDER BY id")
    loan = one("SELECT id FROM loan WHERE state = 'out' ORDER BY due_on")
    return Things(
        zhou=zhou,
        line=one(_ITEM, member=zhou),
        received=one(_WITHOUT_LOAN),
        quoted=one(_REPAIR, state="quoted"),
        repaired=one("SELECT t.id FROM ticket t JOIN photo p ON p.ticket_id = t.id ORDER BY t.id DESC"),
        stopped=one(_STOPPED),
        complaint=one("SELECT ticket_id FROM paper WHERE kind = 'letter' AND ticket_id IS NOT NULL ORDER BY id DESC"),
        given_back=one("SELECT id FROM ticket WHERE kind = 'return' ORDER BY received_at DESC"),
        loaner_out=one("SELECT loaner_id FROM loan WHERE id = :loan", loan=loan),
        loan_out=loan,
        loaner_free=one("SELECT id FROM loaner WHERE state = 'on_shelf' ORDER BY code"),
    )


def people_of(database: Path) -> dict[str, int]:
    """Give the keys of the staff by name."""
    opened = Database.open(database)
    try:
        with opened.reading() as session:
            return {row.name: row.id for row in session.execute(text("SELECT id, name FROM staff"))}
    finally:
        opened.dispose()
