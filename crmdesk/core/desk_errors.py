"""Refusals of the service desk: repair steps, money, hand-back."""

from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money


class AboveLimitError(RefusedError):
    """The amount is more than the person may approve; somebody with a higher limit has to."""

    def __init__(self, amount: Money, limit: Money) -> None:
        """Keep the amount and the person's limit."""
        super().__init__(f"{amount.fen} > {limit.fen}")
        self.amount = amount
        self.limit = limit


class SplitError(RefusedError):
    """The parties' shares do not add up to the cost."""

    def __init__(self, total: Money, split: Money) -> None:
        """Keep the whole and the sum of the shares."""
        super().__init__(f"{total.fen} != {split.fen}")
        self.total = total
        self.split = split


class NoQuoteError(RefusedError):
    """There is no open quote to agree to."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class QuoteExpiredError(RefusedError):
    """The quote or the approval ran out on ``day`` (ISO date); quote again."""

    def __init__(self, number: str, day: str) -> None:
        """Keep the ticket's number and the last day it was good for."""
        super().__init__(f"{number} {day}")
        self.number = number
        self.day = day


class AmountChangedError(RefusedError):
    """The customer agreed to another amount than the quote's."""

    def __init__(self, quoted: Money, agreed: Money) -> None:
        """Keep both amounts."""
        super().__init__(f"{quoted.fen} != {agreed.fen}")
        self.quoted = quoted
        self.agreed = agreed


class LoanerOutError(RefusedError):
    """The ticket's loaner is not back; take it back, or a manager takes the loan over with a reason."""

    def __init__(self, loaner_code: str, loan_number: str, loan_id: int) -> None:
        """Keep loaner and loan."""
        super().__init__(f"{loaner_code} {loan_number}")
        self.loaner_code = loaner_code
        self.loan_number = loan_number
        self.loan_id = loan_id


class MoneyOpenError(RefusedError):
    """The customer still owes money on the ticket."""

    def __init__(self, amount: Money) -> None:
        """Keep the open amount."""
        super().__init__(str(amount.fen))
        self.amount = amount


class GoodsMissingError(RefusedError):
    """Something that was taken in is not ticked as handed back."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names of what is missing."""
        super().__init__(str(len(names)))
        self.names = names


class NotSignedError(RefusedError):
    """The customer has not signed for the goods."""


class ClosingIncompleteError(RefusedError):
    """A complaint cannot close yet; ``missing`` lists root_cause, decision, telling, remedy."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        """Keep what is missing."""
        super().__init__(",".join(missing))
        self.missing = missing


class RefundTooHighError(RefusedError):
    """A refund is above the price paid."""

    def __init__(self, refund: Money, paid: Money) -> None:
        """Keep both amounts."""
        super().__init__(f"{refund.fen} > {paid.fen}")
        self.refund = refund
        self.paid = paid


class LoanerTakenError(RefusedError):
    """The loaner is not free in the wanted period."""

    def __init__(self, loaner_code: str, from_day: str, until_day: str) -> None:
        """Keep the loaner and the period (ISO dates) that is in the way."""
        super().__init__(f"{loaner_code} {from_day} {until_day}")
        self.loaner_code = loaner_code
        self.from_day = from_day
        self.until_day = until_day


class LoansBlockedError(RefusedError):
    """The member has an overdue loan and gets no other before it is back."""

    def __init__(self, loan_number: str, days_late: int) -> None:
        """Keep the overdue loan and how late it is."""
        super().__init__(f"{loan_number} {days_late}")
        self.loan_number = loan_number
        self.days_late = days_late


class DepositUnbalancedError(RefusedError):
    """Kept, returned and set-off amounts do not add up to the deposit."""

    def __init__(self, deposit: Money, settled: Money) -> None:
        """Keep the deposit and the sum of what was settled."""
        super().__init__(f"{deposit.fen} != {settled.fen}")
        self.deposit = deposit
        self.settled = settled
