"""What a piece of work sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.builders.shop import Shop


@contextmanager
def statements(shop: Shop) -> Iterator[list[str]]:
    """Collect the statements, each once however many rows it carries."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, text: str, _values: object, _context: object, _many: object) -> None:
        sent.append(text)

    event.listen(shop.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(shop.database.engine, "before_cursor_execute", note)
