"""Sentences for refusals around batches: packing, sending, replies and their workbooks, closing."""

from crmdesk.core.batch_errors import (
    AlreadyAnsweredError,
    BatchOpenError,
    EmptyBatchError,
    GoodsAwayError,
    NotPackableError,
    PackTrouble,
    ReplySheetError,
    SheetTrouble,
    UnknownCodeError,
    VendorTakenError,
)
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.views.support.sentence import Sentence, SentenceMap

_MOST_NAMED = 6
_PACK: dict[PackTrouble, str] = {
    PackTrouble.NOT_A_REPAIR: mark("{number} is no repair; only repairs travel in a batch."),
    PackTrouble.STATE: mark("{number} is “{fact}” and cannot be sent now."),
    PackTrouble.NOT_HERE: mark("The goods of {number} are not here: {fact}."),
    PackTrouble.IN_BATCH: mark("{number} is packed in batch {fact} already."),
    PackTrouble.OTHER_STORE: mark("{number} belongs to another store."),
}
_SHEETS: dict[SheetTrouble, str] = {
    SheetTrouble.NOT_OURS: mark("“{name}” is no judgement form of this program."),
    SheetTrouble.COLUMNS: mark("In “{name}” the column “{fact}” is missing or there twice."),
    SheetTrouble.SEVERAL: mark("“{name}” holds rows of more than one batch."),
    SheetTrouble.UNKNOWN_BATCH: mark("“{name}” is for batch {fact}, which this store does not have."),
    SheetTrouble.NOT_SENT: mark("“{name}” is for batch {fact}, whose goods are not on the way."),
    SheetTrouble.NOTHING: mark("“{name}” has no row that could be taken."),
}


def _unchanged() -> str:
    return gettext("Nothing was changed.")


def _not_packable(error: NotPackableError) -> Sentence:
    fact = error.fact
    if error.trouble is PackTrouble.STATE:
        fact = label(TicketState(fact))
    elif error.trouble is PackTrouble.NOT_HERE:
        fact = label(GoodsPlace(fact))
    said = gettext(_PACK[error.trouble]).format(number=error.number, fact=fact or "–")
    return Sentence(said, gettext("Leave it out, or take it out of the batch."), _unchanged())


def _unknown_code(error: UnknownCodeError) -> Sentence:
    if error.batch:
        said = gettext("{code} is not in batch {batch}.").format(code=error.code, batch=error.batch)
    else:
        said = gettext("“{code}” is no order number.").format(code=error.code)
    return Sentence(said, gettext("Scan the code on the bag tag, or type the order number."))


def _empty(error: EmptyBatchError) -> Sentence:
    return Sentence(
        gettext("Nothing is packed in batch {number}.").format(number=error.number),
        gettext("Scan the tags of the goods first."),
    )


def _open(error: BatchOpenError) -> Sentence:
    named = gettext(", ").join(error.tickets[:_MOST_NAMED])
    if len(error.tickets) > _MOST_NAMED:
        named = gettext("{named} and {count} more").format(named=named, count=len(error.tickets) - _MOST_NAMED)
    return Sentence(
        gettext("Batch {number} is not complete: {tickets}.").format(number=error.number, tickets=named),
        gettext("Take the goods back first, or a manager declares them missing with a reason."),
        _unchanged(),
    )


def _answered(error: AlreadyAnsweredError) -> Sentence:
    return Sentence(
        gettext("{number} has its reply already.").format(number=error.number),
        gettext("Look at the order: the judgement in force stands there."),
        _unchanged(),
    )


def _away(error: GoodsAwayError) -> Sentence:
    try:
        place = label(GoodsPlace(error.place))
    except ValueError:
        place = error.place
    return Sentence(
        gettext("The goods of {number} are not here: {place}.").format(number=error.number, place=place),
        gettext("Record their arrival first."),
        _unchanged(),
    )


def _vendor_taken(error: VendorTakenError) -> Sentence:
    return Sentence(gettext("There is a repairer “{name}” already.").format(name=error.name))


def _sheet(error: ReplySheetError) -> Sentence:
    return Sentence(
        gettext(_SHEETS[error.trouble]).format(name=error.name, fact=error.fact),
        gettext("Use the form that was exported for the batch, filled in without moving or renaming its columns."),
        _unchanged(),
    )


SENTENCES: SentenceMap = {
    NotPackableError: _not_packable,
    UnknownCodeError: _unknown_code,
    EmptyBatchError: _empty,
    BatchOpenError: _open,
    AlreadyAnsweredError: _answered,
    GoodsAwayError: _away,
    VendorTakenError: _vendor_taken,
    ReplySheetError: _sheet,
}
