"""Rules of the head-office leg: what a reply must say, where goods are, when head office is chased."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crmdesk.core.batches import BatchLineState, BatchParty
from crmdesk.core.desk_errors import SplitError
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.money import Money
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import GoodsPlace, Liability, Payer, Remedy, Route

# Where the goods of a batch are once they have arrived, and who judges then.
ARRIVED_AT: Final = {BatchParty.HEAD_OFFICE: GoodsPlace.HEAD_OFFICE, BatchParty.VENDOR: GoodsPlace.VENDOR}
ROUTE_OF: Final = {BatchParty.HEAD_OFFICE: Route.HEAD_OFFICE, BatchParty.VENDOR: Route.VENDOR}
HERE: Final = frozenset({GoodsPlace.COUNTER, GoodsPlace.SHELF})
AWAY: Final = frozenset({GoodsPlace.TRANSIT, GoodsPlace.HEAD_OFFICE, GoodsPlace.VENDOR})
# Lines that wait for an answer, lines whose goods are not in the store.
UNANSWERED: Final = frozenset({BatchLineState.SENT, BatchLineState.ARRIVED})
OUT: Final = UNANSWERED | {BatchLineState.REPLIED, BatchLineState.MISSING}
REPAIRS: Final = frozenset({Remedy.REPAIR_FREE, Remedy.REPAIR_PAID})
MOST_DAYS: Final = 365
_CHECK_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """What head office or a repairer says about one ticket's goods."""

    repairable: bool
    liability: Liability
    remedy: Remedy
    cost: Money = Money(0)
    shares: Mapping[Payer, Money] = field(default_factory=dict)
    days: int | None = None
    decided_by: str = ""
    words: str = ""

    @property
    def customer_pays(self) -> Money:
        """Give the customer's part of the cost."""
        return self.shares.get(Payer.CUSTOMER, Money(0))


def check_answer(answer: Answer) -> None:
    """Refuse an answer that cannot be meant.

    Raises:
        InvalidFieldError: a negative amount, days out of bounds, a repair of what is not repairable, nobody's name.
        SplitError: the shares do not add up to the cost.
        ReasonMissingError: refused, or not repairable, without words.
    """
    if answer.cost < Money(0):
        raise InvalidFieldError("cost", "negative", answer.cost.yuan_text())
    for payer, amount in answer.shares.items():
        if amount < Money(0):
            raise InvalidFieldError(payer.value, "negative", amount.yuan_text())
    split = Money.total(answer.shares.values())
    if split != answer.cost:
        raise SplitError(answer.cost, split)
    if answer.days is not None and not 0 <= answer.days <= MOST_DAYS:
        raise InvalidFieldError("days", "out_of_bounds", str(answer.days))
    if not answer.repairable and answer.remedy in REPAIRS:
        raise InvalidFieldError("remedy", "not_repairable", answer.remedy.value)
    if answer.remedy is Remedy.REPAIR_FREE and answer.customer_pays:
        raise InvalidFieldError("remedy", "free_with_amount", answer.customer_pays.yuan_text())
    _check_words(answer)


def _check_words(answer: Answer) -> None:
    if not clean_line(answer.decided_by):
        raise InvalidFieldError("decided_by", "empty")
    if (not answer.repairable or answer.remedy is Remedy.REFUSE) and not clean_line(answer.words):
        raise ReasonMissingError("batch.refuse")


def chase_due(due_on: date, chased_on: date | None, gap_days: int, today: date) -> bool:
    """Tell whether a line is to be chased today: past its day, and not chased within ``gap_days``."""
    if today <= due_on:
        return False
    return chased_on is None or (today - chased_on).days >= gap_days


def row_check(batch_number: str, *cells: str) -> str:
    """Give the checksum of one row of a judgement form over everything that its reader must not change.

    It tells mistakes, not fraud: who forges a row on purpose can make it too.
    """
    parts = "\x1f".join([batch_number, *(clean_line(cell) for cell in cells)])
    return hashlib.sha256(parts.encode()).hexdigest()[:_CHECK_LENGTH]
