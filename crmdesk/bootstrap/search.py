"""The search box's answers: the find query in the database thread, put into words for the frame."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from crmdesk.core.batches import BatchState
from crmdesk.core.context import Context
from crmdesk.core.found import Hit, More, Range, Why
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState
from crmdesk.core.members import CardState, CardTier
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.search_text import TermKind, analyse
from crmdesk.core.tickets import TicketState
from crmdesk.db.session import Session
from crmdesk.queries.find import find, find_more, heard_as
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Command, Navigator
from crmdesk.views.support.widgets.search_hits import Answer, SearchGroup, SearchHit

if TYPE_CHECKING:
    from crmdesk.views.support.job_book import Job

_KEY = "search"
_TAIL = 4  # digits of a phone that everybody sees
_LISTED = 10  # members at first: tickets and loaners below them are seen too
_ICONS = {
    EntityKind.MEMBER: "user-round",
    EntityKind.TICKET: "wrench",
    EntityKind.LOANER: "luggage",
    EntityKind.CARD: "credit-card",
    EntityKind.LETTER: "mail",
    EntityKind.ITEM: "package",
    EntityKind.BATCH: "truck",
}
_STATES = {
    EntityKind.MEMBER: CardTier,
    EntityKind.TICKET: TicketState,
    EntityKind.LOANER: LoanerState,
    EntityKind.CARD: CardState,
    EntityKind.BATCH: BatchState,
}
_HEADINGS = {
    EntityKind.MEMBER: mark("Members"),
    EntityKind.TICKET: mark("Tickets"),
    EntityKind.LOANER: mark("Loaners"),
    EntityKind.CARD: mark("Cards"),
    EntityKind.LETTER: mark("Letters"),
    EntityKind.ITEM: mark("Items"),
    EntityKind.BATCH: mark("Batches"),
}
_WHY = {
    Why.NAME: mark("name"),
    Why.PINYIN: mark("pinyin"),
    Why.INITIALS: mark("initials"),
    Why.PHONE: mark("phone"),
    Why.NUMBER: mark("number"),
    Why.CARD: mark("card number"),
    Why.CARD_REPLACED: mark("old card number"),
    Why.CUSTOMER: mark("customer"),
    Why.BRAND: mark("brand or name"),
    Why.SERIAL: mark("serial number"),
    Why.COURIER: mark("courier number"),
}


class _Found(NamedTuple):
    """An answer with the sounds by which names were found, made off the GUI thread."""

    groups: tuple[tuple[EntityKind, tuple[SearchHit, ...]], ...]
    more: More | None


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

    def _answer(self, text: str, answer: Answer, found: _Found) -> None:
        groups = [self._group(text, kind, hits, found.more) for kind, hits in found.groups]
        answer([group for group in (*groups, self._commands(text)) if group.hits])

    def _group(self, text: str, kind: EntityKind, hits: tuple[SearchHit, ...], more: More | None) -> SearchGroup:
        heading = gettext(_HEADINGS[kind])
        if kind is not EntityKind.MEMBER:
            return SearchGroup(heading, hits)
        listed = SearchGroup(heading, hits[:_LISTED], None if more is not None else len(hits))
        return self._going_on(text, listed, hits[_LISTED:], more)

    def _going_on(self, text: str, listed: SearchGroup, rest: tuple[SearchHit, ...], more: More | None) -> SearchGroup:
        """Let a group of members go on with those that were read already, then with the next page."""
        if rest:
            words = ngettext("{count} more member", "{count} more members", len(rest)).format(count=len(rest))
            return replace(listed, more=partial(self._give_rest, text, rest, more), more_words=words)
        if more is not None:
            return replace(listed, more=partial(self._next_page, text, more), more_words=gettext("More members"))
        return listed

    def _give_rest(
        self, text: str, rest: tuple[SearchHit, ...], more: More | None, answer: Callable[[SearchGroup], None]
    ) -> None:
        answer(self._going_on(text, SearchGroup("", rest), (), more))

    def _next_page(self, text: str, more: More, answer: Callable[[SearchGroup], None]) -> None:
        def done(found: _Found) -> None:
            hits = found.groups[0][1] if found.groups else ()
            answer(self._going_on(text, SearchGroup("", hits), (), found.more))

        self._running = self._jobs.read(self, partial(_find_more, text, more), done, key=_KEY)

    def _commands(self, text: str) -> SearchGroup:
        wanted = text.strip().casefold()
        hits = [_command_hit(command) for command in self._navigator.commands() if wanted in command.title().casefold()]
        return SearchGroup(gettext("Commands"), tuple(hits[:5]))


def _find(text: str, session: Session, context: Context) -> _Found:
    found = find(session, text, context)
    return _Found(tuple([(kind, tuple([_hit(text, hit) for hit in hits])) for kind, hits in found.groups]), found.more)


def _find_more(text: str, more: More, session: Session, context: Context) -> _Found:
    people = find_more(session, text, more, context)
    return _Found(((EntityKind.MEMBER, tuple([_hit(text, hit) for hit in people.hits])),), people.more)


def _command_hit(command: Command) -> SearchHit:
    return SearchHit(command.title(), icon="chevron-right", ref=command.name, value=command.shortcut)


def _hit(text: str, hit: Hit) -> SearchHit:
    why = " ".join(filter(None, (gettext(_WHY[hit.why]), heard_as(text, hit))))
    detail = " · ".join(filter(None, (hit.subtitle, why)))
    state = label(_STATES[hit.kind](hit.state)) if hit.state else ""
    seen = _end_seen(text, hit) if hit.why is Why.PHONE else ()
    return SearchHit(hit.title, detail, _ICONS[hit.kind], hit.opens, state, marks=hit.highlight, detail_marks=seen)


def _end_seen(text: str, hit: Hit) -> tuple[Range, ...]:
    """Mark the end of a phone that was typed; its middle stays hidden."""
    typed = "".join(analyse(text).of(TermKind.DIGITS)[:1])[-_TAIL:]
    end = len(hit.subtitle)
    return ((end - len(typed), end),) if typed and hit.subtitle.endswith(typed) else ()


def open_hit(navigator: Navigator) -> Callable[[object], None]:
    """Give what the window calls with the chosen hit's ref."""

    def opened(ref: object) -> None:
        if isinstance(ref, EntityRef):
            navigator.open(ref)
        elif isinstance(ref, str):
            navigator.run(ref)

    return opened
