"""What the detail of a loaner says: its warnings and facts, as plain data."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.queries.loans import LoanerDetail, LoanOut
from crmdesk.views.loaners.wording import amount, days_words, looks_words
from crmdesk.views.support.days import day_text, due_text
from crmdesk.views.support.widgets.facts_table import Fact

MEMBER_LINK, TICKET_LINK = "member", "ticket"


@dataclass(frozen=True, slots=True)
class Notice:
    """The banner above the buttons; no title, no banner."""

    title: str = ""
    source: str = ""
    tone: Tone = Tone.WAITING


def warning(known: LoanerDetail) -> Notice:
    """Give the most urgent thing to know about a loaner."""
    loan = known.loan
    if loan is None:
        reason = known.row.state_reason
        return Notice(reason, tone=Tone.NEUTRAL) if reason else Notice()
    if known.row.repair_done and not loan.taken_over_by:
        title = gettext("The repair is done, the loaner is still out.")
        source = gettext("{ticket} cannot be handed back before, unless a manager takes the loan over.")
        return Notice(title, source.format(ticket=loan.ticket_number), Tone.WARN)
    if loan.days_late:
        return _late(loan)
    if loan.signed_at is None:
        return Notice(gettext("The loan agreement is not signed yet."), "", Tone.WAITING)
    return Notice()


def _late(loan: LoanOut) -> Notice:
    parts = []
    if loan.reminders > max((one.stage for one in loan.sent), default=0):
        parts.append(gettext("reminder {number} is due").format(number=loan.reminders))
    if loan.blocks:
        parts.append(gettext("no further loan to this person"))
    if loan.fee_today:
        parts.append(gettext("late fee so far {amount}").format(amount=amount(loan.fee_today)))
    title = gettext("{days} late").format(days=days_words(loan.days_late))
    return Notice(title, " · ".join(parts), Tone.LATE)


def facts(known: LoanerDetail, today: date) -> list[Fact]:
    """Give the rows of the detail: the loan first, the thing itself after it."""
    loan = [*_loan_facts(known.loan, today), *_reminders(known.loan)] if known.loan else []
    return [*loan, *_fees(known), *_reservations(known, today), *_own(known, today)]


def _loan_facts(loan: LoanOut, today: date) -> list[Fact]:
    due = f"{day_text(loan.due_on, today)} · {due_text(loan.due_on, today)}"
    signed = gettext("signed {day}").format(day=day_text(loan.signed_at.date(), today)) if loan.signed_at else ""
    took_over = " · ".join(part for part in (loan.taken_over_by, loan.take_over_reason) if part)
    return [
        Fact(gettext("Borrower"), f"{loan.member_name} · {label(loan.member_tier)} · {loan.phone}", link=MEMBER_LINK),
        Fact(gettext("Ticket"), " · ".join(_ticket_words(loan)), link=TICKET_LINK if loan.ticket_id else ""),
        Fact(gettext("Lent on"), f"{day_text(loan.from_day, today)} · {days_words(loan.days_out)} · {loan.lent_by}"),
        Fact(gettext("Return by"), due, Tone.LATE if loan.days_late else None),
        Fact(gettext("Extended"), loan.extend_reason),
        Fact(gettext("Deposit held"), amount(loan.deposit) if loan.deposit else gettext("none")),
        Fact(gettext("Handed over as"), " · ".join(filter(None, (looks_words(loan.looks_out), loan.condition_out)))),
        Fact(gettext("Agreement"), signed, None if loan.signed_at else Tone.WAITING),
        Fact(gettext("Taken over by"), took_over),
    ]


def _ticket_words(loan: LoanOut) -> list[str]:
    state = label(loan.ticket_state) if loan.ticket_state else ""
    return [part for part in (loan.ticket_number, loan.ticket_subject, state) if part]


def _reminders(loan: LoanOut) -> list[Fact]:
    if not loan.sent:
        return []
    last = loan.sent[-1]
    count = ngettext("reminded once", "reminded {count} times", len(loan.sent)).format(count=len(loan.sent))
    words = f"{count} · {last.at:%m-%d} {label(last.channel)}"
    return [Fact(gettext("Reminders"), words, Tone.WARN, "bell")]


def _fees(known: LoanerDetail) -> list[Fact]:
    first = known.fees.open_loan()
    if first is None:
        return []
    owed = amount(known.fees.open_of(first.loan_id))
    words = gettext("{amount} open of {number}").format(amount=owed, number=first.loan_number)
    return [Fact(gettext("Fees"), words, Tone.LATE, "hand-coins")]


def _reservations(known: LoanerDetail, today: date) -> list[Fact]:
    return [
        Fact(
            gettext("Reserved"),
            f"{day_text(one.from_day, today)} – {day_text(one.due_on, today)} · {one.member_name}",
            Tone.INFO,
            "bookmark",
        )
        for one in known.reservations
    ]


def _own(known: LoanerDetail, today: date) -> list[Fact]:
    row = known.row
    cleaned = gettext("cleaned {day}").format(day=day_text(row.cleaned_on, today)) if row.cleaned_on else ""
    counted = gettext("counted {day}").format(day=day_text(known.counted_on, today)) if known.counted_on else ""
    times = ngettext("once, {days} in all", "{count} times, {days} in all", known.times_lent).format(
        count=known.times_lent, days=days_words(known.days_lent)
    )
    own_deposit = gettext("deposit {amount}").format(amount=amount(known.deposit_rule)) if known.deposit_rule else ""
    return [
        Fact(gettext("Value"), " · ".join(part for part in (amount(row.value), own_deposit) if part)),
        Fact(gettext("Looks"), " · ".join(part for part in (looks_words(row.looks), cleaned) if part)),
        Fact(gettext("Lent along with it"), known.accessories),
        Fact(gettext("Shelf"), " · ".join(part for part in (row.shelf, counted) if part)),
        Fact(gettext("Serial number"), known.serial),
        Fact(gettext("Lent so far"), times if known.times_lent else gettext("never")),
    ]
