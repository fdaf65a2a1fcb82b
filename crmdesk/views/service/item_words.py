"""One thing's history in words and icons."""

from datetime import date

from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.queries.item_alerts import AlertTicket, BatchAlert, RepeatRow
from crmdesk.queries.item_history import ItemAct, ItemEvent, ItemHistory
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.facts_table import Fact
from crmdesk.views.support.widgets.timeline import Event

OWNER = "owner"
_LOOKS: dict[ItemAct, tuple[str, str]] = {
    ItemAct.PURCHASE: (mark("Bought"), "shopping-bag"),
    ItemAct.REPAIR: (mark("Repair"), "wrench"),
    ItemAct.COMPLAINT: (mark("Complaint"), "message-square"),
    ItemAct.RETURN: (mark("Return, exchange"), "rotate-ccw"),
    ItemAct.LOAN: (mark("Loaner lent"), "luggage"),
}


def yuan(amount: Money) -> str:
    """Give an amount as it stands on the page."""
    return f"¥{amount.short_text()}"


def facts(item: ItemHistory, today: date) -> list[Fact]:
    """Give what the thing is and what its life comes to."""
    bought = day_text(item.purchased_on, today) if item.purchased_on else ""
    found = [
        Fact(gettext("Customer"), item.member_name, icon="user-round", link=OWNER),
        Fact(gettext("Home store"), item.home_store),
        Fact(gettext("Kind of goods"), label(item.category)),
        Fact(gettext("Look"), " · ".join(item.about)),
        Fact(gettext("Serial number"), item.serial),
        Fact(gettext("Bought"), bought),
        Fact(gettext("Price paid"), yuan(item.price) if item.price is not None else ""),
        Fact(gettext("Repairs"), repairs_words(item), Tone.LATE if item.failed else None),
        Fact(gettext("Away in all"), days_words(item.days_away) if item.repairs else ""),
    ]
    if item.paid is not None:
        found.append(Fact(gettext("Customer paid"), yuan(item.paid) if item.paid else ""))
    if item.borne is not None:
        found.append(Fact(gettext("Borne by others"), yuan(item.borne) if item.borne else ""))
    return found


def repairs_words(item: ItemHistory) -> str:
    """Say how often it was repaired and how often that failed."""
    if not item.repairs:
        return ""
    words = ngettext("{count} repair", "{count} repairs", item.repairs).format(count=item.repairs)
    if not item.failed:
        return words
    return gettext("{repairs}, {count} for the same fault again").format(repairs=words, count=item.failed)


def days_words(days: int) -> str:
    """Say a number of days."""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def timeline(item: ItemHistory, context: Context) -> list[Event]:
    """Give the events newest first."""
    return [_event(event, context) for event in item.events]


def _event(event: ItemEvent, context: Context) -> Event:
    words, icon = _LOOKS[event.act]
    faults = gettext(", ").join(fault_name(code) for code in event.faults)
    title = " · ".join(part for part in (gettext(words), event.number, faults or event.words) if part)
    parts = [
        gettext("same fault again") if event.again else "",
        label(event.state) if event.state is not None else "",
        days_words(event.days) if event.days is not None else "",
        yuan(event.money) if event.money else "",
        event.store,
    ]
    zone = context.store.zone
    return Event(
        icon=icon,
        title=title,
        detail=" · ".join(part for part in parts if part),
        when=day_text(day_in_zone(event.at, zone), context.today()),
        tone=Tone.LATE if event.again else Tone.INFO if event.act is ItemAct.PURCHASE else None,
        exact=f"{local_time(event.at, zone):%Y-%m-%d %H:%M}",
        ref=event.ref,
    )


def batch_words(alert: BatchAlert) -> str:
    """Name model and fault of an alert."""
    model = " ".join(part for part in (alert.model.brand, alert.model.model) if part)
    return f"{model} · {fault_name(alert.fault)}"


def pieces_words(alert: BatchAlert, today: date) -> str:
    """Say how many pieces came in how many days."""
    days = (today - alert.since).days
    return gettext("{count} pieces in {days} days").format(count=alert.pieces, days=days)


def repeat_words(row: RepeatRow) -> str:
    """Name a thing that came again."""
    return " · ".join((row.number, row.item, fault_name(row.fault), row.member_name))


def after_words(row: RepeatRow) -> str:
    """Say after which repair, and how soon."""
    after = ngettext("{count} day after {number}", "{count} days after {number}", row.days)
    return after.format(count=row.days, number=row.before_number)


def ticket_words(row: AlertTicket) -> str:
    """Name a ticket behind an alert."""
    return " · ".join(part for part in (row.number, row.item, row.serial, row.member_name, row.store) if part)
