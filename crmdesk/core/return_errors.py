"""Refusals of returns and exchanges."""

from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money


class AlreadyReturnedError(RefusedError):
    """More pieces of a purchase line would come back than were bought."""

    def __init__(self, name: str, bought: int, returned: int) -> None:
        """Keep the line's name, pieces bought, and pieces already on returns."""
        super().__init__(f"{bought} {returned}")
        self.name = name
        self.bought = bought
        self.returned = returned


class LinesOpenError(RefusedError):
    """Some lines are not checked or decided yet; ``names`` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names of the open lines."""
        super().__init__(str(len(names)))
        self.names = names


class LineSettledError(RefusedError):
    """The line was carried out already; doing it again would pay twice."""

    def __init__(self, name: str) -> None:
        """Keep the line's name."""
        super().__init__(name)
        self.name = name


class GiveBackTooHighError(RefusedError):
    """More points or stored value would be given back than paid for the goods."""

    def __init__(self, points: int, stored: Money) -> None:
        """Keep what may be given back at most."""
        super().__init__(f"{points} {stored.fen}")
        self.points = points
        self.stored = stored


class PartlyDoneError(RefusedError):
    """The return is carried out in part; it is finished, not cancelled."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class ItemsDifferError(RefusedError):
    """Two rows of goods are not the same thing: another person's, another serial number or another kind."""

    def __init__(self, first: str, second: str) -> None:
        """Keep the names of both."""
        super().__init__(f"{first} {second}")
        self.first = first
        self.second = second
