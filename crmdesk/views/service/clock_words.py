"""The clocks of a ticket in sentences: what is due, how far away, and which rule says so."""

from datetime import date

from crmdesk.core.clocks import ClockReading
from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.support.days import day_text, due_text

_JOINT = " · "
_PROMISE = "promise"
_URGENT = (Tone.WARN, Tone.LATE)


def urgent(ticket: TicketDetail) -> ClockReading | None:
    """Give the clock that the banner shows: the most urgent one that warns."""
    return next((clock for clock in ticket.clocks if clock.tone in _URGENT), None)


def banner_title(clock: ClockReading, today: date) -> str:
    """Say it in one line: 逾期 1 天：承诺交件 11月20日 周五."""
    return gettext("{due}: {clock}, {day}").format(
        due=due_text(clock.due_on, today), clock=clock.title, day=day_text(clock.due_on, today)
    )


def banner_source(ticket: TicketDetail, clock: ClockReading, today: date) -> str:
    """Say where the rule comes from, and which other clocks are late."""
    lines = [gettext("Source: {source} · not legal advice").format(source=clock.source)]
    late = (other for other in ticket.clocks if other is not clock and other.tone is Tone.LATE)
    lines += [_JOINT.join((banner_title(other, today), other.source)) for other in late]
    return "\n".join(lines)


def clock_words(clock: ClockReading, today: date) -> str:
    """Say when a clock is due, or why it stands still."""
    if clock.paused:
        return gettext("stands still: the customer has to answer")
    return f"{due_text(clock.due_on, today)} · {day_text(clock.due_on, today)}"


def promise_words(ticket: TicketDetail, today: date) -> str:
    """Say what was promised, and what is expected now when that differs."""
    if ticket.promised_on is None:
        return ""
    words = day_text(ticket.promised_on, today)
    if any(clock.key == _PROMISE for clock in ticket.clocks):
        words += f" · {due_text(ticket.promised_on, today)}"
    if ticket.estimated_on is not None and ticket.estimated_on != ticket.promised_on:
        expected = gettext("expected now {day}").format(day=day_text(ticket.estimated_on, today))
        words += f" · {expected}"
    return words
