"""Refusals at the ends of a repair: money to be given back, remedies that are owed, items that are in already."""

from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money


class MoneyToReturnError(RefusedError):
    """The customer has paid more than is owed; the money goes back before the goods do."""

    def __init__(self, amount: Money) -> None:
        """Keep what is to be paid back, above zero."""
        super().__init__(str(amount.fen))
        self.amount = amount


class RemedyOwedError(RefusedError):
    """The judgement in force gives the customer something instead of a repair; the goods do not just go back."""

    def __init__(self, number: str, remedy: str) -> None:
        """Keep the ticket's number and the remedy (a word of `Remedy`)."""
        super().__init__(f"{number} {remedy}")
        self.number = number
        self.remedy = remedy


class AlreadyInError(RefusedError):
    """The item is in the shop on another ticket that is still open."""

    def __init__(self, number: str) -> None:
        """Keep the number of the open ticket."""
        super().__init__(number)
        self.number = number


class AlreadyWaivedError(RefusedError):
    """A charge was waived before."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class PaymentFixedError(RefusedError):
    """A payment cannot be taken back: it is already, or belongs to a deposit or to a complaint that has ended."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class NotHereError(RefusedError):
    """There are no goods in the shop to be handed out on this ticket."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number
