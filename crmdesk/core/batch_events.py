"""What can happen to a batch, in the words of its time line and of the history."""

from enum import StrEnum

from crmdesk.core.i18n import gettext, mark


class BatchAct(StrEnum):
    """One kind of line on a batch's time line; the audit says ``batch.<act>``."""

    MADE = "made"
    PACKED = "packed"
    TAKEN_OUT = "taken_out"
    SENT = "sent"
    ARRIVED = "arrived"
    REPLIED = "replied"
    BACK = "back"
    MISSING = "missing"
    FOUND = "found"
    CHASED = "chased"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FORM_WRITTEN = "form_written"


BATCH_ACT_WORDS: dict[BatchAct, str] = {
    BatchAct.MADE: mark("Batch begun"),
    BatchAct.PACKED: mark("Packed into a batch"),
    BatchAct.TAKEN_OUT: mark("Taken out of the batch"),
    BatchAct.SENT: mark("Batch sent"),
    BatchAct.ARRIVED: mark("Arrival noted"),
    BatchAct.REPLIED: mark("Reply noted"),
    BatchAct.BACK: mark("Goods back in the store"),
    BatchAct.MISSING: mark("Goods declared missing"),
    BatchAct.FOUND: mark("Missing goods found"),
    BatchAct.CHASED: mark("Reply chased"),
    BatchAct.CLOSED: mark("Batch closed"),
    BatchAct.CANCELLED: mark("Batch given up"),
    BatchAct.FORM_WRITTEN: mark("Judgement form written to Excel"),
}


def batch_act_label(act: BatchAct) -> str:
    """Give the words of ``act`` in the present language."""
    return gettext(BATCH_ACT_WORDS[act])
