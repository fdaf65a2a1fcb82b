"""Refusals around batches: what cannot be packed, sent, answered or closed, and why."""

from enum import StrEnum

from crmdesk.core.errors import RefusedError


class PackTrouble(StrEnum):
    """Why a ticket's goods cannot travel."""

    NOT_A_REPAIR = "not_a_repair"
    STATE = "state"
    NOT_HERE = "not_here"
    IN_BATCH = "in_batch"
    OTHER_STORE = "other_store"


class NotPackableError(RefusedError):
    """A ticket's goods cannot be put into a batch, or not travel with it any more."""

    def __init__(self, number: str, trouble: PackTrouble, fact: str = "") -> None:
        """Keep the ticket's number, why, and the fact: its state, or the batch that it is in."""
        super().__init__(f"{number} {trouble} {fact}".strip())
        self.number = number
        self.trouble = trouble
        self.fact = fact


class UnknownCodeError(RefusedError):
    """What was scanned or typed is no ticket of this batch, or no ticket at all."""

    def __init__(self, code: str, batch: str = "") -> None:
        """Keep what was read, and the batch where it was looked for."""
        super().__init__(code)
        self.code = code
        self.batch = batch


class EmptyBatchError(RefusedError):
    """A batch without anything in it cannot be sent."""

    def __init__(self, number: str) -> None:
        """Keep the batch's number."""
        super().__init__(number)
        self.number = number


class BatchOpenError(RefusedError):
    """A batch cannot close: goods of these tickets are neither back nor declared missing."""

    def __init__(self, number: str, tickets: tuple[str, ...]) -> None:
        """Keep the batch's number and those of the tickets."""
        super().__init__(f"{number} {len(tickets)}")
        self.number = number
        self.tickets = tickets


class AlreadyAnsweredError(RefusedError):
    """This line has its reply; a second one is refused."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class GoodsAwayError(RefusedError):
    """The goods are on the way, at head office or with a repairer; this step needs them here."""

    def __init__(self, number: str, place: str) -> None:
        """Keep the ticket's number and where its goods are (a word of `GoodsPlace`)."""
        super().__init__(f"{number} {place}")
        self.number = number
        self.place = place


class VendorTakenError(RefusedError):
    """Another repairer of this store has the same name."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__(name)
        self.name = name


class SheetTrouble(StrEnum):
    """Why a workbook is no judgement form of ours."""

    NOT_OURS = "not_ours"  # no hidden key column
    COLUMNS = "columns"  # a column is gone or twice
    SEVERAL = "several"  # rows of more than one batch
    UNKNOWN_BATCH = "unknown_batch"
    NOT_SENT = "not_sent"
    NOTHING = "nothing"  # no row that could be taken


class ReplySheetError(RefusedError):
    """The whole workbook is refused; nothing was taken."""

    def __init__(self, name: str, trouble: SheetTrouble, fact: str = "") -> None:
        """Keep the file's name, why, and the fact: the column or the batch."""
        super().__init__(f"{name} {trouble} {fact}".strip())
        self.name = name
        self.trouble = trouble
        self.fact = fact
