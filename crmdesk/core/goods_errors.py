"""Refusals around goods in the shop: handing over, shelves, reminders, what becomes of goods nobody collects."""

from datetime import date, datetime

from crmdesk.core.errors import RefusedError


class NothingTickedError(RefusedError):
    """Neither the item nor an accessory is ticked as handed over."""


class AlreadyHandedError(RefusedError):
    """Something that is ticked was handed over before."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names of the things."""
        super().__init__(str(len(names)))
        self.names = names


class UnknownShelfError(RefusedError):
    """No shelf in use has this code; ``codes`` are some that are."""

    def __init__(self, code: str, codes: tuple[str, ...] = ()) -> None:
        """Keep the code as typed and the codes in use."""
        super().__init__(code)
        self.code = code
        self.codes = codes


class ShelfFullError(RefusedError):
    """The shelf has no room left; ``free`` is the freest other one."""

    def __init__(self, code: str, room: int, free: str = "") -> None:
        """Keep the shelf, how much it takes, and where there is room."""
        super().__init__(f"{code} {room}")
        self.code = code
        self.room = room
        self.free = free


class ShelfTakenError(RefusedError):
    """Another shelf has this code."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class ShelfInUseError(RefusedError):
    """Goods still lie on a shelf that is to be given up or renamed."""

    def __init__(self, code: str, count: int) -> None:
        """Keep the shelf and how many things lie there."""
        super().__init__(f"{code} {count}")
        self.code = code
        self.count = count


class NotWaitingError(RefusedError):
    """The goods of the ticket do not wait to be collected, or the customer was not told yet."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class RemindedRecentlyError(RefusedError):
    """The customer was reminded less than ``hours`` ago; again from ``next_at``."""

    def __init__(self, number: str, hours: int, next_at: datetime) -> None:
        """Keep the ticket, the gap of the settings and when the next reminder may go out."""
        super().__init__(f"{number} {next_at.isoformat()}")
        self.number = number
        self.hours = hours
        self.next_at = next_at


class TooEarlyError(RefusedError):
    """A step of the ladder is not due yet; ``step`` is a word of `UncollectedStep`, ``day`` None is never."""

    def __init__(self, number: str, step: str, day: date | None) -> None:
        """Keep the ticket, the step and its first day."""
        super().__init__(f"{number} {step} {day}")
        self.number = number
        self.step = step
        self.day = day


class LetterMissingError(RefusedError):
    """The letter must have gone out before this step."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class LetterWrittenError(RefusedError):
    """The letter has gone out already, on ``day``."""

    def __init__(self, number: str, day: date) -> None:
        """Keep the ticket and the letter's day."""
        super().__init__(f"{number} {day}")
        self.number = number
        self.day = day


class NoFeeError(RefusedError):
    """There is no storage fee to be charged now."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number
