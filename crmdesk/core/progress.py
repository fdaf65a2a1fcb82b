"""How long work tells how far it is, and learns that it should stop."""

from typing import Protocol

from crmdesk.core.errors import CrmdeskError


class WorkCancelledError(CrmdeskError):
    """The person stopped the work; raised inside the work by `Progress.check`."""


class Progress(Protocol):
    """Handed to long work; its methods may be called from any thread."""

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        ...

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell that `done` of `total` are finished (`total` 0: not known) and what is being done."""
        ...

    def check(self) -> None:
        """Stop here when the person asked to.

        Raises:
            WorkCancelledError: she did.
        """
        ...


class NoProgress:
    """Progress for work that nobody watches: commands, tests."""

    cancelled = False

    def report(self, done: int, total: int, text: str = "") -> None:
        """Tell nobody."""

    def check(self) -> None:
        """Go on."""
