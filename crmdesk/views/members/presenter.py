"""Between the member screens and the services: gathers requests, submits jobs; no widgets."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from crmdesk.core.context import Context
from crmdesk.core.members import CardState
from crmdesk.core.order import Order
from crmdesk.core.outcome import Outcome
from crmdesk.queries import cards as card_rows
from crmdesk.queries import member_rows
from crmdesk.queries.cards import CardFilter, CardRow, CardView
from crmdesk.queries.member_files import FormWords, Lookalike, MemberFile, Probe, form_words, lookalikes
from crmdesk.queries.member_history import History, HistoryKind, member_history
from crmdesk.queries.member_page import MemberPage, member_page
from crmdesk.queries.member_rows import MemberFilter, MemberRow, MemberView
from crmdesk.services import cards, consents, looks, member_file
from crmdesk.services.cards import CardMade, CardStep, IssueCard, ReplaceCard
from crmdesk.services.consents import SetConsent
from crmdesk.services.looks import ContactSeen, PrivateSeen
from crmdesk.services.member_file import SaveMember
from crmdesk.services.members import MemberMade
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.row_source import RowSource

if TYPE_CHECKING:
    from crmdesk.db.session import Session

T = TypeVar("T")
Done = Callable[[T], None]
Failed = Callable[[Exception], None]


class MemberPresenter:
    """The work of one screen or dialog; callbacks come on the GUI thread while ``owner`` lives."""

    def __init__(self, desk: Desk, owner: QObject) -> None:
        """Serve ``owner``."""
        self.desk = desk
        self._owner = owner

    def context(self) -> Context:
        """Give the surroundings of the signed-in person."""
        return self.desk.signin.context()

    def today(self) -> date:
        """Give the store's day."""
        return self.context().today()

    # -- lists -------------------------------------------------------------------------------

    def members(self, chosen: MemberFilter) -> RowSource[MemberRow]:
        """Give the member list of one filter."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[MemberRow]:
            return member_rows.first(session, chosen, context, order, limit)

        return RowSource(
            first=first,
            ids=lambda session, context, order: member_rows.ids(session, chosen, context, order),
            rows=lambda session, context, wanted: member_rows.rows(session, wanted, context),
        )

    def cards(self, chosen: CardFilter) -> RowSource[CardRow]:
        """Give the card list of one filter."""

        def first(session: "Session", context: Context, order: Order | None, limit: int) -> list[CardRow]:
            return card_rows.first(session, chosen, context, order, limit)

        return RowSource(
            first=first,
            ids=lambda session, context, order: card_rows.ids(session, chosen, context, order),
            rows=lambda session, context, wanted: card_rows.rows(session, wanted, context),
        )

    def read_counts(self, done: Done[dict[MemberView, int]]) -> None:
        """Ask how many members each view holds."""
        self.desk.jobs.read(self._owner, member_rows.counts, done, key="counts", background=True)

    def read_card_counts(self, done: Done[dict[CardView, int]]) -> None:
        """Ask how many cards each view holds."""
        self.desk.jobs.read(self._owner, card_rows.counts, done, key="counts", background=True)

    def read_cards_in_use(self, member_ids: Sequence[int], done: Done[list[int]]) -> None:
        """Ask for the cards that these members use now."""
        wanted = list(member_ids)
        self.desk.jobs.read(self._owner, lambda session, context: card_rows.in_use(session, wanted, context), done)

    # -- one member --------------------------------------------------------------------------

    def read_page(self, member_id: int, done: Done[MemberPage], failed: Failed) -> None:
        """Ask for everything on a member's page."""
        self.desk.jobs.read(
            self._owner, lambda session, context: member_page(session, member_id, context), done, failed, key="page"
        )

    def read_history(
        self, member_id: int, kind: HistoryKind | None, limit: int, done: Done[History], days: int | None = None
    ) -> None:
        """Ask for the newest lines of the time line, of so many days or of all."""
        self.desk.jobs.read(
            self._owner,
            lambda session, context: member_history(session, member_id, context, kind, limit, days),
            done,
            key="history",
        )

    def look(self, member_id: int, done: Done[ContactSeen]) -> None:
        """See phones and address in full; it is noted."""
        self._write(lambda session, context: looks.note_look(session, member_id, context), done)

    def note_opened(self, member_id: int, noted: Callable[[], None]) -> None:
        """Note in the log that the page was opened; ``noted`` is called when it is there."""
        self._write(lambda session, context: looks.note_page(session, member_id, context), lambda _new: noted())

    def look_private(self, member_id: int, done: Done[PrivateSeen], failed: Failed | None = None) -> None:
        """See the private profile; it is noted."""
        self._write(lambda session, context: looks.note_private_look(session, member_id, context), done, failed)

    # -- the form ----------------------------------------------------------------------------

    def open_file(self, member_id: int, done: Done[MemberFile], failed: Failed | None = None) -> None:
        """Open a file for the form; it is noted when phones are in it in full."""
        self._write(lambda session, context: member_file.open_file(session, member_id, context), done, failed)

    def read_words(self, done: Done[FormWords]) -> None:
        """Ask what the form offers."""
        self.desk.jobs.read(self._owner, form_words, done, key="words")

    def read_lookalikes(self, probe: Probe, done: Done[tuple[Lookalike, ...]]) -> None:
        """Ask who on file may be the same person."""
        self.desk.jobs.read(
            self._owner, lambda session, context: lookalikes(session, probe, context), done, key="alike"
        )

    def save(self, request: SaveMember, done: Done[MemberMade], failed: Failed) -> None:
        """Save the form."""
        self._write(lambda session, context: member_file.save(session, request, context), done, failed)

    def say_consents(self, wanted: Sequence[SetConsent], done: Done[int], failed: Failed) -> None:
        """Keep what a member said about several purposes, all of it or nothing."""

        def work(session: "Session", context: Context) -> Outcome[int]:
            made = [consents.set_consent(session, one, context) for one in wanted]
            changed = frozenset(topic for one in made for topic in one.changed)
            return Outcome(sum(one.value for one in made), changed)

        self._write(work, done, failed)

    # -- cards -------------------------------------------------------------------------------

    def issue(self, request: IssueCard, done: Done[CardMade], failed: Failed | None = None) -> None:
        """Give a member the first card."""
        self._write(lambda session, context: cards.issue(session, request, context), done, failed)

    def issue_to_all(self, member_ids: Sequence[int], done: Done[int]) -> None:
        """Give a card to everyone of them who has none."""
        wanted = list(member_ids)
        self._write(lambda session, context: cards.issue_to_all(session, wanted, context), done)

    def step(self, card: CardRow, wanted: CardState, reason: str, done: Done[CardState]) -> None:
        """Report a card lost, found again or handed in."""
        verb = {
            CardState.LOST: cards.report_lost,
            CardState.ISSUED: cards.found_again,
            CardState.RETURNED: cards.hand_in,
        }[wanted]
        request = CardStep(card.id, card.version, reason)
        self._write(lambda session, context: verb(session, request, context), done)

    def replace(self, request: ReplaceCard, done: Done[CardMade], failed: Failed) -> None:
        """Give a new card for an old one."""
        self._write(lambda session, context: cards.replace(session, request, context), done, failed)

    def _write(
        self,
        work: "Callable[[Session, Context], Outcome[T]]",
        done: Done[T],
        failed: Failed | None = None,
    ) -> None:
        self.desk.jobs.write(self._owner, work, done, failed)
