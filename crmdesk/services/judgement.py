"""Judging a repair: who or what caused it, on what evidence, who bears the cost (domain rule 1, Judgement)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.dates import months_between
from crmdesk.core.desk_errors import AboveLimitError, SplitError
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.ids import new_id
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.repair_rules import HERE
from crmdesk.core.roles import Right
from crmdesk.core.settings_service import WARRANTY_MONTHS
from crmdesk.core.text_clean import clean_code, clean_line, clean_note
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Liability, Payer, Remedy, TicketState
from crmdesk.db.rows import append
from crmdesk.models.condition import Photo
from crmdesk.models.item import Item
from crmdesk.models.judgement import CostShare, Judgement, JudgementPhoto
from crmdesk.models.ticket import Ticket
from crmdesk.queries.settings import store_settings
from crmdesk.services.quotes import withdraw
from crmdesk.services.ticket_steps import TICKETS, enter_judging, load, move, note_event

# What the house bears; an approval limit counts against it.
_HOUSE = (Payer.STORE, Payer.HEAD_OFFICE)
_BOUGHT_ON: Final = select(Item.purchased_on).where(Item.id == bindparam("item_id"))


@dataclass(frozen=True, slots=True)
class Judge:
    """A judgement; ``shares`` splits ``cost`` between the parties, to the fen; None is what the shares make.

    ``photos`` are the hashes of the ticket's photos that it rests on, ``fault`` the fault code that was found.
    """

    ticket_id: int
    seen_version: int
    liability: Liability
    remedy: Remedy
    cause: str = ""
    evidence: str = ""
    rule: str = ""
    shares: Mapping[Payer, Money] = field(default_factory=dict)
    cost: Money | None = None
    fault: str = ""
    photos: tuple[str, ...] = ()


def judge(session: Session, request: Judge, context: Context) -> Outcome[TicketState]:
    """Record who or what caused it and what is done; free repairs may start at once, refusals go back unrepaired.

    Raises:
        NotAllowedError: the person does not judge.
        AboveLimitError: the house's share is above the person's limit.
        IllegalMoveError: the ticket is not waiting for a judgement.
        ReasonMissingError: a refusal without cause.
        SplitError: the shares do not make the cost.
        InvalidFieldError: a negative amount, a free repair that the customer pays for, a photo of another ticket.
    """
    context.require(Right.JUDGE)
    ticket = load(session, request.ticket_id, request.seen_version)
    _check(request, context)
    enter_judging(session, ticket, context)
    _judgement(session, ticket, request, context)
    if request.remedy is not Remedy.REPAIR_PAID:
        withdraw(session, ticket)
    after = _after(ticket, request.remedy)
    if after is None:
        note_event(session, ticket, TicketAct.JUDGED, context, request.cause)
    else:
        move(session, ticket, after, TicketAct.JUDGED, context, request.cause)
    return Outcome(ticket.state, TICKETS)


def _after(ticket: Ticket, remedy: Remedy) -> TicketState | None:
    """Give where a judgement leads at once; goods that are away cannot be made ready before they are back."""
    if remedy is Remedy.REPAIR_FREE:
        return TicketState.APPROVED
    return TicketState.READY if remedy is Remedy.REFUSE and ticket.goods_place in HERE else None


def _check(request: Judge, context: Context) -> None:
    for payer, amount in request.shares.items():
        if amount < Money(0):
            raise InvalidFieldError(payer.value, "too_small", amount.yuan_text())
    split = Money.total(request.shares.values())
    if request.cost is not None and request.cost != split:
        raise SplitError(request.cost, split)
    house = Money.total(amount for payer, amount in request.shares.items() if payer in _HOUSE)
    if not context.may_approve(house):
        raise AboveLimitError(house, context.actor.approve_limit or Money(0))
    if request.remedy is Remedy.REFUSE and not clean_line(request.cause):
        raise ReasonMissingError("judge.refuse")
    if request.remedy is Remedy.REPAIR_FREE and request.shares.get(Payer.CUSTOMER):
        raise InvalidFieldError("remedy", "free_with_amount")


def _judgement(session: Session, ticket: Ticket, request: Judge, context: Context) -> None:
    bought = session.scalar(_BOUGHT_ON, {"item_id": ticket.item_id}) if ticket.item_id else None
    months = months_between(bought, context.today()) if bought else None
    warranty = store_settings(session, context.store.id).get(WARRANTY_MONTHS)
    judgement = {
        "id": new_id(),
        "store_id": context.store.id,
        "ticket_id": ticket.id,
        "liability": request.liability,
        "cause": clean_line(request.cause),
        "fault": clean_code(request.fault),
        "evidence": clean_note(request.evidence),
        "rule": clean_line(request.rule),
        "months_since_purchase": months,
        "warranty_months_left": None if months is None else max(warranty - months, 0),
        "remedy": request.remedy,
        "cost": request.cost if request.cost is not None else Money.total(request.shares.values()),
        "decided_by_id": context.actor.staff_id,
        "decided_at": context.now(),
    }
    append(session, Judgement, judgement)
    of_judgement = {"store_id": context.store.id, "judgement_id": judgement["id"]}
    shares = request.shares.items()
    append(session, CostShare, *(of_judgement | {"payer": payer, "amount": amount} for payer, amount in shares))
    shown = _known_photos(session, ticket, request.photos) if request.photos else ()
    append(session, JudgementPhoto, *(of_judgement | {"sha256": sha256} for sha256 in shown))


def _known_photos(session: Session, ticket: Ticket, photos: tuple[str, ...]) -> tuple[str, ...]:
    known = set(session.scalars(select(Photo.sha256).where(Photo.ticket_id == ticket.id)))
    wanted = tuple(dict.fromkeys(photos))
    if not known.issuperset(wanted):
        raise InvalidFieldError("photos", "not_there")
    return wanted
