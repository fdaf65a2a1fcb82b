"""What a row adds to a member who is on file: only what is empty there is filled, nothing is overwritten."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from crmdesk.core.care import CareClass, Channel
from crmdesk.core.members import CardState, CardTier, LedgerKind, MemberState
from crmdesk.exchange.members import MemberRow
from crmdesk.models.card import Card
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberPhone, MemberPrivate, MemberTag, Touchpoint
from crmdesk.services import imports_own, search_index
from crmdesk.services.imports_new_members import (
    TEXTS,
    NewMembers,
    openings,
    own_words,
    phone_values,
    private_values,
    touchpoint_values,
)

_BIRTHDAY: Final = ("calendar", "year", "month", "day")


@dataclass(slots=True)
class Additions:
    """What a row adds; empty where it says nothing new."""

    member: Member
    row: MemberRow
    columns: dict[str, Any] = field(default_factory=dict)
    phones: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    wechat: bool = False
    income: str = ""
    card: str = ""
    card_state: CardState = CardState.ISSUED
    openings: dict[LedgerKind, int] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        parts = (self.columns, self.phones, self.tags, self.wechat, self.income, self.card, self.openings)
        return any(parts) or bool(self.own)


class KnownMembers:
    """The members of a batch of rows who are on file, with what is there of them."""

    def __init__(self, session: Session, keys: Sequence[int]) -> None:
        """Read them all at once."""
        wanted = (
            select(Member)
            .where(Member.id.in_(keys))
            .options(
                selectinload(Member.phones),
                selectinload(Member.tags),
                selectinload(Member.touchpoints),
                selectinload(Member.private),
            )
        )
        self._members = {member.id: member for member in session.scalars(wanted)} if keys else {}
        kinds = select(LedgerEntry.member_id, LedgerEntry.kind).where(LedgerEntry.member_id.in_(keys)).distinct()
        self._moved = {(row.member_id, row.kind) for row in session.execute(kinds)} if keys else set()
        self._own = imports_own.names_on_file(session, keys)
        self._cards: dict[int, dict[str, CardState]] = {}
        cards = select(Card.member_id, Card.number, Card.state).where(Card.member_id.in_(keys))
        for member_id, number, state in session.execute(cards) if keys else ():
            self._cards.setdefault(member_id, {})[number] = state

    def additions(self, member_id: int, row: MemberRow, guide_id: int | None) -> Additions:
        """Give what a row adds to a member."""
        member = self._members[member_id]
        known = {phone.digits for phone in member.phones}
        made = Additions(member, row, columns=_columns(member, row, guide_id))
        made.phones = [digits for digits in dict.fromkeys(one.digits for one in row.phones) if digits not in known]
        tags = {tag.tag for tag in member.tags}
        made.tags = [tag for tag in row.tags if tag not in tags]
        made.wechat = bool(row.wechat) and all(point.channel is not Channel.WECHAT for point in member.touchpoints)
        made.income = row.income if member.private is None else ""
        made.openings = {kind: sum_ for kind, sum_ in openings(row).items() if (member_id, kind) not in self._moved}
        self._card(made)
        self._moved |= {(member_id, kind) for kind in made.openings}
        there = self._own.setdefault(member_id, set())
        made.own = {name: text for name, text in own_words(row).items() if name not in there}
        there |= set(made.own)
        return made

    def _card(self, made: Additions) -> None:
        number = made.row.card
        of_member = self._cards.setdefault(made.member.id, {})
        if number and number not in of_member:
            # One card is in use; the number of another one still finds its member.
            in_use = CardState.ISSUED in of_member.values()
            made.card, made.card_state = number, CardState.REPLACED if in_use else CardState.ISSUED
            of_member[number] = made.card_state


def apply(session: Session, made: Additions, writer: NewMembers) -> None:
    """Write what a row adds, and note what was there before."""
    member = made.member
    own = writer.add_own(member.id, member.store_id, made.own)
    before = json.dumps(_before(made) | {"own": own}, ensure_ascii=False)
    for name, value in made.columns.items():
        setattr(member, name, value)
    # Whoever only gets a phone has been changed too: the version must rise.
    flag_modified(member, "name")
    session.flush()
    _apply_details(session, made)
    if made.card:
        writer.add_card(member.id, made.card, member.tier, made.card_state)
    for kind, amount in made.openings.items():
        writer.add_ledger(member.id, member.store_id, kind, amount, made.row.row)
    writer.note(made.row.row, member.id, member.version, before)
    if made.phones:
        digits = [*(phone.digits for phone in member.phones), *made.phones]
        search_index.write(session, [search_index.Entry(member.id, member.name, digits)])
    # A later row of the same batch may mean the same person.
    session.expire(member, ["phones", "tags", "touchpoints", "private"])


def _apply_details(session: Session, made: Additions) -> None:
    member, connection = made.member, session.connection()
    for ordinal, digits in enumerate(made.phones, len(member.phones)):
        connection.execute(insert(MemberPhone), phone_values(member.id, member.store_id, ordinal, digits))
    for tag in made.tags:
        connection.execute(insert(MemberTag), {"store_id": member.store_id, "member_id": member.id, "tag": tag})
    if made.wechat:
        connection.execute(insert(Touchpoint), touchpoint_values(member.id, member.store_id))
    if made.income:
        connection.execute(insert(MemberPrivate), private_values(member.id, member.store_id, made.income))


def _columns(member: Member, row: MemberRow, guide_id: int | None) -> dict[str, Any]:
    wanted: dict[str, Any] = {column: getattr(row, attribute) for column, attribute in TEXTS.items()}
    wanted |= {"gender": row.gender, "guide_id": guide_id}
    changed = {name: value for name, value in wanted.items() if value and not getattr(member, name)}
    if row.birthday is not None and member.birthday_month is None:
        changed |= {f"birthday_{part}": getattr(row.birthday, part) for part in _BIRTHDAY}
    if row.level is not None and row.level is not CardTier.ORDINARY and member.tier is CardTier.ORDINARY:
        changed["tier"] = row.level
    if row.care_class and row.care_class is not CareClass.ORDINARY and member.care_class is CareClass.ORDINARY:
        changed["care_class"] = row.care_class
    if member.state is MemberState.WALK_IN:
        changed["state"] = MemberState.ACTIVE
    return changed


def _before(made: Additions) -> dict[str, Any]:
    return {
        "columns": {name: getattr(made.member, name) for name in made.columns},
        "phones": made.phones,
        "tags": made.tags,
        "wechat": made.wechat,
        "income": bool(made.income),
        "card": made.card,
        "openings": made.openings,
    }
