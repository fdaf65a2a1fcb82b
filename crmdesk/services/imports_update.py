"""What a row does to a member who is on file, field by field as the policy says; what was there is noted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from crmdesk.core.care import Channel
from crmdesk.core.members import CardState, LedgerKind
from crmdesk.exchange.fields import MemberField
from crmdesk.exchange.members import MemberRow
from crmdesk.exchange.policy import FieldRule, Policy
from crmdesk.models.card import Card
from crmdesk.models.ledger import LedgerEntry
from crmdesk.models.member import Member, MemberPhone, MemberPrivate, MemberTag, Touchpoint
from crmdesk.services import imports_own, levels, search_index
from crmdesk.services.imports_columns import columns_of
from crmdesk.services.imports_new_members import (
    NewMembers,
    openings,
    own_words,
    phone_values,
    private_values,
    touchpoint_values,
)

FIELD_OF: Final = {
    LedgerKind.POINTS: MemberField.POINTS,
    LedgerKind.PRINCIPAL: MemberField.STORED_VALUE,
    LedgerKind.BONUS: MemberField.BONUS,
}


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
    gone_tags: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        parts = (self.columns, self.phones, self.tags, self.wechat, self.income, self.card, self.openings)
        return any(parts) or bool(self.own or self.gone_tags)


class KnownMembers:
    """The members of a batch of rows who are on file, with what is there of them."""

    def __init__(self, session: Session, keys: Sequence[int], policy: Policy) -> None:
        """Read them all at once."""
        self._policy = policy
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
        made = Additions(member, row, columns=columns_of(member, row, guide_id, self._policy))
        if self._adds(MemberField.PHONE):
            made.phones = [digits for digits in dict.fromkeys(one.digits for one in row.phones) if digits not in known]
        self._tags(made)
        wechat = bool(row.wechat) and self._adds(MemberField.WECHAT)
        made.wechat = wechat and all(point.channel is not Channel.WECHAT for point in member.touchpoints)
        made.income = row.income if member.private is None and self._adds(MemberField.INCOME) else ""
        brought = {kind: sum_ for kind, sum_ in openings(row).items() if self._adds(FIELD_OF[kind])}
        made.openings = {kind: sum_ for kind, sum_ in brought.items() if (member_id, kind) not in self._moved}
        if self._adds(MemberField.CARD):
            self._card(made)
        self._moved |= {(member_id, kind) for kind in made.openings}
        there = self._own.setdefault(member_id, set())
        made.own = {name: text for name, text in own_words(row).items() if name not in there}
        there |= set(made.own)
        return made

    def _adds(self, field: MemberField) -> bool:
        return self._policy.rule(field) is not FieldRule.KEEP

    def _tags(self, made: Additions) -> None:
        rule, there = self._policy.rule(MemberField.TAGS), [tag.tag for tag in made.member.tags]
        if rule is not FieldRule.KEEP:
            made.tags = [tag for tag in made.row.tags if tag not in there]
        if rule is FieldRule.OVERWRITE and made.row.tags:
            made.gone_tags = [tag for tag in there if tag not in made.row.tags]

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
    before = json.dumps(_before(made) | {"own": own}, ensure_ascii=False, default=str)
    tier = member.tier
    for name, value in made.columns.items():
        setattr(member, name, value)
    # Whoever only gets a phone has been changed too: the version must rise.
    flag_modified(member, "name")
    if member.tier is not tier:
        levels.taken_over(session, member, tier, writer.context)
    session.flush()
    _apply_details(session, made)
    if made.card:
        writer.add_card(member.id, made.card, member.tier, made.card_state)
    for kind, amount in made.openings.items():
        writer.add_ledger(member.id, member.store_id, kind, amount, made.row.row)
    writer.note(made.row.row, member.id, member.version, before)
    if made.phones or "name" in made.columns:
        digits = [*(phone.digits for phone in member.phones), *made.phones]
        search_index.write(session, [search_index.Entry(member.id, member.name, digits)])
    # A later row of the same batch may mean the same person.
    session.expire(member, ["phones", "tags", "touchpoints", "private"])


def _apply_details(session: Session, made: Additions) -> None:
    member, connection = made.member, session.connection()
    for ordinal, digits in enumerate(made.phones, len(member.phones)):
        connection.execute(insert(MemberPhone), phone_values(member.id, member.store_id, ordinal, digits))
    if made.gone_tags:
        gone = (MemberTag.member_id == member.id, MemberTag.tag.in_(made.gone_tags))
        session.execute(delete(MemberTag).where(*gone), execution_options={"synchronize_session": False})
    for tag in made.tags:
        connection.execute(insert(MemberTag), {"store_id": member.store_id, "member_id": member.id, "tag": tag})
    if made.wechat:
        connection.execute(insert(Touchpoint), touchpoint_values(member.id, member.store_id))
    if made.income:
        connection.execute(insert(MemberPrivate), private_values(member.id, member.store_id, made.income))


def _before(made: Additions) -> dict[str, Any]:
    return {
        "columns": {name: getattr(made.member, name) for name in made.columns},
        "level": [made.member.tier_since, made.member.tier_until] if "tier" in made.columns else None,
        "new": made.columns,
        "gone_tags": made.gone_tags,
        "phones": made.phones,
        "tags": made.tags,
        "wechat": made.wechat,
        "income": bool(made.income),
        "card": made.card,
        "openings": made.openings,
    }
