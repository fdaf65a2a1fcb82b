"""The further columns of a member list that leaves the program: contact, people around, private profile, own fields."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import FieldKind, HouseholdKind
from crmdesk.core.own_fields import PLACES
from crmdesk.core.roles import Right
from crmdesk.core.workbook_facts import Cell, CellKind, Column
from crmdesk.models.address import MemberAddress
from crmdesk.models.household import Household, HouseholdPerson, Relative
from crmdesk.models.member import MemberPrivate, Touchpoint
from crmdesk.models.own_field import OwnValue
from crmdesk.queries.member_privacy import mask_address
from crmdesk.queries.own_fields import OwnFieldRow, own_fields

_OPEN: Final = (
    mark("Reached by"),
    mark("Further addresses"),
    mark("Household"),
    mark("Work unit"),
    mark("Relatives"),
)
_INCOME: Final = mark("Income")
_PRIVATE: Final = (
    mark("Income is estimated"),
    mark("Skin tone"),
    mark("Character"),
    mark("Family"),
    mark("Private notes"),
)
PASSED_OVER: Final = (*_OPEN, *_PRIVATE)
_KINDS: Final = {FieldKind.NUMBER: CellKind.DECIMAL, FieldKind.DATE: CellKind.DATE}
_BETWEEN: Final = " / "


def columns(session: Session, context: Context) -> list[Column]:
    """Give the columns that `Further` fills, titles in the current language."""
    titles = [*_OPEN, *((_INCOME, *_PRIVATE) if context.may(Right.SEE_PRIVATE) else ())]
    plain = [Column(gettext(title), CellKind.TEXT) for title in titles]
    return plain + [Column(one.name, _KINDS.get(one.kind, CellKind.TEXT)) for one in _fields(session, context)]


class Further:
    """Reads the further parts of some members at a time."""

    def __init__(self, session: Session, context: Context) -> None:
        """Ask once which own fields there are."""
        self._session = session
        self._context = context
        self._fields = _fields(session, context)

    def of(self, keys: Sequence[int]) -> "FurtherOf":
        """Read the parts of these members."""
        return FurtherOf(self._session, self._context, keys, self._fields)


class FurtherOf:
    """The further parts of some members."""

    def __init__(self, session: Session, context: Context, keys: Sequence[int], fields: Sequence[OwnFieldRow]) -> None:
        """Read them at once."""
        self._session = session
        self._keys = keys
        self._private = context.may(Right.SEE_PRIVATE)
        full = context.may(Right.SEE_PHONES)
        self._fields = fields
        self._texts: dict[tuple[int, str], list[str]] = {}
        self._own: dict[tuple[int, int], Cell] = {}
        self._profiles: dict[int, MemberPrivate] = {}
        self._read_reached()
        self._read_addresses(full=full)
        self._read_people()
        if self._private:
            of_keys = select(MemberPrivate).where(MemberPrivate.member_id.in_(keys))
            self._profiles = {row.member_id: row for row in session.scalars(of_keys)}
        self._read_own()

    def cells(self, member_id: int) -> tuple[Cell, ...]:
        """Give a member's cells."""
        plain: list[Cell] = [_BETWEEN.join(self._texts.get((member_id, title), ())) for title in _OPEN]
        if self._private:
            plain += _profile(self._profiles.get(member_id))
        return (*plain, *(self._own.get((member_id, one.id), "") for one in self._fields))

    def _put(self, member_id: int, title: str, words: str) -> None:
        self._texts.setdefault((member_id, title), []).append(words)

    def _read_reached(self) -> None:
        wanted = select(Touchpoint.member_id, Touchpoint.channel, Touchpoint.state, Touchpoint.since)
        for key, channel, state, since in self._session.execute(wanted.where(Touchpoint.member_id.in_(self._keys))):
            words = " ".join(part for part in (label(channel), label(state), f"{since}" if since else "") if part)
            self._put(key, _OPEN[0], words)

    def _read_addresses(self, *, full: bool) -> None:
        wanted = select(MemberAddress).where(MemberAddress.member_id.in_(self._keys))
        for one in self._session.scalars(wanted.order_by(MemberAddress.member_id, MemberAddress.ordinal)):
            parts = (one.recipient, one.region, one.line, one.postcode) if full else (mask_address(one.line),)
            self._put(one.member_id, _OPEN[1], " ".join(part for part in (label(one.use), *parts) if part))

    def _read_people(self) -> None:
        wanted = (
            select(HouseholdPerson.member_id, Household.kind, Household.name, HouseholdPerson.role)
            .join(Household, Household.id == HouseholdPerson.household_id)
            .where(HouseholdPerson.member_id.in_(self._keys))
            .order_by(Household.id)
        )
        for key, kind, name, role in self._session.execute(wanted):
            title = _OPEN[2] if kind is HouseholdKind.HOUSEHOLD else _OPEN[3]
            self._put(key, title, f"{name} ({label(role)})")
        for one in self._session.scalars(
            select(Relative).where(Relative.member_id.in_(self._keys)).order_by(Relative.id)
        ):
            born = f" {one.birthday_month:02d}-{one.birthday_day:02d}" if one.birthday_month else ""
            calendar = f" {label(one.birthday_calendar)}" if one.birthday_calendar else ""
            self._put(one.member_id, _OPEN[4], f"{one.name} ({label(one.role)}){born}{calendar}")

    def _read_own(self) -> None:
        kinds = {one.id: one.kind for one in self._fields}
        wanted = select(OwnValue).where(OwnValue.member_id.in_(self._keys), OwnValue.field_id.in_(list(kinds)))
        for one in self._session.scalars(wanted) if kinds else ():
            self._own[one.member_id, one.field_id] = _cell(kinds[one.field_id], one)


def _cell(kind: FieldKind, value: OwnValue) -> Cell:
    if kind is FieldKind.NUMBER and value.number is not None:
        return value.number / 10**PLACES
    if kind is FieldKind.DATE and value.day is not None:
        return value.day
    return value.words


def _profile(one: MemberPrivate | None) -> list[Cell]:
    if one is None:
        return [""] * (len(_PRIVATE) + 1)
    estimated = gettext("yes") if one.income_estimated else ""
    return [one.income_band, estimated, one.skin_tone, one.character, one.family, one.notes]


def _fields(session: Session, context: Context) -> tuple[OwnFieldRow, ...]:
    # A picture is no words; it stays in the program.
    shown = own_fields(session, context, private=None if context.may(Right.SEE_PRIVATE) else False)
    return tuple(one for one in shown if one.kind is not FieldKind.PICTURE)
