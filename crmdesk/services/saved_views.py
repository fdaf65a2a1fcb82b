"""Keeping views of a list under a name: one's own, or everybody's."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, RefusedError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.saved_view import SavedView
from crmdesk.queries.saved_views import SERVICE
from crmdesk.services import audit

_CHANGED = frozenset({Topic.SETTINGS})
_LONGEST = 40
MOST = 30


class ViewExistsError(RefusedError):
    """The person has a view of this name already."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__(name)
        self.name = name


class TooManyViewsError(RefusedError):
    """Nobody finds anything among so many views."""

    def __init__(self, most: int) -> None:
        """Keep how many there may be."""
        super().__init__(str(most))
        self.most = most


@dataclass(frozen=True, slots=True)
class KeepView:
    """A view to keep; ``wanted`` is JSON as `crmdesk.queries.saved_views.write_wanted` gives it."""

    name: str
    wanted: str
    shared: bool = False
    screen: str = SERVICE


@dataclass(frozen=True, slots=True)
class ChangeView:
    """Another name, or another content, for a kept view; None leaves it."""

    view_id: int
    seen_version: int
    name: str | None = None
    wanted: str | None = None


def keep(session: Session, request: KeepView, context: Context) -> Outcome[int]:
    """Keep a view and give its key.

    Raises:
        NotAllowedError: everybody's views are the manager's business.
        InvalidFieldError: no name, or one that is too long.
        ViewExistsError: the name is taken.
        TooManyViewsError: there are too many.
    """
    if request.shared:
        context.require(Right.TEMPLATES)
    owner = None if request.shared else context.actor.staff_id
    name = _name(session, request.name, (request.screen, owner), context)
    beside = (SavedView.store_id == context.store.id, SavedView.screen == request.screen, SavedView.staff_id == owner)
    last, number = session.execute(select(func.max(SavedView.ordinal), func.count()).where(*beside)).one()
    if number >= MOST:
        raise TooManyViewsError(MOST)
    view = SavedView(
        store_id=context.store.id,
        staff_id=owner,
        screen=request.screen,
        name=name,
        wanted=request.wanted,
        ordinal=(last or 0) + 1,
    )
    session.add(view)
    session.flush()
    _note(session, "view.keep", view, context)
    return Outcome(view.id, _CHANGED)


def change(session: Session, request: ChangeView, context: Context) -> Outcome[int]:
    """Give a kept view another name or content; gives its new version.

    Raises:
        NotFoundError: it is gone, or somebody else's.
        StaleError: somebody changed it meanwhile.
        NotAllowedError: everybody's views are the manager's business.
        InvalidFieldError: no name.
        ViewExistsError: the name is taken.
    """
    view = _load(session, request.view_id, request.seen_version, context)
    if request.name is not None and clean_line(request.name) != view.name:
        view.name = _name(session, request.name, (view.screen, view.staff_id), context)
    if request.wanted is not None:
        view.wanted = request.wanted
    session.flush()
    _note(session, "view.change", view, context)
    return Outcome(view.version, _CHANGED)


def forget(session: Session, view_id: int, seen_version: int, context: Context) -> Outcome[KeepView]:
    """Drop a kept view; gives what `keep` needs to have it back.

    Raises:
        NotFoundError: it is gone, or somebody else's.
        StaleError: somebody changed it meanwhile.
        NotAllowedError: everybody's views are the manager's business.
    """
    view = _load(session, view_id, seen_version, context)
    kept = KeepView(view.name, view.wanted, view.staff_id is None, view.screen)
    _note(session, "view.forget", view, context)
    session.delete(view)
    session.flush()
    return Outcome(kept, _CHANGED)


def _load(session: Session, view_id: int, seen_version: int, context: Context) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None or view.store_id != context.store.id or view.staff_id not in (None, context.actor.staff_id):
        raise NotFoundError(EntityKind.STORE, str(view_id))
    if view.staff_id is None and not context.may(Right.TEMPLATES):
        raise NotAllowedError(Right.TEMPLATES, context.actor.role)
    if view.version != seen_version:
        raise StaleError(EntityKind.STORE, view_id, seen_version, view.version)
    return view


def _name(session: Session, typed: str, place: tuple[str, int | None], context: Context) -> str:
    name, (screen, owner) = clean_line(typed), place
    if not name or len(name) > _LONGEST:
        raise InvalidFieldError("name", "too_long" if name else "empty", name[:_LONGEST])
    same = select(SavedView.id).where(
        SavedView.store_id == context.store.id,
        SavedView.screen == screen,
        SavedView.staff_id == owner,
        SavedView.name == name,
    )
    if session.scalar(same.limit(1)) is not None:
        raise ViewExistsError(name)
    return name


def _note(session: Session, act: str, view: SavedView, context: Context) -> None:
    shared = view.staff_id is None
    audit.record(session, context, act, (EntityKind.STORE, context.store.id), {"name": view.name, "shared": shared})
