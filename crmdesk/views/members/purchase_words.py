"""How receipts are said on screen: columns of the list, lines of one, what a saved one did."""

from collections.abc import Callable
from datetime import date

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.purchase_errors import WhyFixed
from crmdesk.queries.purchase_case import Around, LineShown
from crmdesk.queries.purchase_rows import PurchaseRow
from crmdesk.services.purchase_desk import Effect
from crmdesk.views.members.wording import amount
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.timeline import Event

_FIXED = {
    WhyFixed.RETURN: mark("A return is not put right."),
    WhyFixed.GOODS_CAME_BACK: mark("Goods of it came back already, or a return ticket holds them."),
    WhyFixed.PUT_RIGHT: mark("It was put right before."),
}


def purchase_columns(today: Callable[[], date]) -> list[Column[PurchaseRow]]:
    """Give the columns of the list; days of this year, by the store's ``today``, are said without the year."""
    return [
        Column(
            "day",
            mark("Day"),
            lambda one: day_text(one.day, today()),
            126,
            ColumnKind.DAY,
            tooltip=lambda one: day_text(one.day),
            sort_key="day",
            value=_day,
        ),
        Column("number", mark("Receipt number"), lambda one: one.number, 130, sort_key="number"),
        Column("member", mark("Member"), lambda one: one.member_name or gettext("nobody"), 92),
        Column("goods", mark("Goods bought"), lambda one: one.goods, 140, tooltip=lambda one: one.goods, stretch=True),
        Column("guide", mark("Guide"), lambda one: one.guide, 76),
        Column("store", mark("Store"), lambda one: one.store, 60, shown=False),
        Column(
            "pieces",
            mark("Pieces"),
            lambda one: str(one.pieces),
            64,
            ColumnKind.NUMBER,
            sort_key="pieces",
            value=lambda one: one.pieces,
        ),
        Column(
            "net",
            mark("Net"),
            lambda one: amount(one.net),
            92,
            ColumnKind.MONEY,
            sort_key="net",
            value=lambda one: one.net,
        ),
        Column("returns", mark("Belongs to"), lambda one: one.returns, 110, tooltip=lambda one: one.note),
        Column("origin", mark("Came from"), lambda one: label(one.origin), 84, shown=False),
        Column("note", mark("Note"), lambda one: one.note, 140, shown=False),
    ]


def _day(one: PurchaseRow) -> date:
    return one.day


def fixed_words(why: WhyFixed) -> str:
    """Say why a receipt cannot be put right."""
    return gettext(_FIXED[why])


def pieces_words(count: int) -> str:
    """Give a number of pieces."""
    return ngettext("{count} piece", "{count} pieces", count).format(count=count)


def line_event(line: LineShown) -> Event:
    """Give a line of a receipt."""
    parts = [line.style, label(line.category), f"{line.quantity} × {amount(line.unit_price)}".rstrip(" ×")]
    if line.back:
        parts.append(gettext("{count} came back").format(count=line.back))
    if line.on_tickets:
        parts.append(gettext("{count} on return tickets").format(count=line.on_tickets))
    icon = "undo-2" if line.quantity < 0 else "shopping-bag"
    return Event(icon, line.name, " · ".join(part for part in parts if part), amount(line.amount))


def around_words(one: Around) -> str:
    """Say what a later receipt did."""
    if one.pieces < 0:
        return gettext("took {pieces} back").format(pieces=pieces_words(-one.pieces))
    return gettext("stands for it")


def effect_words(done: Effect) -> str:
    """Say what a saved receipt did: number, points, level."""
    parts = [gettext("Receipt {number} saved").format(number=done.number)]
    if done.points > 0:
        parts.append(gettext("{count:,} points added").format(count=done.points))
    elif done.points < 0:
        parts.append(gettext("{count:,} points taken back").format(count=-done.points))
    if done.member_id is not None and done.points:
        parts.append(gettext("{count:,} points now").format(count=done.balance))
    if done.owed:
        parts.append(gettext("{count:,} points owed").format(count=done.owed))
    if done.tier is not None and done.tier_before is not None and done.tier is not done.tier_before:
        parts.append(gettext("level {before} → {after}").format(before=label(done.tier_before), after=label(done.tier)))
    return " · ".join(parts)
