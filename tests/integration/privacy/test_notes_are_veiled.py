"""A number in a note is read as written by who may see the person's own number, and masked for everybody else."""

import pytest

from crmdesk.core.roles import Role
from crmdesk.models.member import Member
from crmdesk.models.ticket import Ticket, TicketEvent
from crmdesk.queries.member_page import member_page
from crmdesk.queries.ticket_detail import detail
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop, staff_id

SPOKEN = "13977778888"
NOTE = f"也可以打 {SPOKEN}"


def written(shop: Shop, *, guided: bool) -> tuple[int, int]:
    ticket_id = taken_in(shop)
    with shop.database.transaction() as session:
        ticket = session.get_one(Ticket, ticket_id)
        ticket.private_notes = NOTE
        session.query(TicketEvent).update({"note": NOTE})
        member = session.get_one(Member, ticket.member_id)
        member.notes, member.guide_id = NOTE, staff_id(Role.GUIDE) if guided else None
        return ticket_id, member.id


@pytest.mark.parametrize(
    ("role", "guided", "reads"),
    [
        (Role.CLERK, False, True),  # the ticket is open
        (Role.HEAD_OFFICE, False, True),
        (Role.GUIDE, False, False),
        (Role.GUIDE, True, True),
        (Role.MANAGER, False, True),
        (Role.OWNER, False, True),
    ],
)
def test_who_reads_the_number(shop: Shop, role: Role, *, guided: bool, reads: bool) -> None:
    ticket_id, member_id = written(shop, guided=guided)
    with shop.reading() as session:
        ticket = detail(session, ticket_id, shop.context(role))
        page = member_page(session, member_id, shop.context(role))
    assert (SPOKEN in ticket.private_notes) == reads
    assert all((SPOKEN in one.note) == reads for one in ticket.events)
    assert (SPOKEN in page.notes) == reads
    assert "139" in page.notes
