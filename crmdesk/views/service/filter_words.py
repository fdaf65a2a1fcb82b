"""What narrows a ticket list, in words: for the tags above it and for the heading of an export."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.queries.ticket_filter import DaySpan, TicketFilter
from crmdesk.views.support.days import day_text

# What a person can narrow by besides view and text, in the order of the tags.
NARROWING = (
    "kind",
    "states",
    "severities",
    "priority",
    "owner_id",
    "route",
    "shelf",
    "fault",
    "received",
    "promised",
)


def narrowing(wanted: TicketFilter, people: Mapping[int, str], today: date) -> list[tuple[str, str]]:
    """Give what narrows the list: the name of the filter's field and its words; empty when nothing does."""
    nothing = TicketFilter()
    used = [name for name in NARROWING if getattr(wanted, name) != getattr(nothing, name)]
    return [(name, _words(name, wanted, people, today)) for name in used]


def without(wanted: TicketFilter, *names: str) -> TicketFilter:
    """Give the filter without some of what narrows it."""
    nothing = TicketFilter()
    return replace(wanted, **{name: getattr(nothing, name) for name in names})


def _words(name: str, wanted: TicketFilter, people: Mapping[int, str], today: date) -> str:
    value = getattr(wanted, name)
    if name == "owner_id":
        return gettext("seen to by {name}").format(name=people.get(value, "?"))
    if name == "shelf":
        return gettext("shelf {shelf}").format(shelf=value)
    if name == "fault":
        return fault_name(value)
    if name == "received":
        return gettext("taken in {span}").format(span=_span(value, today))
    if name == "promised":
        return gettext("promised {span}").format(span=_span(value, today))
    values = sorted(value) if isinstance(value, frozenset) else [value]
    return gettext(", ").join(label(one) for one in values)


def _span(span: DaySpan, today: date) -> str:
    first = day_text(span.first, today) if span.first else ""
    last = day_text(span.last, today) if span.last else ""
    if first and last:
        return first if first == last else gettext("{first} to {last}").format(first=first, last=last)
    return gettext("from {day}").format(day=first) if first else gettext("up to {day}").format(day=last)
