"""Keeps None, True and False alive under Python 3.11.

The Qt bindings (6.11 and 6.12) give these back without counting the reference, as Python 3.12 and later allow:
there they never die. Under 3.11 each `setText` takes one reference from None, and after some thousand calls the
program ends with "deallocating None". Raising their counts at the start makes them last longer than any shop.
"""

import ctypes
import sys

IMMORTAL_SINCE = (3, 12)
ENOUGH = 1 << 40


def keep_singletons_alive() -> bool:
    """Raise the reference counts once per process, before the first widget; tell whether it was needed."""
    if sys.version_info >= IMMORTAL_SINCE or sys.getrefcount(None) >= ENOUGH:
        return False
    for single in (None, True, False, NotImplemented, Ellipsis):
        # CPython's object begins with its reference count.
        ctypes.c_ssize_t.from_address(id(single)).value += ENOUGH
    return True
