"""A member's file as a form needs it, and who on file may be the same person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass, Channel, ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.errors import NotFoundError
from crmdesk.core.member_words import PairState
from crmdesk.core.members import CardTier, Gender, MemberKind, MemberState, TouchpointState
from crmdesk.core.phone import Phone, mask
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_members import MEMBER_SOURCES, source_words
from crmdesk.core.text_clean import clean_name
from crmdesk.models.callback import Consent
from crmdesk.models.member import Member, MemberPhone, MemberTag
from crmdesk.models.merge import DuplicatePair
from crmdesk.models.store import Store
from crmdesk.queries.birthdays import birthday_of
from crmdesk.queries.member_privacy import mask_address, mask_email, sees_contact
from crmdesk.queries.member_record import AddressShown, PhoneFacts, addresses, phone_facts
from crmdesk.queries.merged import kept_key
from crmdesk.queries.name_sound import plain_address, sound_of
from crmdesk.queries.own_fields import OwnFieldRow, own_fields, own_values
from crmdesk.queries.settings import store_settings
from crmdesk.queries.staff import ColleagueRow, colleagues

_MOST = 5
_MOST_WORDS = 200
_GONE = (MemberState.MERGED, MemberState.ERASED)
# What a form shows as it stands on file.
_PLAIN = (
    *("id", "version", "number", "name", "kind", "state", "gender"),
    *("occupation", "industry", "garment_size", "shoe_size", "preferences", "hobbies", "consumption"),
    *("gift_preference", "source", "notes", "guide_id", "care_class", "tier", "do_not_contact"),
)


@dataclass(frozen=True, slots=True)
class MemberFile:
    """Everything that a form shows of a member.

    Attributes:
        phones: key and number; masked like address and e-mail where ``seen`` is false.
        seen: whether the person may see phones, e-mail and address in full.
        private: whether the person may see the private profile, which is not part of this.
        own: what stands in the open own fields, by key of the field.
    """

    id: int
    version: int
    number: str
    name: str
    kind: MemberKind
    state: MemberState
    gender: Gender | None
    birthday: Birthday | None
    phones: tuple[tuple[int, str], ...]
    email: str
    address: str
    occupation: str
    industry: str
    garment_size: str
    shoe_size: str
    preferences: str
    hobbies: str
    consumption: str
    gift_preference: str
    source: str
    notes: str
    guide_id: int | None
    care_class: CareClass
    tier: CardTier
    do_not_contact: bool
    tags: tuple[str, ...]
    touchpoints: Mapping[Channel, TouchpointState]
    consents: Mapping[ConsentPurpose, bool]
    seen: bool
    private: bool
    phone_facts: Mapping[int, PhoneFacts]
    addresses: tuple[AddressShown, ...]
    own: Mapping[int, str]
    reached_since: Mapping[Channel, date | None]


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form offers: who can be the guide, words of the store and used before, the store's own fields."""

    guides: tuple[ColleagueRow, ...]
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    own: tuple[OwnFieldRow, ...] = ()


class Alike(StrEnum):
    """Why somebody on file may be the same person."""

    PHONE = "phone"
    NAME_AND_BIRTHDAY = "name_and_birthday"
    NAME_AND_ADDRESS = "name_and_address"
    SOUND_AND_BIRTHDAY = "sound_and_birthday"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody on file who may be the same person; the phone is masked."""

    id: int
    number: str
    name: str
    phone: str
    why: Alike


@dataclass(frozen=True, slots=True)
class Probe:
    """What is typed so far about a person; ``own_id`` is the file that is being edited."""

    name: str = ""
    phones: tuple[Phone, ...] = ()
    birthday: Birthday | None = None
    own_id: int | None = None
    address: str = ""


def member_file(session: Session, member_id: int, context: Context) -> MemberFile:
    """Give the file of a member as the person may see it.

    Raises:
        NotFoundError: no such member, or erased.
    """
    member = session.get(Member, kept_key(session, member_id))
    if member is None or member.state in _GONE:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    seen = sees_contact(session, member.id, member.guide_id, context)
    return MemberFile(
        **{name: getattr(member, name) for name in _PLAIN},
        birthday=birthday_of(
            member.birthday_calendar, member.birthday_year, member.birthday_month, member.birthday_day
        ),
        phones=tuple((phone.id, phone.digits if seen else mask(phone.digits)) for phone in member.phones),
        email=member.email if seen else mask_email(member.email),
        address=member.address if seen else mask_address(member.address),
        tags=tuple(tag.tag for tag in member.tags),
        touchpoints={point.channel: point.state for point in member.touchpoints},
        consents=consents(session, member.id),
        seen=seen,
        private=context.may(Right.SEE_PRIVATE),
        phone_facts=phone_facts(member),
        addresses=addresses(session, member.id, seen=seen),
        own={one.field_id: one.words for one in own_values(session, member.id, private=False)},
        reached_since={point.channel: point.since for point in member.touchpoints},
    )


def consents(session: Session, member_id: int) -> dict[ConsentPurpose, bool]:
    """Give what a member has said so far on every way of contact, by purpose."""
    rows = session.execute(
        select(Consent.purpose, Consent.given)
        .where(Consent.member_id == member_id, Consent.channel.is_(None))
        .order_by(Consent.id)
    )
    return {row.purpose: row.given for row in rows}


def form_words(session: Session, context: Context) -> FormWords:
    """Give what a form offers."""
    tags = session.execute(select(MemberTag.tag).distinct().order_by(MemberTag.tag).limit(_MOST_WORDS)).scalars()
    # Of the newest files only: the words in use, without a walk through a million rows.
    recent = select(Member.source).where(Member.source != "").order_by(Member.id.desc()).limit(_MOST_WORDS)
    of_store = source_words(store_settings(session, context.store.id).get(MEMBER_SOURCES))
    sources = dict.fromkeys((*of_store, *session.execute(recent).scalars()))
    shown = own_fields(session, context, private=None if context.may(Right.SEE_PRIVATE) else False)
    return FormWords(tuple(colleagues(session, context)), tuple(tags), tuple(sources), shown)


def lookalikes(session: Session, probe: Probe, context: Context) -> tuple[Lookalike, ...]:
    """Give who on file may be the same person, the surest reason first; for a warning while typing."""
    del context
    found: dict[int, Lookalike] = {}
    known = _decided(session, probe.own_id)
    for why, keys in (
        (Alike.PHONE, _with_phone(session, probe)),
        (Alike.NAME_AND_BIRTHDAY, _with_name(session, probe, birthday=True)),
        (Alike.NAME_AND_ADDRESS, _with_address(session, probe)),
        (Alike.SOUND_AND_BIRTHDAY, _with_sound(session, probe)),
        (Alike.NAME, _with_name(session, probe, birthday=False)),
    ):
        for one in _people(session, [key for key in keys if key not in found and key not in known], why):
            found.setdefault(one.id, one)
    return tuple(found.values())[:_MOST]


def _with_phone(session: Session, probe: Probe) -> list[int]:
    if not probe.phones:
        return []
    digits = [phone.digits for phone in probe.phones]
    wanted = select(MemberPhone.member_id).where(MemberPhone.digits.in_(digits)).distinct().limit(_MOST)
    return list(session.execute(wanted).scalars())


def _with_name(session: Session, probe: Probe, *, birthday: bool) -> list[int]:
    name = clean_name(probe.name)
    if not name or (birthday and probe.birthday is None):
        return []
    every_store = select(Store.id).scalar_subquery()
    wanted = select(Member.id).where(Member.store_id.in_(every_store), Member.name == name)
    if birthday and probe.birthday is not None:
        wanted = wanted.where(
            Member.birthday_calendar == probe.birthday.calendar,
            Member.birthday_month == probe.birthday.month,
            Member.birthday_day == probe.birthday.day,
        )
    return list(session.execute(wanted.order_by(Member.id.desc()).limit(_MOST)).scalars())


def _decided(session: Session, own_id: int | None) -> set[int]:
    """Give the file itself, and those of which somebody said that they are other people or of the same household."""
    if own_id is None:
        return set()
    pairs = session.execute(
        select(DuplicatePair.first_id, DuplicatePair.second_id).where(
            or_(DuplicatePair.first_id == own_id, DuplicatePair.second_id == own_id),
            DuplicatePair.state != PairState.OPEN,
        )
    )
    return {own_id, *(key for pair in pairs for key in pair)}


def _with_address(session: Session, probe: Probe) -> list[int]:
    name, place = clean_name(probe.name), plain_address(probe.address)
    if not name or not place:
        return []
    every_store = select(Store.id).scalar_subquery()
    wanted = select(Member.id, Member.address).where(
        Member.store_id.in_(every_store), Member.name == name, Member.address != ""
    )
    return [key for key, address in session.execute(wanted) if plain_address(address) == place][:_MOST]


def _with_sound(session: Session, probe: Probe) -> list[int]:
    """Give who has the whole birthday and a name that is read alike (张伟, 章伟)."""
    name, day = clean_name(probe.name), probe.birthday
    if not name or day is None or day.year is None:
        return []
    wanted = select(Member.id, Member.name).where(
        Member.birthday_calendar == day.calendar,
        Member.birthday_month == day.month,
        Member.birthday_day == day.day,
        Member.birthday_year == day.year,
    )
    sound = sound_of(name)
    return [key for key, other in session.execute(wanted) if sound_of(other) == sound][:_MOST]


def _people(session: Session, keys: Iterable[int], why: Alike) -> list[Lookalike]:
    wanted = list(keys)
    if not wanted:
        return []
    first = (
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == Member.id)
        .order_by(MemberPhone.ordinal)
        .limit(1)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Member.id, Member.number, Member.name, first.label("digits"))
        .where(Member.id.in_(wanted), Member.state.not_in(_GONE))
        .order_by(Member.id)
    )
    return [Lookalike(row.id, row.number, row.name, mask(row.digits) if row.digits else "", why) for row in rows]
