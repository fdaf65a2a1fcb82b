"""The search box's answers: the find query in the database thread, put into words for the frame."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.found import FindResult, Hit, Why
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState
from crmdesk.core.members import CardState, CardTier
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import TicketState
from crmdesk.db.session import Session
from crmdesk.queries.find import find
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Command, Navigator
from crmdesk.views.support.widgets.search_hits import Answer, SearchGroup, SearchHit

if TYPE_CHECKING:
    from crmdesk.views.support.job_book import Job

_KEY = "search"
_LIMIT = 12
_ICONS = {
    EntityKind.MEMBER: "user-round",
    EntityKind.TICKET: "wrench",
    EntityKind.LOANER: "luggage",
    EntityKind.CARD: "credit-card",
    EntityKind.LETTER: "mail",
    EntityKind.ITEM: "package",
}
_STATES = {
    EntityKind.MEMBER: CardTier,
    EntityKind.TICKET: TicketState,
    EntityKind.LOANER: LoanerState,
    EntityKind.CARD: CardState,
}
_WHY = {
    Why.PINYIN: mark("pinyin"),
    Why.INITIALS: mark("initials"),
    Why.PHONE: mark("phone"),
    Why.CARD: mark("card number"),
    Why.CARD_REPLACED: mark("old card number"),
}


class Search(QObject):
    """Asks off the GUI thread; a newer question drops the older one."""

    def __init__(self, jobs: JobRunner, navigator: Navigator) -> None:
        """Take where to ask, and whose commands to offer."""
        super().__init__()
        self._jobs = jobs
        self._navigator = navigator
        self._running: Job | None = None

    def search(self, text: str, answer: Answer) -> None:
        """Find ``text`` and call ``answer`` on the GUI thread, unless a newer search began."""
        done = partial(self._answer, text, answer)
        self._running = self._jobs.read(self, partial(_find, text), done, key=_KEY)

    def cancel(self) -> None:
        """Forget the running search."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _answer(self, text: str, answer: Answer, found: FindResult) -> None:
        answer([group for group in (*_groups(found), self._commands(text)) if group.hits])

    def _commands(self, text: str) -> SearchGroup:
        wanted = text.strip().casefold()
        hits = [_command_hit(command) for command in self._navigator.commands() if wanted in command.title().casefold()]
        return SearchGroup(gettext("Commands"), tuple(hits[:5]))


def _find(text: str, session: Session, context: Context) -> FindResult:
    return find(session, text, context, _LIMIT)


def _command_hit(command: Command) -> SearchHit:
    return SearchHit(command.title(), icon="chevron-right", ref=command.name, value=command.shortcut)


def _groups(found: FindResult) -> Sequence[SearchGroup]:
    return (
        SearchGroup(gettext("Members"), tuple(map(_hit, found.members))),
        SearchGroup(gettext("Tickets"), tuple(map(_hit, found.tickets))),
        SearchGroup(gettext("Loaners"), tuple(map(_hit, found.loaners))),
        SearchGroup(gettext("Cards"), tuple(map(_hit, found.cards))),
        SearchGroup(gettext("Letters"), tuple(map(_hit, found.letters))),
        SearchGroup(gettext("Items"), tuple(map(_hit, found.items))),
    )


def _hit(hit: Hit) -> SearchHit:
    why = gettext(_WHY[hit.why]) if hit.why in _WHY else ""
    detail = " · ".join(filter(None, (hit.subtitle, why)))
    state = label(_STATES[hit.kind](hit.state)) if hit.state else ""
    return SearchHit(hit.title, detail, _ICONS[hit.kind], hit.opens, state, marks=tuple(hit.highlight))


def open_hit(navigator: Navigator) -> Callable[[object], None]:
    """Give what the window calls with the chosen hit's ref."""

    def opened(ref: object) -> None:
        if isinstance(ref, EntityRef):
            navigator.open(ref)
        elif isinstance(ref, str):
            navigator.run(ref)

    return opened
