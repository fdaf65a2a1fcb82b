"""Refusals of complaints, returns and letters beside those of the desk."""

from crmdesk.core.errors import RefusedError


class NotDecidedError(RefusedError):
    """The complaint has no decision yet, so there is nothing to carry out, to tell or to write a letter about."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class NotToldError(RefusedError):
    """The customer was not told the decision yet, so nobody can be asked whether it satisfies."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class RemedyDoneError(RefusedError):
    """The remedy was carried out already; doing it twice would pay twice."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class LinesFixedError(RefusedError):
    """The lines of a return cannot change any more: it is decided or finished."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class NotAComplaintError(RefusedError):
    """A letter that settles a complaint was asked for another kind of ticket."""

    def __init__(self, number: str) -> None:
        """Keep the ticket's number."""
        super().__init__(number)
        self.number = number


class LetterUnchangedError(RefusedError):
    """The letter says what the version says that is out already: print that one again instead."""

    def __init__(self, number: str, version: int) -> None:
        """Keep the letter's number and its newest version."""
        super().__init__(f"{number} {version}")
        self.number = number
        self.version = version


class LetterReplacedError(RefusedError):
    """A newer version of the letter is out; the older one must not be sent any more."""

    def __init__(self, number: str, version: int, newest: int) -> None:
        """Keep the letter's number, the version that was to be sent, and the newest."""
        super().__init__(f"{number} {version} < {newest}")
        self.number = number
        self.version = version
        self.newest = newest
