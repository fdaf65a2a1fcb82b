"""The facts of the note that goes into the parcel with posted goods."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.labels import label_in
from crmdesk.core.paper_facts.posting import PostingNoteFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.repair_errors import NotHereError
from crmdesk.core.ticket_events import TicketAct
from crmdesk.models.hand_over import Posting
from crmdesk.models.staff import Staff
from crmdesk.queries.ticket_papers import PaperSources


def posting_note(session: Session, ticket_id: int, context: Context, language: str) -> PostingNoteFacts:
    """Give the facts of the newest parcel of a ticket.

    Raises:
        NotFoundError: no such ticket.
        NotHereError: nothing was posted.
    """
    sources = PaperSources(session, ticket_id, context, language)
    ticket = sources.ticket
    found = session.execute(
        select(Posting, Staff.name)
        .join(Staff, Posting.staff_id == Staff.id)
        .where(Posting.ticket_id == ticket_id)
        .order_by(Posting.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise NotHereError(ticket.number)
    parcel: Posting = found[0]
    worked = any(event.act is TicketAct.CHECK_PASSED for event in ticket.events)
    until = day_in_zone(parcel.sent_at, context.store.zone) + timedelta(days=sources.guarantee_days())
    return PostingNoteFacts(
        number=ticket.number,
        store=sources.store(),
        customer=sources.customer(),
        item=sources.item(),
        recipient=parcel.recipient,
        phone=parcel.phone,
        address=parcel.address,
        courier=parcel.courier,
        tracking=parcel.tracking,
        sent_at=sources.moment(parcel.sent_at),
        sent_by=found[1],
        printed=sources.printed(PaperKind.POSTING_NOTE),
        fee=parcel.fee,
        fee_payer=label_in(language, parcel.payer),
        accessories=tuple(one.name for one in ticket.accessories),
        work_done=ticket.quote.work if worked and ticket.quote is not None else "",
        paid=ticket.paid or None,
        guarantee_until=until if worked else None,
        note=parcel.note,
    )
