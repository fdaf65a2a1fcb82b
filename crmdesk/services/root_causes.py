"""The owner edits the root-cause tree: renames, adds, moves, retires; nothing that was used is ever deleted."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.cause_tree import Cause, CauseBook
from crmdesk.core.complaint_errors import CauseNameTakenError
from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, StaleError
from crmdesk.core.ids import new_id
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import RootCause
from crmdesk.core.topics import Topic
from crmdesk.models.root_cause import CauseNode
from crmdesk.queries.root_causes import cause_book
from crmdesk.services import audit

_CHANGED: Final = frozenset({Topic.SETTINGS, Topic.TICKETS})
_NAME_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class AddCause:
    """A cause of the store's own below a category."""

    category: RootCause
    name: str


@dataclass(frozen=True, slots=True)
class EditCause:
    """A cause's name and category; an empty name gives a shipped one its own back."""

    code: str
    name: str
    category: RootCause


@dataclass(frozen=True, slots=True)
class NameCategory:
    """Another name for a category; empty gives the shipped one back."""

    category: RootCause
    name: str


@dataclass(frozen=True, slots=True)
class MoveCause:
    """A cause a step up (-1) or down (1) among those of its category, as somebody saw them in ``seen``."""

    code: str
    step: int
    seen: tuple[str, ...]


def add_cause(session: Session, request: AddCause, context: Context) -> Outcome[str]:
    """Add a cause; gives its code.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no name, or one too long.
        CauseNameTakenError: the category has a cause of this name, perhaps a retired one.
    """
    context.require(Right.SETTINGS)
    book = cause_book(session, context.store.id)
    name = _name(request.name)
    _require_free(book, request.category, name, "")
    code = f"own{new_id()}"
    _write(session, Cause(code, request.category, (("", name),), shipped=False), context)
    audit.record(session, context, "cause.add", (EntityKind.STORE, context.store.id), {"name": name})
    return Outcome(code, _CHANGED)


def edit_cause(session: Session, request: EditCause, context: Context) -> Outcome[str]:
    """Rename a cause or move it below another category; complaints keep what was found then.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no such cause, or no name for one of the store's own.
        CauseNameTakenError: the category has another cause of this name.
    """
    context.require(Right.SETTINGS)
    book = cause_book(session, context.store.id)
    known = _known(book, request.code)
    name = clean_line(request.name)
    if name or not known.shipped:
        name = _name(name)
        _require_free(book, request.category, name, known.code)
    row = _write(session, Cause(known.code, request.category, (("", name),), known.active, known.shipped), context)
    if request.category is not known.category:
        row.place = None
    facts = {"name": name, "name_before": known.name(context.language)}
    audit.record(session, context, "cause.edit", (EntityKind.STORE, context.store.id), facts)
    return Outcome(known.code, _CHANGED)


def retire(session: Session, code: str, context: Context) -> Outcome[str]:
    """Retire a cause: it is not offered any more, complaints that name it keep it.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no such cause.
    """
    known = _turn(session, code, context, active=False)
    facts = {"name": known.name(context.language)}
    audit.record(session, context, "cause.retire", (EntityKind.STORE, context.store.id), facts)
    return Outcome(code, _CHANGED)


def restore(session: Session, code: str, context: Context) -> Outcome[str]:
    """Bring a retired cause back.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no such cause.
    """
    known = _turn(session, code, context, active=True)
    facts = {"name": known.name(context.language)}
    audit.record(session, context, "cause.restore", (EntityKind.STORE, context.store.id), facts)
    return Outcome(code, _CHANGED)


def move_cause(session: Session, request: MoveCause, context: Context) -> Outcome[str]:
    """Let a cause stand a step higher or lower in its category; at the edge nothing changes.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: no such cause.
        StaleError: somebody changed the order since.
    """
    context.require(Right.SETTINGS)
    book = cause_book(session, context.store.id)
    known = _known(book, request.code)
    codes = [one.code for one in book.below(known.category, retired=True)]
    if tuple(codes) != request.seen:
        raise StaleError(EntityKind.STORE, context.store.id, 0, 0)
    at = codes.index(known.code)
    to = at + request.step
    if not 0 <= to < len(codes):
        return Outcome(known.code, frozenset())
    codes.insert(to, codes.pop(at))
    for place, code in enumerate(codes):
        cause = _known(book, code)
        own = "" if cause.shipped and "" not in dict(cause.names) else cause.name(context.language)
        row = _write(session, Cause(code, cause.category, (("", own),), cause.active, cause.shipped), context)
        row.place = place
    facts: audit.Detail = {"name": known.name(context.language), "place": to + 1, "place_before": at + 1}
    audit.record(session, context, "cause.move", (EntityKind.STORE, context.store.id), facts)
    return Outcome(known.code, _CHANGED)


def _turn(session: Session, code: str, context: Context, *, active: bool) -> Cause:
    context.require(Right.SETTINGS)
    known = _known(cause_book(session, context.store.id), code)
    _write(session, Cause(code, known.category, known.names, active, known.shipped), context)
    return known


def name_category(session: Session, request: NameCategory, context: Context) -> Outcome[str]:
    """Give a category another name.

    Raises:
        NotAllowedError: the person does not change settings.
        InvalidFieldError: a name that is too long.
    """
    context.require(Right.SETTINGS)
    name = _name(request.name) if clean_line(request.name) else ""
    before = cause_book(session, context.store.id).category_name(request.category, context.language)
    named = Cause(request.category.value, request.category, (("", name),), shipped=False)
    _write(session, named, context)
    facts = {"name": name, "name_before": before}
    audit.record(session, context, "cause.name_category", (EntityKind.STORE, context.store.id), facts)
    return Outcome(name, _CHANGED)


def _known(book: CauseBook, code: str) -> Cause:
    cause = book.cause(code)
    if cause is None:
        raise InvalidFieldError("cause_code", "not_a_choice", code)
    return cause


def _name(typed: str) -> str:
    name = clean_line(typed)
    if not name:
        raise InvalidFieldError("name", "empty")
    if len(name) > _NAME_LENGTH:
        raise InvalidFieldError("name", "too_long", name)
    return name


def _require_free(book: CauseBook, category: RootCause, name: str, code: str) -> None:
    same = {one.name().casefold() for one in book.below(category, retired=True) if one.code != code}
    if name.casefold() in same:
        raise CauseNameTakenError(name)


def _write(session: Session, cause: Cause, context: Context) -> CauseNode:
    """Keep what the store says about a cause in its row, made when it says something for the first time."""
    of_store = CauseNode.store_id == context.store.id
    row = session.scalars(select(CauseNode).where(of_store, CauseNode.code == cause.code)).one_or_none()
    if row is None:
        count = session.scalar(select(func.count()).select_from(CauseNode).where(of_store)) or 0
        row = CauseNode(store_id=context.store.id, code=cause.code, ordinal=count)
        session.add(row)
    row.category = cause.category
    row.name = dict(cause.names).get("", "")
    row.active = cause.active
    session.flush()
    return row
