"""The further parts of a member's record: what phones are used for, more addresses."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.member_words import AddressUse, PhoneUse
from crmdesk.core.members import PhoneState
from crmdesk.models.address import MemberAddress
from crmdesk.models.member import Member
from crmdesk.queries.member_privacy import mask_address


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """What is known of one phone besides its number."""

    use: PhoneUse
    state: PhoneState
    extension: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class AddressShown:
    """One further address; recipient and line masked where the person may not see them."""

    use: AddressUse
    recipient: str
    region: str
    line: str
    postcode: str
    valid_from: date | None
    valid_until: date | None


def phone_facts(member: Member) -> dict[int, PhoneFacts]:
    """Give the facts of a member's phones by key."""
    return {one.id: PhoneFacts(one.use, one.state, one.extension, one.valid_until) for one in member.phones}


def addresses(session: Session, member_id: int, *, seen: bool) -> tuple[AddressShown, ...]:
    """Give the further addresses of a member in their order."""
    wanted = select(MemberAddress).where(MemberAddress.member_id == member_id)
    return tuple(
        AddressShown(
            one.use,
            one.recipient if seen else one.recipient[:1] + "**" * bool(one.recipient),
            one.region,
            one.line if seen else mask_address(one.line),
            one.postcode if seen else "",
            one.valid_from,
            one.valid_until,
        )
        for one in session.scalars(wanted.order_by(MemberAddress.ordinal, MemberAddress.id))
    )
