"""One save of the member form: record, private profile, touchpoints and consents, all of them or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import Channel, ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.members import TouchpointState
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import Phone, stored
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.models.member import Member, MemberPrivate, Touchpoint
from crmdesk.queries.member_files import MemberFile, member_file
from crmdesk.queries.member_privacy import sees_contact
from crmdesk.services import audit, consents, households, looks, members
from crmdesk.services.consents import SetConsent
from crmdesk.services.households import SameHousehold
from crmdesk.services.member_record import (
    AddressFacts,
    PhoneEntry,
    take_addresses,
    take_own_values,
    take_phone_details,
)
from crmdesk.services.members import EditMember, MemberFacts, MemberMade


@dataclass(frozen=True, slots=True)
class PrivateFacts:
    """The private profile (私密) as typed."""

    income_band: str = ""
    income_estimated: bool = False
    skin_tone: str = ""
    character: str = ""
    family: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class SaveMember:
    """Everything that one save of the form writes.

    Attributes:
        facts: the record as typed; `phones` those typed in full.
        member_id: whom it changes; None makes a new member.
        seen_version: of the file as it was read.
        phones: in the order of the form: a phone as typed, or the key of a kept one that is masked to the person;
            with its use, state and validity where the form knows them.
        kept: fields of ``facts`` that stay as they are because they were masked ("email", "address").
        private: None leaves the private profile as it is.
        touchpoints: by channel; None takes one away.
        consents: what the member said now, by purpose.
        consent_how: in which way it was said.
        addresses: the further addresses; None leaves them as they are.
        own: what was typed into own fields, by key of the field; others stay as they are.
        household: somebody with whom the member shares a household, and its name should it be made now.
    """

    facts: MemberFacts
    member_id: int | None = None
    seen_version: int = 0
    phones: tuple[Phone | int | PhoneEntry, ...] = ()
    kept: frozenset[str] = frozenset()
    private: PrivateFacts | None = None
    touchpoints: Mapping[Channel, TouchpointState | None] = field(default_factory=dict)
    consents: Mapping[ConsentPurpose, bool] = field(default_factory=dict)
    consent_how: str = ""
    addresses: tuple[AddressFacts, ...] | None = None
    own: Mapping[int, str] = field(default_factory=dict)
    household: tuple[int, str] | None = None


def open_file(session: Session, member_id: int, context: Context) -> Outcome[MemberFile]:
    """Give the file for a form; notes a look when phones and address are in it in full.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such member.
    """
    context.require(Right.EDIT_MEMBERS)
    found = member_file(session, member_id, context)
    if found.seen:
        looks.note_look(session, member_id, context, "member_form")
    return Outcome(found)


def save(session: Session, request: SaveMember, context: Context) -> Outcome[MemberMade]:
    """Write the form.

    Raises:
        NotAllowedError: the person may not edit members, or not the private profile.
        NotFoundError: no such member.
        StaleError: somebody changed the file since it was read.
        SharedPhoneError: a phone belongs to another member and sharing was not agreed.
        InvalidFieldError: a field cannot be taken.
    """
    if request.private is not None:
        context.require(Right.SEE_PRIVATE)
    if request.member_id is None:
        made = members.register(session, replace(request.facts, phones=_typed(request.phones)), context)
    else:
        made = _edit(session, request, request.member_id, context)
    member = members.load(session, made.value.id)
    take_phone_details(member, [one for one in request.phones if isinstance(one, PhoneEntry)])
    _take_parts(session, member, request, context)
    _take_private(session, member, request.private, context)
    _take_touchpoints(member, request.touchpoints, context)
    for purpose, given in request.consents.items():
        wanted = SetConsent(member.id, purpose, given, request.consent_how)
        consents.set_consent(session, wanted, context)
    session.flush()
    return Outcome(MemberMade(member.id, member.number, member.version), made.changed)


def _take_parts(session: Session, member: Member, request: SaveMember, context: Context) -> None:
    may = request.member_id is None or sees_contact(session, member.id, member.guide_id, context)
    if request.addresses is not None and may:
        take_addresses(session, member, request.addresses, context)
    if request.own:
        take_own_values(session, member, request.own, context)
    if request.household is not None:
        other, name = request.household
        households.same_household(session, SameHousehold(member.id, other, name), context)


def _edit(session: Session, request: SaveMember, member_id: int, context: Context) -> Outcome[MemberMade]:
    context.require(Right.EDIT_MEMBERS)
    member = members.load(session, member_id)
    by_id = {phone.id: phone.digits for phone in member.phones}
    # Whoever may not read a number cannot take it away either: those on file stay, in front.
    hidden = () if sees_contact(session, member.id, member.guide_id, context) else tuple(by_id)
    wanted = dict.fromkeys((*hidden, *_plain(request.phones)))
    phones = tuple(
        stored(by_id[phone]) if isinstance(phone, int) else phone
        for phone in wanted
        if not isinstance(phone, int) or phone in by_id
    )
    kept = {name: getattr(member, name) for name in request.kept}
    facts = replace(request.facts, phones=phones, **kept)
    return members.edit(session, EditMember(member_id, request.seen_version, facts), context)


def _plain(phones: tuple[Phone | int | PhoneEntry, ...]) -> list[Phone | int]:
    return [one.phone if isinstance(one, PhoneEntry) else one for one in phones]


def _typed(phones: tuple[Phone | int | PhoneEntry, ...]) -> tuple[Phone, ...]:
    return tuple(phone for phone in _plain(phones) if isinstance(phone, Phone))


def _take_private(session: Session, member: Member, private: PrivateFacts | None, context: Context) -> None:
    if private is None:
        return
    row = session.execute(select(MemberPrivate).where(MemberPrivate.member_id == member.id)).scalar_one_or_none()
    if row is None and private == PrivateFacts():
        return
    if row is None:
        row = MemberPrivate(store_id=member.store_id, member_id=member.id)
        session.add(row)
    row.income_band = clean_code(private.income_band)
    row.income_estimated = private.income_estimated
    row.skin_tone = clean_line(private.skin_tone)
    row.character = clean_line(private.character)
    row.family = clean_line(private.family)
    row.notes = clean_note(private.notes)
    audit.record(session, context, "member.private", (EntityKind.MEMBER, member.id))


def _take_touchpoints(member: Member, wanted: Mapping[Channel, TouchpointState | None], context: Context) -> None:
    known = {point.channel: point for point in member.touchpoints}
    for channel, state in wanted.items():
        point = known.get(channel)
        if state is None and point is not None:
            member.touchpoints.remove(point)
        elif state is not None and point is not None:
            point.since = point.since if point.state is state else context.today()
            point.state = state
        elif state is not None:
            made = Touchpoint(store_id=context.store.id, channel=channel, state=state, since=context.today())
            member.touchpoints.append(made)
