"""Papers right after the save: slip or bag tag of the ticket, agreement and deposit receipt of the loan."""

from crmdesk.core.papers import PaperKind
from crmdesk.services.loans import LoanMade
from crmdesk.services.ticket_intake import TicketMade
from crmdesk.views.service.room import Room
from crmdesk.views.service.ticket_printing import Printing, print_paper
from crmdesk.views.support.loan_printing import print_loan_paper


def print_slip(room: Room, ticket: TicketMade) -> None:
    """Print the service slip."""
    print_paper(room, Printing(PaperKind.SERVICE_SLIP, ticket.id, ticket.number))


def print_loan(room: Room, loan: LoanMade) -> None:
    """Print the agreement, and the receipt when a deposit was taken."""
    for kind in (PaperKind.LOAN_AGREEMENT, PaperKind.DEPOSIT_RECEIPT):
        print_loan_paper(room.desk, room.page, kind, loan.id, at_once=True)
