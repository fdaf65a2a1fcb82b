"""Refusals about what members wanted and did not buy."""

from crmdesk.core.errors import RefusedError


class WishEndedError(RefusedError):
    """The wish is closed; it is opened again before it is closed another way."""

    def __init__(self, what: str) -> None:
        """Keep what was wanted."""
        super().__init__(what)
        self.what = what
