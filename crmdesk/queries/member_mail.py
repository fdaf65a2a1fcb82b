"""Post to many members: whose full address the person may see, who has none, the facts of labels and letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.care import ConsentPurpose
from crmdesk.core.context import Context
from crmdesk.core.errors import NotAllowedError
from crmdesk.core.labels import label_in
from crmdesk.core.mailing_words import MailPerson, filled
from crmdesk.core.member_words import AddressUse
from crmdesk.core.members import LedgerKind
from crmdesk.core.names import address_form
from crmdesk.core.paper_facts.mailing import AddressLabel, AddressLabelsFacts, MemberLetter, MemberLettersFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Right
from crmdesk.models.address import MemberAddress
from crmdesk.models.callback import Consent
from crmdesk.models.ledger import LedgerBalance
from crmdesk.models.member import Member
from crmdesk.queries.member_here import HERE
from crmdesk.queries.paper_head import paper_head, prints_now

MOST_MAIL: Final = 2_000
_AT_ONCE: Final = 400
_FIRST: Final = (AddressUse.DELIVERY, AddressUse.HOME, AddressUse.WORK, AddressUse.OTHER)


@dataclass(frozen=True, slots=True)
class MailRow:
    """One member with the address that post goes to; ``lines`` empty where none is known."""

    id: int
    number: str
    name: str
    form: str
    recipient: str
    lines: tuple[str, ...]
    postcode: str
    level: str
    points: int


@dataclass(frozen=True, slots=True)
class MailPlan:
    """Who gets post, who has no address, and who does not want any; in the order of the list."""

    rows: tuple[MailRow, ...]
    without: tuple[tuple[int, str, str], ...]  # key, number, name
    unwanted: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class LetterWish:
    """What a run of letters says; ``words`` hold placeholders."""

    subject: str
    words: str
    language: str


def mail_plan(session: Session, member_ids: Sequence[int], context: Context, language: str) -> MailPlan:
    """Read addresses in full.

    Raises:
        NotAllowedError: somebody among them whose full address the person may not see.
    """
    asked = list(dict.fromkeys(member_ids))
    found: dict[int, Member] = {}
    for start in range(0, len(asked), _AT_ONCE):
        wanted = select(Member).where(Member.id.in_(asked[start : start + _AT_ONCE]), HERE)
        found |= {one.id: one for one in session.scalars(wanted.where(Member.store_id == context.store.id))}
    _refuse_masked(found.values(), context)
    places, points, refused = (
        _places(session, asked, context.today()),
        _points(session, asked),
        _refused(session, asked),
    )
    rows, without, unwanted = [], [], []
    for member in (found[key] for key in asked if key in found):
        row = _row(member, places.get(member.id), points.get(member.id, 0), language)
        short = (member.id, member.number, member.name)
        if member.do_not_contact or member.id in refused:
            unwanted.append(short)
        elif row.lines:
            rows.append(row)
        else:
            without.append(short)
    return MailPlan(tuple(rows), tuple(without), tuple(unwanted))


def label_facts(rows: Sequence[MailRow], used: int) -> AddressLabelsFacts:
    """Give the facts of a run of labels."""
    labels = tuple(AddressLabel(row.recipient, row.lines, row.postcode) for row in rows)
    return AddressLabelsFacts(labels, used)


def letter_facts(
    session: Session, number: str, rows: Sequence[MailRow], wish: LetterWish, context: Context
) -> MemberLettersFacts:
    """Give the facts of a run of letters, every placeholder filled in."""
    store = paper_head(session, context.store.id)
    letters = tuple(
        MemberLetter(row.recipient, _address(row), row.number, filled(wish.words, _person(row))) for row in rows
    )
    return MemberLettersFacts(
        number=number,
        store=store,
        subject=wish.subject,
        letters=letters,
        dated=context.today(),
        signed_by=context.actor.name,
        signed_role=label_in(wish.language, context.actor.role),
        contact=" ".join(part for part in (context.actor.name, store.phone) if part),
        printed=prints_now(session, PaperKind.MEMBER_LETTER, number, context),
    )


def _person(row: MailRow) -> MailPerson:
    return MailPerson(row.name, row.form, row.level, f"{row.points:,}")


def _address(row: MailRow) -> tuple[str, ...]:
    return (*row.lines, row.postcode) if row.postcode else row.lines


def _row(member: Member, place: MemberAddress | None, points: int, language: str) -> MailRow:
    lines = tuple(line.strip() for line in member.address.splitlines() if line.strip())
    recipient, postcode = member.name, ""
    if place is not None and (place.use is AddressUse.DELIVERY or not lines):
        lines = tuple(part for part in (place.region, place.line) if part.strip())
        recipient, postcode = place.recipient or member.name, place.postcode
    form = address_form(member.name, member.gender, language)
    level = label_in(language, member.tier)
    return MailRow(member.id, member.number, member.name, form, recipient, lines, postcode, level, points)


def _refuse_masked(members: Iterable[Member], context: Context) -> None:
    if context.may(Right.SEE_PHONES):
        return
    own = context.may(Right.SEE_OWN_PHONES)
    if not own or any(one.guide_id != context.actor.staff_id for one in members):
        raise NotAllowedError(Right.SEE_PHONES, context.actor.role)


def _places(session: Session, keys: Sequence[int], today: date) -> dict[int, MemberAddress]:
    found: dict[int, MemberAddress] = {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = select(MemberAddress).where(MemberAddress.member_id.in_(keys[start : start + _AT_ONCE]))
        for one in session.scalars(wanted.order_by(MemberAddress.ordinal, MemberAddress.id)):
            holds = (one.valid_from is None or one.valid_from <= today) and (
                one.valid_until is None or one.valid_until >= today
            )
            before = found.get(one.member_id)
            if holds and (before is None or _FIRST.index(one.use) < _FIRST.index(before.use)):
                found[one.member_id] = one
    return found


def _points(session: Session, keys: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = select(LedgerBalance.member_id, LedgerBalance.amount).where(
            LedgerBalance.member_id.in_(keys[start : start + _AT_ONCE]), LedgerBalance.kind == LedgerKind.POINTS
        )
        found |= {row.member_id: int(row.amount) for row in session.execute(wanted)}
    return found


def _refused(session: Session, keys: Sequence[int]) -> set[int]:
    """Give those whose latest word on marketing is no."""
    latest: dict[int, bool] = {}
    for start in range(0, len(keys), _AT_ONCE):
        wanted = select(Consent.member_id, Consent.given).where(
            Consent.member_id.in_(keys[start : start + _AT_ONCE]), Consent.purpose == ConsentPurpose.MARKETING
        )
        latest |= {row.member_id: row.given for row in session.execute(wanted.order_by(Consent.id))}
    return {key for key, given in latest.items() if not given}
