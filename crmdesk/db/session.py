"""The session type that requests run in, and how to stop one from another thread."""

from collections.abc import Callable

from sqlalchemy.orm import Session

__all__ = ["Session", "interrupter"]


def interrupter(session: Session) -> Callable[[], None]:
    """Give a function that stops the statement running in `session`; safe to call from any thread.

    The stopped statement fails with a database error. Calling it while nothing runs does nothing.
    """
    driver = session.connection().connection.driver_connection
    stop: Callable[[], None] | None = getattr(driver, "interrupt", None) or getattr(driver, "cancel", None)
    return stop if stop is not None else _nothing


def _nothing() -> None:
    """Stand in for drivers that cannot be interrupted."""
