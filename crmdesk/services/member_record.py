"""The further parts of a member's record that one save writes: details of phones, addresses, own fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.member_words import AddressUse, FieldKind, PhoneUse
from crmdesk.core.members import PhoneState
from crmdesk.core.own_fields import OwnTrouble, OwnValueError, OwnWords, read_words
from crmdesk.core.phone import Phone
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.models.address import MemberAddress
from crmdesk.models.member import Member
from crmdesk.models.own_field import OwnField, OwnValue
from crmdesk.queries.own_fields import choices_of

_LINE, _SHORT, _CODE, _MOST = 240, 120, 40, 20
_PICTURE: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """One phone of the form: as typed, or the key of a kept one; and what it is used for."""

    phone: Phone | int
    use: PhoneUse = PhoneUse.PERSONAL
    state: PhoneState = PhoneState.ACTIVE
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """One further address as typed; open ends of its validity are None."""

    line: str
    use: AddressUse = AddressUse.HOME
    recipient: str = ""
    region: str = ""
    postcode: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def take_phone_details(member: Member, entries: Sequence[PhoneEntry]) -> None:
    """Write what phones are used for and how long; the numbers themselves are written with the record."""
    by_digits = {row.digits: row for row in member.phones}
    by_key = {row.id: row for row in member.phones}
    for entry in entries:
        number = entry.phone
        row = by_digits.get(number.digits) if isinstance(number, Phone) else by_key.get(number)
        if row is None:
            continue
        if isinstance(number, Phone):
            row.extension = number.extension
        row.use, row.state, row.valid_until = entry.use, entry.state, entry.valid_until


def take_addresses(session: Session, member: Member, wanted: Sequence[AddressFacts], context: Context) -> None:
    """Write the further addresses as they were typed, in their order.

    Raises:
        InvalidFieldError: no line, an end before its beginning, or too many.
    """
    if len(wanted) > _MOST:
        raise InvalidFieldError("addresses", "too_long", str(len(wanted)))
    session.execute(delete(MemberAddress).where(MemberAddress.member_id == member.id))
    for ordinal, one in enumerate(wanted):
        line = clean_line(one.line)
        if not line:
            raise InvalidFieldError(f"address{ordinal + 1}", "empty")
        if one.valid_from and one.valid_until and one.valid_until < one.valid_from:
            raise InvalidFieldError(f"address{ordinal + 1}_until", "before_start", one.valid_until.isoformat())
        session.add(
            MemberAddress(
                store_id=context.store.id,
                member_id=member.id,
                ordinal=ordinal,
                use=one.use,
                recipient=clean_line(one.recipient)[:_SHORT],
                region=clean_line(one.region)[:_SHORT],
                line=line[:_LINE],
                postcode=clean_code(one.postcode)[:_CODE],
                valid_from=one.valid_from,
                valid_until=one.valid_until,
            )
        )


def take_own_values(session: Session, member: Member, wanted: Mapping[int, str], context: Context) -> None:
    """Write what was typed into own fields, by key of the field; fields that are not named stay as they are.

    Raises:
        NotAllowedError: a private field, and the person does not see the private profile.
        OwnValueError: words that do not fit their field, or a required one is empty.
    """
    fields = session.scalars(select(OwnField).where(OwnField.id.in_(list(wanted)), OwnField.active.is_(True))).all()
    of_member = select(OwnValue).where(OwnValue.member_id == member.id, OwnValue.field_id.in_(list(wanted)))
    rows = {row.field_id: row for row in session.scalars(of_member)}
    for field in fields:
        if field.private:
            context.require(Right.SEE_PRIVATE)
        _put(session, member, field, _read(field, wanted[field.id], rows.get(field.id)), rows.get(field.id))


def _read(field: OwnField, typed: str, row: OwnValue | None) -> OwnWords | None:
    text, place = clean_line(typed), f"own{field.id}"
    if row is not None and text == row.words:
        # What came from a list, or a choice that is gone, stays while nobody types something else.
        return OwnWords(row.words, row.number, row.day)
    try:
        value = read_words(field.kind, text, choices_of(field))
    except OwnValueError as error:
        raise OwnValueError(error.reason, field.name, text, place) from None
    if value is None and field.required:
        raise OwnValueError(OwnTrouble.MISSING, field.name, field=place)
    if value is not None and field.kind is FieldKind.PICTURE and not _PICTURE.fullmatch(value.words):
        raise OwnValueError(OwnTrouble.PICTURE, field.name, field=place)
    return value


def _put(session: Session, member: Member, field: OwnField, value: OwnWords | None, row: OwnValue | None) -> None:
    if value is None:
        if row is not None:
            session.delete(row)
        return
    if row is None:
        row = OwnValue(store_id=field.store_id, member_id=member.id, field_id=field.id)
        session.add(row)
    row.words, row.number, row.day = value.words, value.number, value.day
