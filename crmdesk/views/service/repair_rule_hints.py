"""Rules that fit a judgement, suggested from the age of the purchase and what was repaired before."""

from crmdesk.core.clock import day_in_zone
from crmdesk.core.i18n import gettext
from crmdesk.core.return_rules import ReturnWindow, WindowReading, return_window
from crmdesk.views.service.case import Case
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.support.days import day_text


def reading(case: Case) -> WindowReading | None:
    """Give the period that the purchase was in when the goods were taken in; None without a purchase."""
    bought = case.ticket.purchased_on
    if bought is None:
        return None
    taken_in = day_in_zone(case.ticket.received_at, case.context.store.zone)
    return return_window(bought, max(taken_in, bought), known_of(case).lengths)


def rule_hints(case: Case) -> list[str]:
    """Give the rules that fit, the strongest first; suggestions, not legal advice."""
    known = known_of(case)
    hints = [one.source for one in case.ticket.exchange_due]
    guaranteed = known.guaranteed_until
    if guaranteed is not None and guaranteed >= day_in_zone(case.ticket.received_at, case.context.store.zone):
        hints.append(gettext("Guarantee on the repaired part until {day}").format(day=day_text(guaranteed)))
    found = reading(case)
    if found is not None:
        hints.append(_window_words(found, case))
    return [*hints, gettext("Told before the work: Zhejiang consumer regulation, art. 15")]


def _window_words(found: WindowReading, case: Case) -> str:
    lengths = known_of(case).lengths
    if found.window is ReturnWindow.RETURN:
        words = gettext("Within {days} days: return, exchange or repair (Zhejiang consumer regulation, art. 26)")
        return words.format(days=lengths.return_days)
    if found.window is ReturnWindow.EXCHANGE:
        words = gettext("Within {days} days: exchange or repair (Zhejiang consumer regulation, art. 26)")
        return words.format(days=lengths.exchange_days)
    if found.window is ReturnWindow.WARRANTY:
        return gettext("House warranty of {months} months").format(months=lengths.warranty_months)
    return gettext("All periods are over: by agreement, at the customer's cost")


def warranty_words(case: Case) -> str:
    """Say how the house warranty stands, as the judgement will keep it."""
    found = reading(case)
    if found is None:
        return ""
    if found.window is ReturnWindow.OVER:
        return gettext("The house warranty is over.")
    until = day_text(found.until) if found.until is not None else ""
    return gettext("In its period until {day}.").format(day=until)
