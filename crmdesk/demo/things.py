"""Which tickets, loans and people of a store the pictures show."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from crmdesk.db.engine import Database
from crmdesk.demo.weeks_people import FIRM, IN_FULL

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
_BATCH_SENT = (
    "SELECT b.id FROM batch b JOIN batch_line l ON l.batch_id = b.id AND l.state IN ('sent', 'arrived')"
    " GROUP BY b.id ORDER BY (SELECT count(*) FROM batch_line o WHERE o.batch_id = b.id) DESC, b.sent_at"
)
_LINE_WAITING = f"SELECT id FROM batch_line WHERE state IN ('sent', 'arrived') AND batch_id = ({_BATCH_SENT} LIMIT 1)"  # noqa: S608 - no input
_TO_COLLECT = (
    "SELECT t.id FROM ticket t LEFT JOIN loan l ON l.ticket_id = t.id AND l.state = 'out'"
    " WHERE t.kind = 'repair' AND t.state = 'notified'"
    " ORDER BY l.id IS NOT NULL, (SELECT count(*) FROM ticket_accessory a WHERE a.ticket_id = t.id) DESC, t.id DESC"
)
_COMPARED = (
    "SELECT t.id FROM ticket t JOIN condition_sheet c ON c.ticket_id = t.id WHERE t.state IN ('ready', 'notified')"
    " GROUP BY t.id ORDER BY count(*) DESC, t.id DESC"
)
_OVERDUE = (
    "SELECT id FROM ticket WHERE kind = 'repair' AND state NOT IN ('closed', 'cancelled', 'posted_back')"
    " ORDER BY promised_on, id"
)
_NAMED = "SELECT id FROM member WHERE name = :name ORDER BY id"


@dataclass(frozen=True, slots=True)
class DeskThings:
    """What the service desk and the loaner desk have beyond: keys, 0 where the store has none."""

    batch_sent: int
    line_waiting: int
    batch_open: int
    to_collect: int
    compared: int
    overdue: int
    item: int
    complaint_open: int
    return_open: int
    loaner_late: int
    loaner_reserved: int


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
    in_full: int
    firm: int
    desk: DeskThings


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

    zhou = one(_NAMED, name="周建国")
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
        in_full=one(_NAMED, name=IN_FULL),
        firm=one(_NAMED, name=FIRM),
        desk=look_at_desk(session),
    )


def look_at_desk(session: Session) -> DeskThings:
    """Look for what the service desk and the loaner desk show."""

    def one(query: str) -> int:
        return session.execute(text(query)).scalars().first() or 0

    return DeskThings(
        batch_sent=one(_BATCH_SENT),
        line_waiting=one(_LINE_WAITING),
        batch_open=one("SELECT id FROM batch WHERE state = 'packing' ORDER BY made_at DESC"),
        to_collect=one(_TO_COLLECT),
        compared=one(_COMPARED),
        overdue=one(_OVERDUE),
        item=one("SELECT item_id FROM ticket WHERE item_id IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 DESC"),
        complaint_open=one("SELECT id FROM ticket WHERE kind = 'complaint' AND state = 'proposed' ORDER BY id DESC"),
        return_open=one("SELECT id FROM ticket WHERE kind = 'return' AND state = 'checked' ORDER BY id DESC"),
        loaner_late=one("SELECT loaner_id FROM loan WHERE state = 'out' ORDER BY due_on"),
        loaner_reserved=one("SELECT loaner_id FROM loan WHERE state = 'reserved' ORDER BY from_day"),
    )


def people_of(database: Path) -> dict[str, int]:
    """Give the keys of the staff by name."""
    opened = Database.open(database)
    try:
        with opened.reading() as session:
            return {row.name: row.id for row in session.execute(text("SELECT id, name FROM staff"))}
    finally:
        opened.dispose()
