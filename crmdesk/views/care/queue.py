"""The members of a call run in their order: where the run stands, and what was read ahead."""

from collections.abc import Sequence

from crmdesk.queries.call_run import CallCard


class RunQueue:
    """Positions count from 1; a card read ahead is used once."""

    def __init__(self, keys: Sequence[int] = ()) -> None:
        """Take the keys of the callbacks in the order of the run."""
        self._keys = tuple(keys)
        self._place = 0
        self._ahead: CallCard | None = None
        self.talked = 0  # members reached in this run
        self.logged = 0

    @property
    def total(self) -> int:
        """How many the run has."""
        return len(self._keys)

    @property
    def position(self) -> int:
        """The place of the present one; one past the end when the run is through."""
        return self._place + 1

    def current(self) -> int | None:
        """Give the present callback; None when the run is through."""
        return self._keys[self._place] if self._place < self.total else None

    def following(self) -> int | None:
        """Give the callback after the present one."""
        return self._keys[self._place + 1] if self._place + 1 < self.total else None

    def advance(self) -> None:
        """Go to the next one."""
        self._place = min(self._place + 1, self.total)

    def keep_ahead(self, card: CallCard) -> None:
        """Keep a card that was read ahead."""
        self._ahead = card

    def take_ahead(self, changed_member: int | None = None) -> CallCard | None:
        """Give the card of the present callback if it was read ahead and nothing happened to its member since."""
        card, self._ahead = self._ahead, None
        if card is None or card.id != self.current() or card.member.id == changed_member:
            return None
        return card
