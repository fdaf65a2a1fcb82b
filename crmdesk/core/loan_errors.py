"""Refusals of the loaner desk."""

from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money


class NotLateError(RefusedError):
    """Nothing is late, so nobody is reminded."""

    def __init__(self, loan_number: str, due_day: str) -> None:
        """Keep the loan and its last day (ISO date)."""
        super().__init__(f"{loan_number} {due_day}")
        self.loan_number = loan_number
        self.due_day = due_day


class RemindedAlreadyError(RefusedError):
    """The borrower was reminded less than a day ago."""

    def __init__(self, loan_number: str, hours: int) -> None:
        """Keep the loan and how many hours ago that was."""
        super().__init__(f"{loan_number} {hours}")
        self.loan_number = loan_number
        self.hours = hours


class ExtendedTooOftenError(RefusedError):
    """The loan was extended as often as the store allows; a manager may go on."""

    def __init__(self, loan_number: str, times: int) -> None:
        """Keep the loan and how often it was extended."""
        super().__init__(f"{loan_number} {times}")
        self.loan_number = loan_number
        self.times = times


class MoreThanOpenError(RefusedError):
    """More is paid than the loan's fees leave open."""

    def __init__(self, amount: Money, still_open: Money) -> None:
        """Keep both amounts."""
        super().__init__(f"{amount.fen} > {still_open.fen}")
        self.amount = amount
        self.still_open = still_open


class FeeSettledError(RefusedError):
    """The fee is paid or waived already."""

    def __init__(self, loan_number: str) -> None:
        """Keep the loan."""
        super().__init__(loan_number)
        self.loan_number = loan_number


class StillExpectedError(RefusedError):
    """The reservation's first day is not over, or the loaner was not ready for it."""

    def __init__(self, loan_number: str, from_day: str) -> None:
        """Keep the reservation and its first day (ISO date)."""
        super().__init__(f"{loan_number} {from_day}")
        self.loan_number = loan_number
        self.from_day = from_day
