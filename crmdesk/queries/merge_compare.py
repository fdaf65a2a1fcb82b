"""Two files side by side, field by field, and what comes together when they are made one (capability M7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.members import LedgerKind, MemberState
from crmdesk.core.merge_errors import SameFileError
from crmdesk.core.merges import CHOSEN, CHOSEN_PRIVATE, OWN_FIELD, Side, better, newer_of
from crmdesk.core.money import Money
from crmdesk.core.phone import group, mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.card import Card
from crmdesk.models.condition import Photo
from crmdesk.models.ledger import LedgerBalance
from crmdesk.models.loan import Loan
from crmdesk.models.member import Member, MemberPrivate, MemberValue
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.models.paper import Paper
from crmdesk.models.purchase import Purchase
from crmdesk.models.staff import Staff
from crmdesk.models.ticket import Ticket
from crmdesk.queries.birthdays import birthday_of
from crmdesk.queries.member_key import member_key
from crmdesk.queries.member_privacy import mask_address, mask_email, sees_contact
from crmdesk.queries.merged import kept_key

_GONE: Final = (MemberState.MERGED, MemberState.ERASED)
_COUNTED: Final = {
    "tickets": Ticket,
    "loans": Loan,
    "purchases": Purchase,
    "cards": Card,
    "calls": Callback,
    "contacts": Contact,
    "papers": Paper,
    "photos": Photo,
}


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One file: who it is, its fields by name (texts, enums, birthdays), what hangs on it by kind.

    ``stored`` is None for who may not see money; phones, e-mail and address are masked unless ``seen``.
    """

    id: int
    version: int
    number: str
    name: str
    state: MemberState
    joined_on: date
    fields: Mapping[str, Any]
    phones: tuple[str, ...]
    tags: tuple[str, ...]
    things: Mapping[str, int]
    points: int
    stored: Money | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files, the one proposed to stay first.

    Attributes:
        labels: names of own fields of the store by ``own:`` and key.
        newer: which has the latest business.
    """

    kept: MergeSide
    gone: MergeSide
    labels: Mapping[str, str]
    newer: Side

    def swapped(self) -> "Comparison":
        """Give the same with the other file to stay."""
        return Comparison(self.gone, self.kept, self.labels, Side.KEPT if self.newer is Side.GONE else Side.GONE)

    def proposed(self) -> frozenset[str]:
        """Give the fields that come from the file that goes when nobody chooses."""
        names = {*self.kept.fields, *self.gone.fields}
        return frozenset(
            name
            for name in names
            if better(name, self.kept.fields.get(name), self.gone.fields.get(name), newer=self.newer) is Side.GONE
        )


def compare(session: Session, first_id: int, second_id: int, context: Context) -> Comparison:
    """Give two files for a merge.

    Raises:
        NotAllowedError: the person may not merge.
        NotFoundError: one of them is not there any more.
    """
    context.require(Right.MERGE)
    both = [_member(session, key) for key in (first_id, second_id)]
    sides = {member.id: _side(session, member, context) for member in both}
    days = {member.id: _days(session, member) for member in both}
    kept, gone = sorted(sides.values(), key=_stays)
    own = select(OwnField.id, OwnField.name).where(OwnField.active.is_(True))
    labels = {f"{OWN_FIELD}{key}": name for key, name in session.execute(own)}
    return Comparison(kept, gone, labels, newer_of(days[kept.id], days[gone.id]))


def compare_with(session: Session, member_id: int, typed: str, context: Context) -> Comparison:
    """Give a file beside the one whose number or card was typed.

    Raises:
        NotAllowedError: the person may not merge.
        NotFoundError: nobody has this number.
        SameFileError: it is the file itself.
    """
    found = member_key(session, typed)
    if found is None:
        raise NotFoundError(EntityKind.MEMBER, typed)
    if found == kept_key(session, member_id):
        raise SameFileError(typed)
    return compare(session, member_id, found, context)


def _stays(side: MergeSide) -> tuple[bool, int, int]:
    """Put the file first that is better kept: a member before a walk-in, more on it, the older one."""
    return side.state is MemberState.WALK_IN, -sum(side.things.values()), side.id


def _member(session: Session, member_id: int) -> Member:
    member = session.get(Member, kept_key(session, member_id))
    if member is None or member.state in _GONE:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    return member


def _side(session: Session, member: Member, context: Context) -> MergeSide:
    seen = sees_contact(session, member.id, member.guide_id, context)
    money = context.may(Right.SEE_MONEY)
    found = session.execute(
        select(LedgerBalance.kind, LedgerBalance.amount).where(LedgerBalance.member_id == member.id)
    )
    balances = {row.kind: row.amount for row in found}
    stored = Money(balances.get(LedgerKind.PRINCIPAL, 0) + balances.get(LedgerKind.BONUS, 0))
    return MergeSide(
        id=member.id,
        version=member.version,
        number=member.number,
        name=member.name,
        state=member.state,
        joined_on=member.joined_on,
        fields=_fields(session, member, context, seen=seen),
        phones=tuple(group(phone.digits) if seen else mask(phone.digits) for phone in member.phones),
        tags=tuple(tag.tag for tag in member.tags),
        things={name: _count(session, model, member.id) for name, model in _COUNTED.items()},
        points=balances.get(LedgerKind.POINTS, 0),
        stored=stored if money else None,
        seen=seen,
    )


def _fields(session: Session, member: Member, context: Context, *, seen: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(member, columns[0]) for name, columns in CHOSEN.items()}
    fields["birthday"] = birthday_of(
        member.birthday_calendar, member.birthday_year, member.birthday_month, member.birthday_day
    )
    fields["guide"] = session.scalar(select(Staff.name).where(Staff.id == member.guide_id)) if member.guide_id else None
    if not seen:
        fields |= {"email": mask_email(member.email), "address": mask_address(member.address)}
    private = session.scalar(select(MemberPrivate).where(MemberPrivate.member_id == member.id))
    if context.may(Right.SEE_PRIVATE):
        for name, columns in CHOSEN_PRIVATE.items():
            fields[name] = getattr(private, columns[0]) if private is not None else ""
    wanted = select(OwnValue.field_id, OwnValue.words).join(OwnField, OwnField.id == OwnValue.field_id)
    if not context.may(Right.SEE_PRIVATE):
        wanted = wanted.where(OwnField.private.is_(False))
    for key, words in session.execute(wanted.where(OwnValue.member_id == member.id, OwnField.active.is_(True))):
        fields[f"{OWN_FIELD}{key}"] = words
    return fields


def _count(session: Session, model: Any, member_id: int) -> int:  # noqa: ANN401 - any class that points to a member
    return session.scalar(select(func.count()).select_from(model).where(model.member_id == member_id)) or 0


def _days(session: Session, member: Member) -> list[date | None]:
    last = session.scalar(select(MemberValue.last_day).where(MemberValue.member_id == member.id))
    talked = member.last_contact_at.date() if member.last_contact_at else None
    return [last, talked, member.joined_on]
