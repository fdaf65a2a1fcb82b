"""What the detail of a loaner says: its warnings, facts and past loans, as plain data."""

from dataclasses import dataclass
from datetime import date

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanState, ReturnGrade
from crmdesk.core.tones import Tone
from crmdesk.queries.loans import LoanerDetail, LoanOut, LoanRow
from crmdesk.views.loaners.wording import amount, days_words, looks_words
from crmdesk.views.support.days import day_text, due_text
from crmdesk.views.support.widgets.facts_table import Fact
from crmdesk.views.support.widgets.timeline import Event

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
    if loan.reminders:
        parts.append(gettext("reminder {number} is due").format(number=loan.reminders))
    if loan.blocks:
        parts.append(gettext("no further loan to this person"))
    if loan.fee_today:
        parts.append(gettext("late fee so far {amount}").format(amount=amount(loan.fee_today)))
    title = gettext("{days} late").format(days=days_words(loan.days_late))
    return Notice(title, " · ".join(parts), Tone.LATE)


def facts(known: LoanerDetail, today: date) -> list[Fact]:
    """Give the rows of the detail: the loan first, the thing itself after it."""
    return [*(_loan_facts(known.loan, today) if known.loan else []), *_reservations(known, today), *_own(known, today)]


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
    times = gettext("{count} times, {days} in all").format(count=known.times_lent, days=days_words(known.days_lent))
    own_deposit = gettext("deposit {amount}").format(amount=amount(known.deposit_rule)) if known.deposit_rule else ""
    return [
        Fact(gettext("Value"), " · ".join(part for part in (amount(row.value), own_deposit) if part)),
        Fact(gettext("Looks"), " · ".join(part for part in (looks_words(row.looks), cleaned) if part)),
        Fact(gettext("Lent along with it"), known.accessories),
        Fact(gettext("Shelf"), row.shelf),
        Fact(gettext("Serial number"), known.serial),
        Fact(gettext("Lent so far"), times if known.times_lent else gettext("never")),
    ]


def events(known: LoanerDetail) -> list[Event]:
    """Give the past loans, newest first."""
    return [_event(one) for one in known.history]


def _event(one: LoanRow) -> Event:
    icon, tone = _event_look(one)
    ended = one.back_day or one.due_on
    result = label(one.grade) if one.grade else label(one.state)
    fees = one.late_fee + one.damage_fee
    parts = (result, one.condition_back, amount(fees) if fees else "", one.ticket_number or "")
    return Event(
        icon=icon,
        title=f"{one.member_name} · {one.from_day:%m-%d} – {ended:%m-%d}",
        detail=" · ".join(part for part in parts if part),
        when=f"{ended:%m-%d}",
        tone=tone,
        exact=one.number,
    )


def _event_look(one: LoanRow) -> tuple[str, Tone | None]:
    if one.state is LoanState.LOST:
        return "circle-x", Tone.LATE
    if one.grade is ReturnGrade.DAMAGED:
        return "triangle-alert", Tone.WARN
    return "package-check", Tone.OK
