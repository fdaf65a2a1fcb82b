"""Why two files are not merged, or a merge is not taken back."""

from datetime import date

from crmdesk.core.errors import RefusedError
from crmdesk.core.members import LedgerKind


class SameFileError(RefusedError):
    """A file cannot be merged with itself."""


class AlreadyMergedError(RefusedError):
    """One of the two was merged already, perhaps by another desk."""

    def __init__(self, number: str, into: str) -> None:
        """Keep the number of that file and of the one it became part of."""
        super().__init__(f"{number} -> {into}")
        self.number = number
        self.into = into


class MergeUndoneError(RefusedError):
    """The merge was taken back already."""


class UndoTooLateError(RefusedError):
    """The time in which a merge can be taken back is over."""

    def __init__(self, until: date) -> None:
        """Keep the last day."""
        super().__init__(until.isoformat())
        self.until = until


class UndoOrderError(RefusedError):
    """A later merge of the same file has to be taken back first."""

    def __init__(self, gone: str, kept: str) -> None:
        """Keep the numbers of that later merge."""
        super().__init__(f"{gone} -> {kept}")
        self.gone = gone
        self.kept = kept


class SharedBalanceSpentError(RefusedError):
    """More was spent since the merge than the file that stays had itself."""

    def __init__(self, kind: LedgerKind, missing: int) -> None:
        """Keep the balance and what is missing (points, or fen)."""
        super().__init__(f"{kind} {missing}")
        self.kind = kind
        self.missing = missing
