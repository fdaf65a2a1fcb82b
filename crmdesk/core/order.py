"""The order in which a list is wanted: handed from a table's header to a query."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """A column's sort key (which the query knows) and the direction."""

    key: str
    descending: bool = False
