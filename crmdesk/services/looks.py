"""Looking at what is masked: allowed by role, and noted each time (domain rule 6)."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError, NotFoundError
from crmdesk.core.member_words import Look
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.models.member import Member, MemberPrivate
from crmdesk.queries.member_privacy import sees_contact, sees_people
from crmdesk.queries.member_record import AddressShown, addresses
from crmdesk.queries.own_fields import OwnShown, own_values
from crmdesk.services import access_log, audit, members


class LookAt(StrEnum):
    """What somebody looked at; kept in the audit."""

    CONTACT = "contact"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class ContactSeen:
    """Phones (key and digits, in their order), e-mail and addresses in full."""

    member_id: int
    phones: tuple[tuple[int, str], ...]
    email: str
    address: str
    addresses: tuple[AddressShown, ...] = ()


@dataclass(frozen=True, slots=True)
class PrivateSeen:
    """The private profile; empty texts where nothing is known."""

    member_id: int
    income_band: str = ""
    income_estimated: bool = False
    skin_tone: str = ""
    character: str = ""
    family: str = ""
    notes: str = ""
    own: tuple[OwnShown, ...] = ()


def note_look(session: Session, member_id: int, context: Context, where: str = "member") -> Outcome[ContactSeen]:
    """Give the phones, e-mail and address of a member in full, and note who looked.

    Raises:
        NotFoundError: no such member.
        NotAllowedError: the person may not see them.
    """
    member = members.load(session, member_id)
    if not sees_contact(session, member.id, member.guide_id, context):
        raise NotAllowedError(Right.SEE_PHONES, context.actor.role)
    _note(session, member, (LookAt.CONTACT, Look.PHONE, where), context)
    phones = tuple((phone.id, phone.digits) for phone in member.phones)
    more = addresses(session, member.id, seen=True)
    return Outcome(ContactSeen(member.id, phones, member.email, member.address, more))


def note_private_look(
    session: Session, member_id: int, context: Context, where: str = "member"
) -> Outcome[PrivateSeen]:
    """Give the private profile of a member, and note who looked.

    Raises:
        NotAllowedError: the person may not see private profiles.
        NotFoundError: no such member.
    """
    context.require(Right.SEE_PRIVATE)
    member = members.load(session, member_id)
    _note(session, member, (LookAt.PRIVATE, Look.PRIVATE, where), context)
    found = session.execute(select(MemberPrivate).where(MemberPrivate.member_id == member.id)).scalar_one_or_none()
    own = own_values(session, member.id, private=True)
    if found is None:
        return Outcome(PrivateSeen(member.id, own=own))
    return Outcome(
        PrivateSeen(
            member.id,
            found.income_band,
            found.income_estimated,
            found.skin_tone,
            found.character,
            found.family,
            found.notes,
            own,
        )
    )


def note_page(session: Session, member_id: int, context: Context, where: str = "member") -> Outcome[bool]:
    """Note that somebody opened a member's page: once an hour for the same person, however often she comes back.

    Raises:
        NotFoundError: no such member, or the person has no business with customers.
    """
    if not sees_people(context) or session.get(Member, member_id) is None:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    if access_log.noted_lately(session, member_id, Look.PAGE, context):
        return Outcome(value=False)
    access_log.note(session, [member_id], (Look.PAGE, where), context)
    return Outcome(value=True)


def _note(session: Session, member: Member, what: tuple[LookAt, Look, str], context: Context) -> None:
    part, look, where = what
    access_log.note(session, [member.id], (look, where), context)
    audit.record(session, context, "member.look", (EntityKind.MEMBER, member.id), {"what": part.value})
