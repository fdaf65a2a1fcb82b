"""Every member as a line of a list that leaves the program, in the columns that an import takes in again."""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.members import CardState, LedgerKind, MemberState
from crmdesk.core.money import Money
from crmdesk.core.phone import mask
from crmdesk.core.roles import Right
from crmdesk.core.veil import mask_within
from crmdesk.core.workbook_facts import Cell, CellKind, Column
from crmdesk.models.card import Card
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberPhone, MemberTag, MemberValue
from crmdesk.models.staff import Staff
from crmdesk.models.store import Store
from crmdesk.queries import member_export_more
from crmdesk.queries.birthdays import birthday_of
from crmdesk.queries.member_privacy import mask_address, mask_email

_AT_ONCE = 1000
# What the program counts itself, and what has no place in a list that comes in; an import passes over these columns.
COUNTED = (mark("Purchases"), mark("Net amount"), mark("Last purchase"), *member_export_more.PASSED_OVER)
_COLUMNS = (
    (mark("Member number"), CellKind.TEXT),
    (mark("Name"), CellKind.TEXT),
    (mark("Gender"), CellKind.TEXT),
    (mark("Phone"), CellKind.TEXT),
    (mark("Card number"), CellKind.TEXT),
    (mark("Level"), CellKind.TEXT),
    (mark("Care class"), CellKind.TEXT),
    (mark("Birthday"), CellKind.TEXT),
    (mark("Solar or lunar"), CellKind.TEXT),
    (mark("Points"), CellKind.INTEGER),
    (mark("Stored value"), CellKind.MONEY),
    (mark("Stored value given as bonus"), CellKind.MONEY),
    (mark("E-mail"), CellKind.TEXT),
    (mark("Address"), CellKind.TEXT),
    (mark("Occupation"), CellKind.TEXT),
    (mark("Industry"), CellKind.TEXT),
    (mark("Garment size"), CellKind.TEXT),
    (mark("Shoe size"), CellKind.TEXT),
    (mark("Tastes"), CellKind.TEXT),
    (mark("Hobbies"), CellKind.TEXT),
    (mark("Consumption preference"), CellKind.TEXT),
    (mark("Gift preference"), CellKind.TEXT),
    (mark("Source"), CellKind.TEXT),
    (mark("Store"), CellKind.TEXT),
    (mark("Guide"), CellKind.TEXT),
    (mark("Joined on"), CellKind.DATE),
    (mark("Tags"), CellKind.TEXT),
    (mark("Note"), CellKind.TEXT),
    (COUNTED[0], CellKind.INTEGER),
    (COUNTED[1], CellKind.MONEY),
    (COUNTED[2], CellKind.DATE),
)
_GONE = (MemberState.MERGED, MemberState.ERASED)


def columns(session: Session, context: Context) -> list[Column]:
    """Give the columns, titles in the current language: the record, its further parts, the store's own fields."""
    plain = [Column(gettext(title), kind) for title, kind in _COLUMNS]
    return plain + member_export_more.columns(session, context)


def count(session: Session, context: Context) -> int:
    """Give how many lines `lines` gives."""
    here = (Member.store_id == context.store.id, Member.state.not_in(_GONE))
    return session.scalar(select(func.count()).select_from(Member).where(*here)) or 0


def keys(session: Session, context: Context) -> list[int]:
    """Give whom `lines` is about."""
    here = (Member.store_id == context.store.id, Member.state.not_in(_GONE))
    return list(session.scalars(select(Member.id).where(*here)))


def lines(session: Session, context: Context) -> Iterator[Sequence[Cell]]:
    """Give the store's members, the oldest file first; a thousand are held at a time.

    Raises:
        NotAllowedError: the person may not export.
    """
    context.require(Right.EXPORT)
    return chain.from_iterable(_pieces(session, context))


def _pieces(session: Session, context: Context) -> Iterator[list[Sequence[Cell]]]:
    after = 0
    further = member_export_more.Further(session, context)
    while True:
        wanted = (
            select(Member, MemberValue, Staff.name, Store.name)
            .outerjoin(MemberValue, MemberValue.member_id == Member.id)
            .outerjoin(Staff, Staff.id == Member.guide_id)
            .join(Store, Store.id == Member.store_id)
            .where(Member.store_id == context.store.id, Member.state.not_in(_GONE), Member.id > after)
            .order_by(Member.id)
            .limit(_AT_ONCE)
        )
        found = session.execute(wanted).all()
        if not found:
            return
        after = found[-1][0].id
        keys = [row[0].id for row in found]
        details, more = _Details(session, keys, context), further.of(keys)
        yield [(*_line(*row, details), *more.cells(row[0].id)) for row in found]


class _Details:
    """Phones, tags, cards and balances of some members."""

    def __init__(self, session: Session, keys: Sequence[int], context: Context) -> None:
        self.full = full = context.may(Right.SEE_PHONES)
        phones = select(MemberPhone.member_id, MemberPhone.digits).where(MemberPhone.member_id.in_(keys))
        self.phones: dict[int, list[str]] = {}
        for key, digits in session.execute(phones.order_by(MemberPhone.member_id, MemberPhone.ordinal)):
            self.phones.setdefault(key, []).append(digits if full else mask(digits))
        tags = select(MemberTag.member_id, MemberTag.tag).where(MemberTag.member_id.in_(keys))
        self.tags: dict[int, list[str]] = {}
        for key, tag in session.execute(tags.order_by(MemberTag.member_id, MemberTag.tag)):
            self.tags.setdefault(key, []).append(tag)
        cards = select(Card.member_id, Card.number).where(Card.member_id.in_(keys), Card.state == CardState.ISSUED)
        self.cards: dict[int, str] = {row.member_id: row.number for row in session.execute(cards)}
        sums = select(LedgerEntry.member_id, LedgerEntry.kind, func.sum(LedgerEntry.amount)).where(
            LedgerEntry.member_id.in_(keys)
        )
        grouped = session.execute(sums.group_by(LedgerEntry.member_id, LedgerEntry.kind))
        self.balances: dict[tuple[int, LedgerKind], int] = {(row[0], row[1]): int(row[2]) for row in grouped}
        self.money = context.may(Right.SEE_MONEY)

    def balance(self, key: int, kind: LedgerKind) -> Money | None:
        return Money(self.balances.get((key, kind), 0)) if self.money else None


def _line(member: Member, value: MemberValue | None, guide: str | None, store: str, more: _Details) -> Sequence[Cell]:
    born = birthday_of(member.birthday_calendar, member.birthday_year, member.birthday_month, member.birthday_day)
    return (
        member.number,
        member.name,
        label(member.gender) if member.gender else "",
        " / ".join(more.phones.get(member.id, ())),
        more.cards.get(member.id, ""),
        label(member.tier),
        label(member.care_class),
        _day(born),
        label(born.calendar) if born else "",
        more.balances.get((member.id, LedgerKind.POINTS), 0),
        more.balance(member.id, LedgerKind.PRINCIPAL),
        more.balance(member.id, LedgerKind.BONUS),
        member.email if more.full else mask_email(member.email),
        member.address if more.full else mask_address(member.address),
        member.occupation,
        member.industry,
        member.garment_size,
        member.shoe_size,
        member.preferences,
        member.hobbies,
        member.consumption,
        member.gift_preference,
        member.source,
        store,
        guide or "",
        member.joined_on,
        "、".join(more.tags.get(member.id, ())),
        member.notes if more.full else mask_within(member.notes),
        value.purchases if value else 0,
        (value.net if value else Money(0)) if more.money else None,
        value.last_day if value else None,
    )


def _day(born: Birthday | None) -> str:
    if born is None:
        return ""
    year = f"{born.year:04d}-" if born.year else ""
    return f"{year}{born.month:02d}-{born.day:02d}"
