"""Refusals of the work on a complaint: proposals, remedies, tasks, causes."""

from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money


class NoProposalError(RefusedError):
    """There is no open proposal to approve or to decide on."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class ProposalClosedError(RefusedError):
    """The proposal was refused, withdrawn or decided on meanwhile, or belongs to an earlier round."""

    def __init__(self, number: str, ordinal: int) -> None:
        """Keep the ticket's number and which proposal it is."""
        super().__init__(f"{number} {ordinal}")
        self.number = number
        self.ordinal = ordinal


class RemediesTooHighError(RefusedError):
    """The remedies of a decision cost more than the proposal that was approved."""

    def __init__(self, total: Money, approved: Money) -> None:
        """Keep what they cost together and the proposal's amount."""
        super().__init__(f"{total.fen} > {approved.fen}")
        self.total = total
        self.approved = approved


class TaskDoneError(RefusedError):
    """The task, or the corrective action, is done already."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class CauseNameTakenError(RefusedError):
    """Another cause of the same category has this name."""

    def __init__(self, name: str) -> None:
        """Keep the name."""
        super().__init__(name)
        self.name = name
