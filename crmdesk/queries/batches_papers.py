"""The facts of the papers that travel with a batch: packing list, judgement form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.batches import BatchLineState
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.dates import months_between
from crmdesk.core.errors import NotFoundError
from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext_in
from crmdesk.core.judgement_sheet import NOT_REPAIRABLE, REPAIRABLE
from crmdesk.core.labels import label_in
from crmdesk.core.paper_facts.batch import (
    BatchLineFacts,
    ChoiceWords,
    JudgementFormFacts,
    PackingListFacts,
    RecipientFacts,
)
from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_store import PAPER_ADDRESS, PAPER_HOURS, PAPER_PHONE
from crmdesk.core.tickets import Liability, Payer, Remedy
from crmdesk.models.batch import Batch, BatchLine, Vendor
from crmdesk.models.item import Item
from crmdesk.models.paper import Paper
from crmdesk.models.store import Store
from crmdesk.models.ticket import Ticket, TicketFault
from crmdesk.queries.settings import store_settings


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the papers of one batch are made from."""

    session: Session
    batch: Batch
    context: Context
    language: str

    def moment(self, moment: datetime) -> datetime:
        """Give a moment in the store's zone."""
        return local_time(moment, self.context.store.zone)

    def store(self) -> StoreFacts:
        """Give the heading; what the settings leave open comes from the store itself."""
        store = self.session.get_one(Store, self.batch.store_id)
        values = store_settings(self.session, store.id)
        return StoreFacts(
            name=store.name,
            code=store.code,
            address=values.get(PAPER_ADDRESS) or store.address,
            phone=values.get(PAPER_PHONE) or store.phone,
            hours=values.get(PAPER_HOURS),
        )

    def recipient(self) -> RecipientFacts:
        """Give where it goes."""
        party = label_in(self.language, self.batch.party)
        vendor = self.session.get(Vendor, self.batch.vendor_id) if self.batch.vendor_id else None
        if vendor is None:
            return RecipientFacts(party)
        return RecipientFacts(party, vendor.name, vendor.contact, vendor.phone, vendor.address)

    def printed(self, kind: PaperKind) -> PrintFacts:
        """Give who prints now, and how often this paper left before."""
        before = self.session.scalar(
            select(func.coalesce(func.sum(Paper.prints), 0)).where(
                Paper.kind == kind, Paper.number == self.batch.number
            )
        )
        return PrintFacts(self.moment(self.context.now()), self.context.actor.name, before or 0)

    def lines(self, states: frozenset[BatchLineState]) -> tuple[BatchLineFacts, ...]:
        """Give the lines that are in one of ``states``, in the order in which they were packed."""
        wanted = (
            select(BatchLine, Ticket, Item)
            .join(Ticket, BatchLine.ticket_id == Ticket.id)
            .outerjoin(Item, Ticket.item_id == Item.id)
            .where(BatchLine.batch_id == self.batch.id, BatchLine.state.in_(states))
            .order_by(BatchLine.ordinal)
        )
        found = self.session.execute(wanted).all()
        faults = self._faults([row.Ticket.id for row in found])
        return tuple(self._line(row.BatchLine, row.Ticket, row.Item, faults) for row in found)

    def _line(
        self, line: BatchLine, ticket: Ticket, item: Item | None, faults: dict[int, tuple[str, ...]]
    ) -> BatchLineFacts:
        bought = item.purchased_on if item is not None else None
        parts = [item.brand, item.name, item.model, item.colour, item.size] if item is not None else [ticket.subject]
        received = day_in_zone(ticket.received_at, self.context.store.zone)
        divider = gettext_in(self.language, ", ")
        return BatchLineFacts(
            number=ticket.number,
            item=" ".join(part for part in parts if part),
            accessories=line.accessories,
            faults=divider.join(fault_name(code, self.language) for code in faults.get(ticket.id, ())),
            said=ticket.customer_words,
            asked=line.asked,
            value=ticket.declared_value,
            months=None if bought is None else months_between(bought, received),
        )

    def _faults(self, ticket_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        wanted = (
            select(TicketFault.ticket_id, TicketFault.code)
            .where(TicketFault.ticket_id.in_(ticket_ids))
            .order_by(TicketFault.ordinal)
        )
        found: dict[int, tuple[str, ...]] = {}
        for ticket_id, code in self.session.execute(wanted):
            found[ticket_id] = (*found.get(ticket_id, ()), code)
        return found


def _sources(session: Session, batch_id: int, context: Context, language: str) -> _Sources:
    batch = session.get(Batch, batch_id)
    if batch is None or batch.store_id != context.store.id:
        raise NotFoundError(EntityKind.BATCH, str(batch_id))
    return _Sources(session, batch, context, language)


_TRAVELS = frozenset(BatchLineState) - {BatchLineState.TAKEN_OUT}
_TO_ANSWER = frozenset({BatchLineState.PACKED, BatchLineState.SENT, BatchLineState.ARRIVED})


def packing_list(session: Session, batch_id: int, context: Context, language: str) -> PackingListFacts:
    """Give the facts of the packing list: everything that was packed and not taken out.

    Raises:
        NotFoundError: no such batch.
    """
    sources = _sources(session, batch_id, context, language)
    batch = sources.batch
    return PackingListFacts(
        number=batch.number,
        store=sources.store(),
        recipient=sources.recipient(),
        lines=sources.lines(_TRAVELS),
        printed=sources.printed(PaperKind.PACKING_LIST),
        made_at=sources.moment(batch.made_at),
        sent_at=sources.moment(batch.sent_at) if batch.sent_at else None,
        courier=batch.courier,
        tracking=batch.tracking,
        note=batch.note,
    )


def judgement_form(session: Session, batch_id: int, context: Context, language: str) -> JudgementFormFacts:
    """Give the facts of the form: every line that has no answer yet.

    Raises:
        NotFoundError: no such batch.
    """
    sources = _sources(session, batch_id, context, language)
    return JudgementFormFacts(
        number=sources.batch.number,
        store=sources.store(),
        recipient=sources.recipient(),
        lines=sources.lines(_TO_ANSWER),
        printed=sources.printed(PaperKind.JUDGEMENT_FORM),
        choices=choice_words(language),
    )


def choice_words(language: str) -> ChoiceWords:
    """Give the words to choose from, in ``language``."""
    return ChoiceWords(
        repairable=tuple(gettext_in(language, words) for words in (REPAIRABLE, NOT_REPAIRABLE)),
        liability=tuple(label_in(language, one) for one in Liability),
        remedy=tuple(label_in(language, one) for one in Remedy),
        payers=tuple(label_in(language, one) for one in Payer),
    )
