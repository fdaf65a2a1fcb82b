"""Facts that every kind of ticket shows: what the customer said, the item, the promise, the loaner that is out."""

from collections.abc import Sequence
from datetime import date

from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanState
from crmdesk.core.tickets import Priority, TicketKind
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import TicketDetail, TicketLoanRow
from crmdesk.views.service.case import Case
from crmdesk.views.service.clock_words import promise_words
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.facts_table import Fact

# Link of the fact that opens the history of the goods.
ITEM_LINK = "item"
_DUE = {
    TicketKind.REPAIR: mark("Promised for"),
    TicketKind.COMPLAINT: mark("Answer by"),
    TicketKind.RETURN: mark("Settle by"),
}


def common_facts(case: Case, own: Sequence[Fact]) -> list[Fact]:
    """Give all rows in their order, the kind's ``own`` in the middle."""
    ticket = case.ticket
    return [
        Fact(gettext("Customer stated"), ticket.customer_words),
        Fact(gettext(_DUE[ticket.kind]), promise_words(ticket, case.context.today())),
        *own,
        *_loans(case),
        Fact(gettext("Asked for"), _order(ticket)),
        Fact(gettext("Item"), _item(ticket), link=ITEM_LINK if ticket.item_id is not None else ""),
        Fact(gettext("Store"), _stores(ticket)),
        *(Fact(name, value) for name, value in ticket.item_values),
        Fact(gettext("Fault"), gettext(", ").join(fault_name(code) for code in ticket.faults)),
        Fact(gettext("Accessories"), gettext(", ").join(one.name for one in ticket.accessories)),
        Fact(gettext("Private note"), ticket.private_notes, Tone.WAITING, "lock"),
    ]


def _tone(loan: TicketLoanRow, today: date) -> Tone | None:
    """Red is a loaner that is late, amber one that the customer keeps; one that is out in time needs nothing."""
    if loan.due_on < today:
        return Tone.LATE
    return Tone.WARN if loan.taken_over else None


def _item(ticket: TicketDetail) -> str:
    return " · ".join(part for part in (ticket.item, ticket.brand, ticket.serial) if part)


def _stores(ticket: TicketDetail) -> str:
    """Say which store took it in and whose customer it is, where these are two."""
    if ticket.store == ticket.home_store:
        return ""
    return gettext("taken in by {store}, customer of {home}").format(store=ticket.store, home=ticket.home_store)


def _order(ticket: TicketDetail) -> str:
    express = [label(ticket.priority)] if ticket.priority is Priority.EXPRESS else []
    return " · ".join(express + ([gettext("Estimate only")] if ticket.estimate_only else []))


def _loans(case: Case) -> list[Fact]:
    found = []
    for loan in case.ticket.loans:
        words = f"{loan.loaner_code} {loan.loaner_name}"
        if loan.state is LoanState.OUT:
            due = day_text(loan.due_on, case.context.today())
            out = gettext("{loaner} not back, due {day}").format(loaner=words, day=due)
            if loan.deposit:
                out += gettext(" · deposit ¥{deposit}").format(deposit=loan.deposit.short_text())
            found.append(Fact(gettext("Loaner"), out, _tone(loan, case.context.today()), "luggage"))
        elif loan.state is LoanState.BACK:
            back = gettext("{loaner} is back").format(loaner=words)
            found.append(Fact(gettext("Loaner"), back))
    return found
