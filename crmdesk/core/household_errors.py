"""Refusals about the people around a member."""

from crmdesk.core.errors import RefusedError


class AlreadyThereError(RefusedError):
    """The member is in that household or work unit already."""

    def __init__(self, name: str) -> None:
        """Keep the name of the household."""
        super().__init__(name)
        self.name = name


class SamePersonError(RefusedError):
    """A member cannot be a relative or housemate of herself."""


class NotIntermediateError(RefusedError):
    """Visits are kept of distributors and franchisees, not of end customers."""

    def __init__(self, number: str) -> None:
        """Keep the member number."""
        super().__init__(number)
        self.number = number


class VisitOrderError(RefusedError):
    """The next visit lies before the one that is noted."""
