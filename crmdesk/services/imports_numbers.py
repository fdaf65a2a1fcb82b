"""Numbers for very many records at once: the counter is read and written once."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.numbers import running_number
from crmdesk.models.store import Counter


class RunningNumbers:
    """The store's running numbers of one letter; numbers of this store that a file brings along are not given again."""

    def __init__(self, session: Session, context: Context, letter: str) -> None:
        """Begin after the last number given out."""
        self._session = session
        self._context = context
        self._letter = letter
        self._counter = session.execute(
            select(Counter).where(Counter.store_id == context.store.id, Counter.series == letter)
        ).scalar_one_or_none()
        self._count = self._counter.value if self._counter is not None else 0
        self._own = re.compile(rf"{letter}{re.escape(context.store.code)}(\d{{6,12}})\d\Z")

    def take(self) -> str:
        """Give the next number."""
        self._count += 1
        return running_number(self._letter, self._context.store.code, self._count)

    def meet(self, number: str) -> None:
        """Note a number that a file brings along."""
        found = self._own.match(number)
        if found is not None:
            count = int(found.group(1))
            if running_number(self._letter, self._context.store.code, count) == number:
                self._count = max(self._count, count)

    def keep(self) -> None:
        """Write the counter."""
        if self._counter is None and self._count:
            self._counter = Counter(store_id=self._context.store.id, series=self._letter, value=self._count)
            self._session.add(self._counter)
        elif self._counter is not None:
            self._counter.value = self._count
        self._session.flush()
