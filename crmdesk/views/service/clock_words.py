"""The clocks of a ticket in sentences: what is due, how far away, and which rule says so."""

from datetime import date

from crmdesk.core.clocks import ClockReading
from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.views.support.days import day_text, due_text

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


def banner_source(clock: ClockReading) -> str:
    """Say where the rule comes from."""
    return gettext("Source: {source} · not legal advice").format(source=clock.source)


def clock_words(clock: ClockReading, today: date) -> str:
    """Say in a word or two when a clock is due."""
    return gettext("stands still") if clock.paused else due_text(clock.due_on, today)


def clock_sentence(clock: ClockReading, today: date) -> str:
    """Say all of a clock: what, when or why not, and whose rule it is."""
    due = gettext("stands still: the customer has to answer") if clock.paused else clock_words(clock, today)
    if not clock.paused:
        due += f" · {day_text(clock.due_on, today)}"
    return gettext("{clock}: {due}. {source}").format(clock=clock.title, due=due, source=clock.source)


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
