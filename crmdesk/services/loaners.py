"""Loaners (备用品) as things of the shop: register, change, inspect, clean, repair, retire."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import LoanerState, SizeClass
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_code, clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.loaner import Loaner
from crmdesk.services import audit, loan_events
from crmdesk.services.loaner_steps import LOANERS, drop_reservations, load, move, put_in_order, shelve

NEW_LOOKS = 10
# Only lending and taking back lead to these.
_BY_LOAN = frozenset({LoanerState.LENT, LoanerState.RETURNED, LoanerState.RESERVED})
_GONE = frozenset({LoanerState.RETIRED, LoanerState.LOST})
_AFTER_INSPECTION = frozenset(
    {LoanerState.ON_SHELF, LoanerState.TO_CLEAN, LoanerState.IN_REPAIR, LoanerState.RETIRED, LoanerState.LOST}
)
# What a step is called on the time line, by where it leads, and where it matters by where it began.
_ACTS: dict[tuple[LoanerState | None, LoanerState], LoanAct] = {
    (None, LoanerState.IN_REPAIR): LoanAct.TO_REPAIR,
    (None, LoanerState.RETIRED): LoanAct.RETIRED,
    (None, LoanerState.LOST): LoanAct.MISSING,
    (LoanerState.IN_REPAIR, LoanerState.TO_INSPECT): LoanAct.REPAIRED,
    (LoanerState.IN_REPAIR, LoanerState.ON_SHELF): LoanAct.REPAIRED,
    (LoanerState.LOST, LoanerState.TO_INSPECT): LoanAct.FOUND,
}


@dataclass(frozen=True, slots=True)
class LoanerFacts:
    """What a person may type about a loaner.

    ``deposit`` zero takes the store's share of the value; ``looks`` are tenths of new, 1 to 10.
    """

    code: str
    name: str
    category: ItemCategory
    value: Money
    size_class: SizeClass = SizeClass.ONE_SIZE
    brand: str = ""
    colour: str = ""
    size: str = ""
    serial: str = ""
    accessories: str = ""
    deposit: Money = Money(0)
    shelf: str = ""
    looks: int = NEW_LOOKS
    bought_on: date | None = None
    cleaned_on: date | None = None


@dataclass(frozen=True, slots=True)
class EditLoaner:
    """New facts for a loaner as somebody saw it at ``seen_version``."""

    loaner_id: int
    seen_version: int
    facts: LoanerFacts


@dataclass(frozen=True, slots=True)
class MoveLoaner:
    """A step that no loan makes: to repair, retired, lost from the shelf, found again."""

    loaner_id: int
    seen_version: int
    wanted: LoanerState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Inspect:
    """What the inspection found: where the loaner goes next and how it looks, in tenths of new."""

    loaner_id: int
    seen_version: int
    result: LoanerState
    looks: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoanerMade:
    """A loaner's key, code, state and version after a write."""

    id: int
    code: str
    state: LoanerState
    version: int


def register(session: Session, facts: LoanerFacts, context: Context) -> Outcome[LoanerMade]:
    """Add a loaner to the store, on the shelf.

    Raises:
        NotAllowedError: the person does not work at the desk.
        InvalidFieldError: code or name missing, code in use, an amount below zero, looks outside 1 to 10.
    """
    context.require(Right.SERVE)
    _check(session, facts, context, None)
    loaner = Loaner(store_id=context.store.id, state=LoanerState.ON_SHELF, state_reason="")
    _fill(loaner, facts)
    session.add(loaner)
    session.flush()
    audit.record(session, context, "loaner.register", (EntityKind.LOANER, loaner.id), {"code": loaner.code})
    loan_events.note_loaner(session, loaner.id, LoanAct.REGISTERED, context)
    return _made(session, loaner)


def edit(session: Session, request: EditLoaner, context: Context) -> Outcome[LoanerMade]:
    """Change a loaner's facts; its state only changes by steps.

    Raises:
        StaleError: somebody changed it since it was read.
        InvalidFieldError: as for ``register``.
    """
    context.require(Right.SERVE)
    loaner = load(session, request.loaner_id, request.seen_version)
    _check(session, request.facts, context, loaner.id)
    _fill(loaner, request.facts)
    audit.record(session, context, "loaner.edit", (EntityKind.LOANER, loaner.id), {"code": loaner.code})
    return _made(session, loaner)


def move_loaner(session: Session, request: MoveLoaner, context: Context) -> Outcome[LoanerMade]:
    """Bring a loaner that is not lent to another state; reservations of one that is gone are cancelled.

    Raises:
        IllegalMoveError: the state table has no such step, or only a loan makes it.
        ReasonMissingError: repair, retirement and loss need a written reason.
    """
    context.require(Right.SERVE)
    loaner = load(session, request.loaner_id, request.seen_version)
    if loaner.state is LoanerState.LENT or request.wanted in _BY_LOAN:
        raise IllegalMoveError(EntityKind.LOANER, loaner.code, loaner.state, request.wanted)
    act = _ACTS.get((loaner.state, request.wanted)) or _ACTS.get((None, request.wanted))
    _go(session, loaner, request.wanted, context, request.reason)
    if act is not None:
        loan_events.note_loaner(session, loaner.id, act, context, request.reason)
    return _made(session, loaner)


def inspect(session: Session, request: Inspect, context: Context) -> Outcome[LoanerMade]:
    """Note what the inspection after a loan found and send the loaner on.

    Raises:
        IllegalMoveError: it does not wait for inspection.
        InvalidFieldError: looks outside 1 to 10.
        ReasonMissingError: repair, retirement and loss need a written reason.
    """
    context.require(Right.SERVE)
    loaner = load(session, request.loaner_id, request.seen_version)
    if loaner.state is not LoanerState.TO_INSPECT or request.result not in _AFTER_INSPECTION:
        raise IllegalMoveError(EntityKind.LOANER, loaner.code, loaner.state, request.result)
    loaner.looks = _looks(request.looks)
    _go(session, loaner, request.result, context, request.reason)
    words = " · ".join(part for part in (f"{loaner.looks}/{NEW_LOOKS}", clean_line(request.reason)) if part)
    loan_events.note_loaner(session, loaner.id, LoanAct.INSPECTED, context, words)
    gone = _ACTS.get((None, request.result))
    if gone is not None:
        loan_events.note_loaner(session, loaner.id, gone, context, request.reason)
    return _made(session, loaner)


def clean(
    session: Session, loaner_id: int, context: Context, *, seen_version: int | None = None
) -> Outcome[LoanerMade]:
    """Note that a loaner was cleaned today; it is free again.

    Raises:
        IllegalMoveError: it does not wait for cleaning.
    """
    context.require(Right.SERVE)
    loaner = load(session, loaner_id, seen_version)
    if loaner.state is not LoanerState.TO_CLEAN:
        raise IllegalMoveError(EntityKind.LOANER, loaner.code, loaner.state, LoanerState.ON_SHELF)
    loaner.cleaned_on = context.today()
    _go(session, loaner, LoanerState.ON_SHELF, context, "")
    loan_events.note_loaner(session, loaner.id, LoanAct.CLEANED, context)
    return _made(session, loaner)


def _go(session: Session, loaner: Loaner, wanted: LoanerState, context: Context, reason: str) -> None:
    if wanted is LoanerState.ON_SHELF:
        put_in_order(session, loaner, context)
        shelve(session, loaner, context, reason)
        return
    move(session, loaner, wanted, context, reason)
    if wanted in _GONE:
        drop_reservations(session, loaner, context)


def _check(session: Session, facts: LoanerFacts, context: Context, own_id: int | None) -> None:
    code = clean_code(facts.code)
    if not code:
        raise InvalidFieldError("code", "empty")
    if not clean_line(facts.name):
        raise InvalidFieldError("name", "empty")
    for field, amount in (("value", facts.value), ("deposit", facts.deposit)):
        if amount < Money(0):
            raise InvalidFieldError(field, "too_small", amount.yuan_text())
    _looks(facts.looks)
    same = session.execute(
        select(Loaner.id).where(Loaner.store_id == context.store.id, Loaner.code == code)
    ).scalar_one_or_none()
    if same is not None and same != own_id:
        raise InvalidFieldError("code", "taken", code)


def _looks(looks: int) -> int:
    if not 1 <= looks <= NEW_LOOKS:
        raise InvalidFieldError("looks", "too_small" if looks < 1 else "too_large", str(looks))
    return looks


def _fill(loaner: Loaner, facts: LoanerFacts) -> None:
    loaner.code = clean_code(facts.code)
    loaner.name = clean_line(facts.name)
    loaner.category = facts.category
    loaner.size_class = facts.size_class
    loaner.value = facts.value
    loaner.brand = clean_line(facts.brand)
    loaner.colour = clean_line(facts.colour)
    loaner.size = clean_line(facts.size)
    loaner.serial = clean_code(facts.serial)
    loaner.accessories = clean_line(facts.accessories)
    loaner.deposit = facts.deposit
    loaner.shelf = clean_code(facts.shelf)
    loaner.looks = facts.looks
    loaner.bought_on = facts.bought_on
    loaner.cleaned_on = facts.cleaned_on


def _made(session: Session, loaner: Loaner) -> Outcome[LoanerMade]:
    session.flush()
    return Outcome(LoanerMade(loaner.id, loaner.code, loaner.state, loaner.version), LOANERS)
