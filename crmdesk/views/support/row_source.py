"""Where a long list comes from: three queries that `RowTable` asks in the database thread."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Generic

from crmdesk.core.context import Context
from crmdesk.core.order import Order
from crmdesk.views.support.columns import Column, PeopleOf, R, Seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crmdesk.db.session import Session

CHUNK = 500


@dataclass(frozen=True, slots=True)
class RowSource(Generic[R]):
    """The queries of one list with one filter; another filter is another source.

    Attributes:
        first: gives the first `limit` rows in an order (None: the list's own).
        ids: gives the ids of all rows in that order; only keys are read. Best the result itself
            (``session.scalars(...)``, not ``.all()``): it is read in chunks, so that the window never waits.
        rows: gives the rows of some ids, in any order; gone ones are left out.
        id_of: gives a row's id.
    """

    first: "Callable[[Session, Context, Order | None, int], Sequence[R]]"
    ids: "Callable[[Session, Context, Order | None], Iterable[int]]"
    rows: "Callable[[Session, Context, Sequence[int]], Sequence[R]]"
    id_of: Callable[[R], int] = attrgetter("id")

    def id_array(self, session: "Session", context: Context, order: Order | None) -> "array[int]":
        """Give all ids packed, eight bytes each."""
        packed = array("q")
        keys = iter(self.ids(session, context, order))
        while chunk := list(islice(keys, CHUNK)):
            packed.extend(chunk)
        return packed

    def by_id(self, session: "Session", context: Context, wanted: Sequence[int]) -> dict[int, R]:
        """Give the rows of some ids by id."""
        return {self.id_of(row): row for row in self.rows(session, context, wanted)}

    def seen(
        self,
        session: "Session",
        context: Context,
        order: Order | None,
        columns: Sequence[Column[R]],
        people_of: PeopleOf[R] | None = None,
    ) -> Seen:
        """Collect everything for export, a chunk at a time."""
        keys = self.id_array(session, context, order)
        seen, people = Seen.of(columns, []), dict[int, None]()
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            found = self.by_id(session, context, chunk)
            part = Seen.of(columns, [found[key] for key in chunk if key in found], people_of)
            seen.rows.extend(part.rows)
            people.update(dict.fromkeys(part.people))
        return replace(seen, people=tuple(people))
