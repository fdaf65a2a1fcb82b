"""Keys made in the program: time-ordered 63-bit integers, so that stores' files can meet in one database."""

import secrets
import threading
import time
from collections.abc import Iterator

RANDOM_BITS = 22
_RANDOM_MASK = (1 << RANDOM_BITS) - 1
_TIME_MASK = (1 << 41) - 1
# 2020-01-01 UTC in milliseconds: 41 bits of milliseconds counted from here last until 2089.
EPOCH_MS = 1_577_836_800_000

_lock = threading.Lock()
_last = 0


def new_id(moment_ms: int | None = None) -> int:
    """Make a key: 41 bits of milliseconds since 2020, 22 random bits, rising inside one process.

    Args:
        moment_ms: milliseconds since 1970 when the row was born; the computer's time when left out.
            Given only by generators of past data; such keys do not take part in the rising order.
    """
    if moment_ms is not None:
        return _compose(moment_ms)
    global _last  # noqa: PLW0603 - the order inside one process needs one shared memory of the last key
    with _lock:
        made = _compose(time.time_ns() // 1_000_000)
        if made <= _last:
            made = _last + 1 + secrets.randbelow(64)
        _last = made
        return made


def many_ids(block: int = 256) -> Iterator[int]:
    """Make keys without end for writing very many rows; a block of neighbours is taken at a time."""
    global _last  # noqa: PLW0603 - as in `new_id`
    while True:
        with _lock:
            first = max(_compose(time.time_ns() // 1_000_000), _last + 1 + secrets.randbelow(64))
            _last = first + block - 1
        yield from range(first, first + block)


def _compose(moment_ms: int) -> int:
    return ((max(moment_ms - EPOCH_MS, 0) & _TIME_MASK) << RANDOM_BITS) | (secrets.randbits(RANDOM_BITS) & _RANDOM_MASK)


def smallest_id_at(moment_ms: int) -> int:
    """Give the smallest key that a row born at ``moment_ms`` (since 1970) can have."""
    return max(moment_ms - EPOCH_MS, 0) << RANDOM_BITS
