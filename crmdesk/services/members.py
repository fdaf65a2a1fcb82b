"""Making and changing members' files."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, RefusedError, StaleError
from crmdesk.core.members import CardTier, Gender, MemberKind, MemberState
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import Phone
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line, clean_name, clean_note
from crmdesk.core.topics import Topic
from crmdesk.models.member import Member, MemberPhone, MemberTag, MemberValue
from crmdesk.queries.merged import kept_key
from crmdesk.services import audit, levels, search_index
from crmdesk.services.numbers import next_running_number

_TAIL = 4
_CHANGED = frozenset({Topic.MEMBERS})


class SharedPhoneError(RefusedError):
    """Another member has this phone; going on needs ``share_phones`` (a family shares a number)."""

    def __init__(self, digits: str, member_id: int, number: str) -> None:
        """Keep the phone and the member who has it."""
        super().__init__("phone in use")
        self.digits = digits
        self.member_id = member_id
        self.number = number


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What a person may type about a member; ``share_phones`` accepts a phone that somebody else has."""

    name: str
    phones: tuple[Phone, ...] = ()
    gender: Gender | None = None
    birthday: Birthday | None = None
    email: str = ""
    address: str = ""
    occupation: str = ""
    industry: str = ""
    garment_size: str = ""
    shoe_size: str = ""
    preferences: str = ""
    hobbies: str = ""
    consumption: str = ""
    gift_preference: str = ""
    source: str = ""
    notes: str = ""
    guide_id: int | None = None
    care_class: CareClass = CareClass.ORDINARY
    tier: CardTier = CardTier.ORDINARY
    kind: MemberKind = MemberKind.CUSTOMER
    do_not_contact: bool = False
    tags: frozenset[str] = field(default_factory=frozenset)
    walk_in: bool = False
    share_phones: bool = False


@dataclass(frozen=True, slots=True)
class EditMember:
    """New facts for a member as somebody saw it at ``seen_version``."""

    member_id: int
    seen_version: int
    facts: MemberFacts


@dataclass(frozen=True, slots=True)
class MemberMade:
    """A member's key, number and version after a write."""

    id: int
    number: str
    version: int


def register(session: Session, request: MemberFacts, context: Context) -> Outcome[MemberMade]:
    """Make a member's file with the next member number of the store.

    Raises:
        NotAllowedError: the person may not edit members.
        InvalidFieldError: no name.
        SharedPhoneError: a phone belongs to another member and sharing was not agreed.
    """
    context.require(Right.EDIT_MEMBERS)
    _check(session, request, own_id=None)
    member = Member(
        store_id=context.store.id,
        number=next_running_number(session, context, "M"),
        joined_on=context.today(),
        name="",
        tier=CardTier.ORDINARY,
    )
    _take(member, request, context)
    session.add(member)
    session.flush()
    _take_level(session, member, request.tier, context)
    session.add(MemberValue(member_id=member.id, store_id=member.store_id))
    search_index.write_member(session, member)
    audit.record(session, context, "member.register", (EntityKind.MEMBER, member.id), {"number": member.number})
    return Outcome(MemberMade(member.id, member.number, member.version), _CHANGED)


def edit(session: Session, request: EditMember, context: Context) -> Outcome[MemberMade]:
    """Change a member's file.

    Raises:
        NotAllowedError: the person may not edit members.
        NotFoundError: no such member.
        StaleError: somebody changed it since it was read.
        InvalidFieldError: no name.
        SharedPhoneError: a phone belongs to another member and sharing was not agreed.
    """
    context.require(Right.EDIT_MEMBERS)
    member = load(session, request.member_id)
    if member.id != request.member_id or member.version != request.seen_version:
        raise StaleError(EntityKind.MEMBER, member.id, request.seen_version, member.version)
    _check(session, request.facts, own_id=member.id)
    found_by = _found_by(member)
    with session.no_autoflush:  # all of it is written at once
        _take(member, request.facts, context)
    _take_level(session, member, request.facts.tier, context)
    # A change of phones or tags alone must raise the version too.
    flag_modified(member, "name")
    session.flush()
    if _found_by(member) != found_by:
        search_index.write_member(session, member)
    audit.record(session, context, "member.edit", (EntityKind.MEMBER, member.id), {"version": member.version})
    return Outcome(MemberMade(member.id, member.number, member.version), _CHANGED)


def load(session: Session, member_id: int) -> Member:
    """Give the member, following a merge to the one that stayed.

    Raises:
        NotFoundError: no such member.
    """
    member = session.get(Member, member_id)
    if member is not None and member.state is MemberState.MERGED:
        member = session.get(Member, kept_key(session, member_id))
    if member is None or member.state is MemberState.ERASED:
        raise NotFoundError(EntityKind.MEMBER, str(member_id))
    return member


def _found_by(member: Member) -> tuple[MemberState, str, set[str]]:
    """Give what the search index is made from."""
    return member.state, member.name, {phone.digits for phone in member.phones}


def _check(session: Session, facts: MemberFacts, own_id: int | None) -> None:
    if not clean_name(facts.name):
        raise InvalidFieldError("name", "empty", facts.name)
    if facts.share_phones:
        return
    for phone in facts.phones:
        taken = session.execute(
            select(Member.id, Member.number)
            .join(MemberPhone, MemberPhone.member_id == Member.id)
            .where(MemberPhone.digits == phone.digits, Member.id != (own_id or 0))
            .limit(1)
        ).one_or_none()
        if taken is not None:
            raise SharedPhoneError(phone.digits, taken.id, taken.number)


def _take(member: Member, facts: MemberFacts, context: Context) -> None:
    member.name = clean_name(facts.name)
    member.gender = facts.gender
    _take_birthday(member, facts.birthday)
    for one_line in (
        "email",
        "address",
        "occupation",
        "industry",
        "garment_size",
        "shoe_size",
        "preferences",
        "hobbies",
        "consumption",
        "gift_preference",
        "source",
    ):
        setattr(member, one_line, clean_line(getattr(facts, one_line)))
    member.notes = clean_note(facts.notes)
    member.guide_id = facts.guide_id
    member.care_class = facts.care_class
    member.kind = facts.kind
    member.do_not_contact = facts.do_not_contact
    member.state = MemberState.WALK_IN if facts.walk_in else MemberState.ACTIVE
    _take_phones(member, facts.phones, context)
    _take_tags(member, facts.tags, context)


def _take_level(session: Session, member: Member, tier: CardTier, context: Context) -> None:
    """Take a level that was chosen in the form: by hand, so it stays."""
    if tier is not member.tier:
        levels.fix(session, member, tier, "", context)


def _take_birthday(member: Member, birthday: Birthday | None) -> None:
    member.birthday_calendar = birthday.calendar if birthday else None
    member.birthday_year = birthday.year if birthday else None
    member.birthday_month = birthday.month if birthday else None
    member.birthday_day = birthday.day if birthday else None


def _take_phones(member: Member, phones: Iterable[Phone], context: Context) -> None:
    known = {phone.digits: phone for phone in member.phones}
    wanted: list[MemberPhone] = []
    extensions = {phone.digits: phone.extension for phone in phones}
    for ordinal, (digits, extension) in enumerate(extensions.items()):
        row = known.get(digits) or MemberPhone(store_id=context.store.id, digits=digits, tail=digits[-_TAIL:])
        row.ordinal = ordinal
        row.extension = extension or row.extension or ""
        wanted.append(row)
    member.phones = wanted


def _take_tags(member: Member, tags: Iterable[str], context: Context) -> None:
    known = {tag.tag: tag for tag in member.tags}
    wanted = sorted({clean_line(tag) for tag in tags} - {""})
    member.tags = [known.get(tag) or MemberTag(store_id=context.store.id, tag=tag) for tag in wanted]
