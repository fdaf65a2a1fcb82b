"""Shelves (货架位): their register, and goods that are put on them by scan (S9)."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.goods_errors import ShelfFullError, ShelfInUseError, ShelfTakenError, UnknownShelfError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.repair_errors import NotHereError
from crmdesk.core.repair_rules import HERE
from crmdesk.core.roles import Right
from crmdesk.core.shelf_codes import expand
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace
from crmdesk.core.topics import Topic
from crmdesk.models.shelf import Shelf
from crmdesk.models.ticket import Ticket
from crmdesk.queries.shelves import freest, goods_here, suggested
from crmdesk.services import audit
from crmdesk.services.batches import ticket_of
from crmdesk.services.ticket_steps import TICKETS, note_event

_NAME_LENGTH = 120
_MOST_ROOM = 999
_CHANGED = frozenset({Topic.SETTINGS, Topic.TICKETS})


@dataclass(frozen=True, slots=True)
class ShelfFacts:
    """A place; ``code`` of new ones may be a run such as ``A1-A12``, ``room`` None takes any number of things."""

    code: str
    name: str = ""
    room: int | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class PutGoods:
    """Goods by the number on their tag, and the shelf; ``anyway`` also when that is full."""

    code: str
    shelf: str
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """What lies where now, and where it lay before."""

    ticket_id: int
    number: str
    shelf: str
    before: str


def require_arranging(context: Context) -> None:
    """Let the manager and whoever changes settings arrange shelves.

    Raises:
        NotAllowedError: the person does neither.
    """
    if not context.may(Right.SETTINGS):
        context.require(Right.OVERRIDE)


def add(session: Session, facts: ShelfFacts, context: Context) -> Outcome[tuple[str, ...]]:
    """Add a shelf or a run of them behind the others; gives the codes.

    Raises:
        NotAllowedError: not for this person.
        InvalidFieldError: no code, no run, or room below one.
        ShelfTakenError: one of the codes is there already; none is added.
    """
    require_arranging(context)
    _check_room(facts.room)
    codes = expand(facts.code)
    last = session.scalar(select(func.max(Shelf.ordinal)).where(Shelf.store_id == context.store.id)) or 0
    for ordinal, code in enumerate(codes, last + 1):
        _refuse_taken(session, code, None, context)
        session.add(
            Shelf(
                store_id=context.store.id,
                code=code,
                name=clean_line(facts.name)[:_NAME_LENGTH],
                room=facts.room,
                ordinal=ordinal,
                active=facts.active,
            )
        )
        session.flush()
        audit.record(session, context, "shelf.add", (EntityKind.STORE, context.store.id), {"shelf": code})
    return Outcome(codes, _CHANGED)


def edit(session: Session, shelf_id: int, seen_version: int, facts: ShelfFacts, context: Context) -> Outcome[str]:
    """Change a shelf; one that goods lie on keeps its code and stays in use.

    Raises:
        NotAllowedError: not for this person.
        NotFoundError: there is none.
        StaleError: somebody changed it since.
        InvalidFieldError: no code, or room below one.
        ShelfTakenError: another one has this code.
        ShelfInUseError: goods lie there.
    """
    require_arranging(context)
    shelf = session.get(Shelf, shelf_id)
    if shelf is None or shelf.store_id != context.store.id:
        raise NotFoundError(EntityKind.STORE, str(shelf_id))
    if shelf.version != seen_version:
        raise StaleError(EntityKind.STORE, shelf_id, seen_version, shelf.version)
    _check_room(facts.room)
    (code, *more) = expand(facts.code)
    if more:
        raise InvalidFieldError("code", "not_one", facts.code)
    _refuse_taken(session, code, shelf_id, context)
    lying = _count(session, shelf.code, context)
    if lying and (code != shelf.code or not facts.active):
        raise ShelfInUseError(shelf.code, lying)
    shelf.code, shelf.name, shelf.room = code, clean_line(facts.name)[:_NAME_LENGTH], facts.room
    shelf.active = facts.active
    session.flush()
    audit.record(session, context, "shelf.edit", (EntityKind.STORE, context.store.id), {"shelf": code})
    return Outcome(code, _CHANGED)


def put(session: Session, request: PutGoods, context: Context) -> Outcome[Put]:
    """Put goods on a shelf, or move them to another; where no shelves are registered, any code will do.

    Raises:
        NotAllowedError: the person does not work at the desk.
        UnknownCodeError: no ticket has this number.
        NotHereError: its goods are not in this shop.
        InvalidFieldError: no shelf.
        UnknownShelfError: no shelf in use has this code.
        ShelfFullError: it takes nothing more.
    """
    context.require(Right.SERVE)
    ticket = ticket_of(session, request.code)
    if ticket.goods_place not in HERE or ticket.store_id != context.store.id:
        raise NotHereError(ticket.number)
    code = _shelf_for(session, ticket, request, context)
    before = ticket.shelf
    if (ticket.shelf, ticket.goods_place) != (code, GoodsPlace.SHELF):
        ticket.shelf, ticket.goods_place = code, GoodsPlace.SHELF
        note_event(session, ticket, TicketAct.SHELVED, context, code)
    return Outcome(Put(ticket.id, ticket.number, code, before), TICKETS)


def _shelf_for(session: Session, ticket: Ticket, request: PutGoods, context: Context) -> str:
    code = clean_code(request.shelf)
    if not code:
        raise InvalidFieldError("shelf", "empty")
    of_store = select(Shelf).where(Shelf.store_id == context.store.id, Shelf.active.is_(True))
    shelf = session.scalars(of_store.where(Shelf.code == code)).one_or_none()
    if shelf is None:
        if session.scalar(of_store.with_only_columns(Shelf.id).limit(1)) is not None:
            raise UnknownShelfError(code, suggested(session, context))
        return code
    if shelf.room is not None and not request.anyway and _count(session, code, context, but=ticket.id) >= shelf.room:
        raise ShelfFullError(code, shelf.room, freest(session, context, but=code))
    return code


def _count(session: Session, code: str, context: Context, *, but: int = 0) -> int:
    wanted = select(func.count()).select_from(Ticket).where(goods_here(context), Ticket.shelf == code, Ticket.id != but)
    return session.scalar(wanted) or 0


def _check_room(room: int | None) -> None:
    if room is not None and not 1 <= room <= _MOST_ROOM:
        raise InvalidFieldError("room", "out_of_range", str(room))


def _refuse_taken(session: Session, code: str, own: int | None, context: Context) -> None:
    with session.no_autoflush:
        other = session.scalar(select(Shelf.id).where(Shelf.store_id == context.store.id, Shelf.code == code))
    if other is not None and other != own:
        raise ShelfTakenError(code)
