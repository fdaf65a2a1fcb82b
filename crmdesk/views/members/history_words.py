"""The words of a member's time line."""

from collections.abc import Callable
from typing import Any

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanState
from crmdesk.core.members import CardState
from crmdesk.core.money import Money
from crmdesk.core.tickets import TicketKind
from crmdesk.core.tones import Tone
from crmdesk.queries.account_events import LevelDone, MovementDone
from crmdesk.queries.looks import LookRow
from crmdesk.queries.member_goods import GoodsHere
from crmdesk.queries.member_history import (
    CardDone,
    ContactDone,
    Facts,
    HistoryRow,
    LetterDone,
    LoanDone,
    MergeDone,
    PurchaseDone,
    TicketDone,
    VisitDone,
)
from crmdesk.views.members.account_words import account_event
from crmdesk.views.members.wording import amount, card_look
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.look_words import place_words
from crmdesk.views.support.ticket_looks import state_tone
from crmdesk.views.support.widgets.timeline import Event

_MOST_GOODS = 3
_TICKET_ICONS = {
    TicketKind.REPAIR: "wrench",
    TicketKind.COMPLAINT: "message-square",
    TicketKind.RETURN: "rotate-ccw",
}
# icon, title, detail, tone
_Words = tuple[str, str, str, Tone | None]


def event(row: HistoryRow, context: Context) -> Event:
    """Give one line as the time line shows it."""
    icon, title, detail, tone = _words(row.facts, context)
    day = day_in_zone(row.at, context.store.zone)
    return Event(
        icon,
        title,
        " · ".join(part for part in (detail, row.who) if part),
        f"{day:%m-%d}" if day.year == context.today().year else f"{day:%Y-%m-%d}",
        tone,
        f"{day.year}-{moment_text(row.at, context.store.zone)}" if row.timed else day_text(day),
        row.ref,
    )


def _words(facts: Facts, context: Context) -> _Words:
    return _loan(facts, context) if isinstance(facts, LoanDone) else _WORDS[type(facts)](facts)


def _purchase(facts: PurchaseDone) -> _Words:
    goods = gettext(", ").join(facts.goods[:_MOST_GOODS]) or facts.number
    if len(facts.goods) > _MOST_GOODS:
        goods += "…"
    back = facts.pieces < 0
    title = gettext("Gave back {goods}").format(goods=goods) if back else goods
    pieces = ngettext("{count} piece", "{count} pieces", abs(facts.pieces)).format(count=abs(facts.pieces))
    detail = " · ".join(part for part in (amount(facts.net), pieces, facts.number) if part)
    return "undo-2" if back else "shopping-bag", title, detail, Tone.WARN if back else None


def _goods(facts: GoodsHere) -> _Words:
    orders = ngettext("{count} order", "{count} orders", facts.tickets).format(count=facts.tickets)
    return "package", facts.name, " · ".join((*facts.about, *((orders,) if facts.tickets else ()))), None


def _ticket(facts: TicketDone) -> _Words:
    title = f"{label(facts.kind)} {facts.subject}".strip()
    return _TICKET_ICONS[facts.kind], title, f"{facts.number} · {label(facts.state)}", state_tone(facts.state)


def _loan(facts: LoanDone, context: Context) -> _Words:
    title = gettext("Borrowed {code} {name}").format(code=facts.code, name=facts.name)
    if facts.state is LoanState.OUT:
        late = facts.due_on < context.today()
        detail = gettext("back by {day}").format(day=day_text(facts.due_on, context.today()))
        return "luggage", title, detail, Tone.LATE if late else Tone.WAITING
    if facts.back_day is not None:
        detail = gettext("came back {day}").format(day=day_text(facts.back_day, context.today()))
        return "luggage", title, detail, None
    return "luggage", title, label(facts.state), None


def _contact(facts: ContactDone) -> _Words:
    title = label(facts.channel)
    if facts.outcome is not None:
        title += f" · {label(facts.outcome)}"
    icon = "phone-call" if facts.outbound else "phone-incoming"
    return icon, title, facts.note, None


def _card(facts: CardDone) -> _Words:
    title = gettext("Card {number} issued").format(number=facts.number)
    if facts.state is CardState.ISSUED:
        return "credit-card", title, label(facts.tier), Tone.OK
    detail = " · ".join(part for part in (label(facts.state), facts.reason) if part)
    return "credit-card", title, detail, card_look(facts.state)[0]


def _visit(facts: VisitDone) -> _Words:
    parts = [
        gettext("stock {what}").format(what=_with_amount(facts.stock, facts.stock_value)),
        gettext("sales {what}").format(what=_with_amount(facts.sales, facts.sales_value)),
    ]
    said = [
        part
        for part, there in zip(parts, (facts.stock or facts.stock_value, facts.sales or facts.sales_value), strict=True)
        if there
    ]
    if facts.note:
        said.append(facts.note)
    if facts.next_on is not None:
        said.append(gettext("next visit {day}").format(day=day_text(facts.next_on)))
    return "store", gettext("Visit to the firm"), " · ".join(said), None


def _merge(facts: MergeDone) -> _Words:
    title = gettext("Merged with {number} {name}").format(number=facts.number, name=facts.name)
    if facts.undone:
        return "undo-2", title, gettext("taken back: two files again"), Tone.NEUTRAL
    return "users-round", title, "", Tone.INFO


def _with_amount(words: str, value: Money | None) -> str:
    line = " ".join(words.split())
    return " ".join(part for part in (line, amount(value) if value is not None else "") if part)


def _letter(facts: LetterDone) -> _Words:
    detail = gettext("sent") if facts.sent else gettext("not sent yet")
    return "mail", facts.title or facts.number, f"{facts.number} · {detail}", None


def _look(facts: LookRow) -> _Words:
    where = place_words(facts.where) if facts.where != "member" else ""
    return "eye", label(facts.look), where, None


_WORDS: dict[type, Callable[[Any], _Words]] = {
    PurchaseDone: _purchase,
    MovementDone: account_event,
    LevelDone: account_event,
    TicketDone: _ticket,
    ContactDone: _contact,
    CardDone: _card,
    LetterDone: _letter,
    VisitDone: _visit,
    MergeDone: _merge,
    GoodsHere: _goods,
    LookRow: _look,
}
