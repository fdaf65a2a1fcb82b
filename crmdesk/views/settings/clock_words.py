"""Clocks in words: for what they run, from what, until what, how long, and when they stand still."""

from typing import Final

from crmdesk.core.clock_rules import ClockPause, ClockRule, ClockStart, ClockStop
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import TicketKind
from crmdesk.queries.clock_settings import ClockRow, Preview

STARTS: Final[dict[ClockStart, str]] = {
    ClockStart.RECEIVED: mark("taken in"),
    ClockStart.PROMISED: mark("promised day"),
    ClockStart.READY: mark("repair ready"),
    ClockStart.SENT: mark("goods sent away"),
    ClockStart.ASKED: mark("customer asked"),
    ClockStart.LAST_EVENT: mark("last event"),
}
STOPS: Final[dict[ClockStop, str]] = {
    ClockStop.READY: mark("ready or settled"),
    ClockStop.READY_OR_LENT: mark("ready, or loaner lent"),
    ClockStop.ANSWERED: mark("goods are back"),
    ClockStop.ASKED_NO_MORE: mark("customer answered"),
    ClockStop.HANDED_BACK: mark("handed back"),
    ClockStop.ACKNOWLEDGED: mark("acknowledged"),
    ClockStop.TOLD: mark("answer given"),
    ClockStop.EXECUTED: mark("return settled"),
}
PAUSES: Final[dict[ClockPause, str]] = {
    ClockPause.NEVER: mark("does not stand still"),
    ClockPause.CUSTOMER: mark("customer has to answer"),
}


def kinds_words(rule: ClockRule) -> str:
    """Say for which tickets a clock runs."""
    if rule.kinds == frozenset(TicketKind):
        return gettext("all kinds")
    return gettext(", ").join(label(kind) for kind in TicketKind if kind in rule.kinds)


def length_words(rule: ClockRule) -> str:
    """Say how long a clock is."""
    if not rule.days:
        return gettext("the same working day") if rule.working else gettext("the same day")
    if rule.working:
        return ngettext("{count} working day", "{count} working days", rule.days).format(count=rule.days)
    return ngettext("{count} day", "{count} days", rule.days).format(count=rule.days)


def whose_words(row: ClockRow) -> str:
    """Say whether the store made or changed a clock."""
    if not row.rule.shipped:
        return gettext("your own")
    return gettext("changed by you") if row.changed else ""


def preview_words(found: Preview) -> str:
    """Say what a change does to the orders that are worked on."""
    return gettext(
        "Orders now: {late} red, {warning} warned · after this: {late_then} red, {warning_then} warned"
    ).format(late=found.late_now, warning=found.warning_now, late_then=found.late_then, warning_then=found.warning_then)
