"""What a service returns: the value, and which topics its write touched."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from crmdesk.core.topics import Topic

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """Result of one write."""

    value: T
    changed: frozenset[Topic] = frozenset()
