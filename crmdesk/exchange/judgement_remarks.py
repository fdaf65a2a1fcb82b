"""What is wrong with one row of a judgement form that came back, and how it is said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crmdesk.core.i18n import gettext, mark
from crmdesk.core.judgement_sheet import TITLES, SheetColumn


class ReplyReason(StrEnum):
    """Why a row stays out."""

    UNKNOWN_ROW = "unknown_row"
    NUMBER_CHANGED = "number_changed"
    ITEM_CHANGED = "item_changed"
    DOUBLED = "doubled"
    MISSING = "missing"
    WORD_UNKNOWN = "word_unknown"
    AMOUNT_UNKNOWN = "amount_unknown"
    AMOUNT_NEGATIVE = "amount_negative"
    AMOUNT_TOO_FINE = "amount_too_fine"
    SPLIT = "split"
    DAYS_UNKNOWN = "days_unknown"
    REMEDY_UNFIT = "remedy_unfit"
    TOO_LONG = "too_long"
    # Found by the service that sees the batch.
    NOT_IN_BATCH = "not_in_batch"
    ANSWERED = "answered"
    NOT_OUT = "not_out"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: the column it belongs to, what stands there, one more fact."""

    reason: ReplyReason
    column: SheetColumn
    value: str = ""
    fact: str = ""


_R = ReplyReason
_WORDS: Final[dict[ReplyReason, str]] = {
    _R.UNKNOWN_ROW: mark("This row was not in the form that was exported."),
    _R.NUMBER_CHANGED: mark("The order number was changed: “{value}” instead of {fact}."),
    _R.ITEM_CHANGED: mark("Item, accessories or fault were changed; the row may answer other goods."),
    _R.DOUBLED: mark("{value} is there more than once."),
    _R.MISSING: mark("“{column}” is empty."),
    _R.WORD_UNKNOWN: mark("“{column}”: “{value}” is none of the words to choose from."),
    _R.AMOUNT_UNKNOWN: mark("“{column}”: “{value}” is no amount."),
    _R.AMOUNT_NEGATIVE: mark("“{column}”: {value} is below zero."),
    _R.AMOUNT_TOO_FINE: mark("“{column}”: {value} has more than two decimals."),
    _R.SPLIT: mark("The parts do not make the whole cost: {fact}."),
    _R.DAYS_UNKNOWN: mark("“{column}”: “{value}” is no number of days."),
    _R.REMEDY_UNFIT: mark("“{column}”: “{value}” does not fit the other answers."),
    _R.TOO_LONG: mark("“{column}” is too long."),
    _R.NOT_IN_BATCH: mark("{value} is not in this batch."),
    _R.ANSWERED: mark("{value} has its reply already."),
    _R.NOT_OUT: mark("The goods of {value} are not out."),
}
_LONGEST: Final = 60


def remark_sentence(remark: Remark) -> str:
    """Say a remark in the present language."""
    value = remark.value if len(remark.value) <= _LONGEST else f"{remark.value[:_LONGEST]}…"
    return gettext(_WORDS[remark.reason]).format(value=value, fact=remark.fact, column=gettext(TITLES[remark.column]))
