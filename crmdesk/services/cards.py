"""VIP cards: issue, report lost, replace, hand in; an old number still finds its member (capability P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, NotFoundError, ReasonMissingError, RefusedError, StaleError
from crmdesk.core.member_words import Look
from crmdesk.core.members import CardState
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.settings_store import CARD_REPRINT_FEE
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.card import Card
from crmdesk.queries.settings import store_settings
from crmdesk.services import access_log, audit, members
from crmdesk.services.numbers import next_running_number

_CHANGED = frozenset({Topic.CARDS, Topic.MEMBERS})
_MOVES = {
    CardState.ISSUED: frozenset({CardState.LOST, CardState.REPLACED, CardState.RETURNED}),
    CardState.LOST: frozenset({CardState.REPLACED, CardState.ISSUED}),
    CardState.REPLACED: frozenset[CardState](),
    CardState.RETURNED: frozenset[CardState](),
}


class CardExistsError(RefusedError):
    """The member already has a card in use; report it lost or replace it."""

    def __init__(self, number: str) -> None:
        """Keep the number of the card in use."""
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class IssueCard:
    """A new card for a member without one; ``valid_until`` None is without end."""

    member_id: int
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CardStep:
    """A step in a card's life, with its reason."""

    card_id: int
    seen_version: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReplaceCard:
    """A new card for a lost, worn or upgraded one; ``fee`` None takes the setting."""

    card_id: int
    seen_version: int
    reason: str
    fee: Money | None = None


@dataclass(frozen=True, slots=True)
class CardMade:
    """A card's key, number and fee."""

    id: int
    number: str
    fee: Money


def issue(session: Session, request: IssueCard, context: Context) -> Outcome[CardMade]:
    """Give a member the first card.

    Raises:
        CardExistsError: there is one in use.
    """
    context.require(Right.SERVE)
    member = members.load(session, request.member_id)
    in_use = session.scalar(
        select(Card.number).where(Card.member_id == member.id, Card.state == CardState.ISSUED).limit(1)
    )
    if in_use is not None:
        raise CardExistsError(in_use)
    return Outcome(_make(session, member.id, request.valid_until, Money(0), context), _CHANGED)


def issue_to_all(session: Session, member_ids: Sequence[int], context: Context) -> Outcome[int]:
    """Give a first card to every one of these members who has none in use; gives how many were made."""
    context.require(Right.SERVE)
    in_use = select(Card.member_id).where(Card.member_id.in_(member_ids), Card.state == CardState.ISSUED)
    have = set(session.execute(in_use).scalars())
    without = [member_id for member_id in dict.fromkeys(member_ids) if member_id not in have]
    for member_id in without:
        issue(session, IssueCard(member_id), context)
    return Outcome(len(without), _CHANGED if without else frozenset())


def report_lost(session: Session, request: CardStep, context: Context) -> Outcome[CardState]:
    """Block a card that was lost."""
    context.require(Right.SERVE)
    card = _load(session, request.card_id, request.seen_version)
    _move(session, card, CardState.LOST, request.reason, context)
    return Outcome(card.state, _CHANGED)


def found_again(session: Session, request: CardStep, context: Context) -> Outcome[CardState]:
    """Unblock a lost card that turned up."""
    context.require(Right.SERVE)
    card = _load(session, request.card_id, request.seen_version)
    _move(session, card, CardState.ISSUED, request.reason, context)
    return Outcome(card.state, _CHANGED)


def hand_in(session: Session, request: CardStep, context: Context) -> Outcome[CardState]:
    """Take a card back for good."""
    context.require(Right.SERVE)
    card = _load(session, request.card_id, request.seen_version)
    _move(session, card, CardState.RETURNED, request.reason, context)
    return Outcome(card.state, _CHANGED)


def replace(session: Session, request: ReplaceCard, context: Context) -> Outcome[CardMade]:
    """Give a new card for an old one; the old number still finds the member.

    Raises:
        ReasonMissingError: no reason.
        IllegalMoveError: the card was replaced or handed in already.
    """
    context.require(Right.SERVE)
    card = _load(session, request.card_id, request.seen_version)
    if not clean_line(request.reason):
        raise ReasonMissingError("card.replace")
    fee = store_settings(session, context.store.id).get(CARD_REPRINT_FEE) if request.fee is None else request.fee
    _move(session, card, CardState.REPLACED, request.reason, context)
    made = _make(session, card.member_id, card.valid_until, fee, context)
    card.replaced_by_id = made.id
    return Outcome(made, _CHANGED)


def count_prints(session: Session, card_ids: Sequence[int], context: Context) -> Outcome[int]:
    """Note that these cards were printed together; gives how many."""
    for card_id in card_ids:
        _count(session, card_id, context)
    return Outcome(len(card_ids), _CHANGED)


def _count(session: Session, card_id: int, context: Context) -> int:
    context.require(Right.SERVE)
    card = session.get(Card, card_id)
    if card is None:
        raise NotFoundError(EntityKind.CARD, str(card_id))
    card.prints += 1
    access_log.note(session, [card.member_id], (Look.PRINTED, "card"), context)
    audit.record(session, context, "card.print", (EntityKind.CARD, card.id), {"prints": card.prints})
    return card.prints


def _make(session: Session, member_id: int, valid_until: date | None, fee: Money, context: Context) -> CardMade:
    member = members.load(session, member_id)
    card = Card(
        store_id=context.store.id,
        member_id=member.id,
        number=next_running_number(session, context, "V"),
        tier=member.tier,
        issued_at=context.now(),
        valid_until=valid_until,
        fee=fee,
    )
    session.add(card)
    session.flush()
    audit.record(session, context, "card.issue", (EntityKind.CARD, card.id), {"number": card.number})
    return CardMade(card.id, card.number, card.fee)


def _load(session: Session, card_id: int, seen_version: int) -> Card:
    card = session.get(Card, card_id)
    if card is None:
        raise NotFoundError(EntityKind.CARD, str(card_id))
    if card.version != seen_version:
        raise StaleError(EntityKind.CARD, card.id, seen_version, card.version)
    return card


def _move(session: Session, card: Card, wanted: CardState, reason: str, context: Context) -> None:
    if wanted not in _MOVES[card.state]:
        raise IllegalMoveError(EntityKind.CARD, card.number, card.state, wanted)
    card.state = wanted
    card.state_reason = clean_line(reason)
    session.flush()
    audit.record(session, context, f"card.{wanted.value}", (EntityKind.CARD, card.id), {"number": card.number})
