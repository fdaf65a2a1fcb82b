"""Collecting cycles of objects where it does no harm.

Python collects in whichever thread happens to allocate. A window's object that dies in a worker thread takes Qt down
with it: its signals are then delivered late, with a pointer to what is gone. So the collector is switched off, and
the thread that owns the windows asks for what is due.
"""

import gc


def only_when_asked() -> None:
    """Switch the automatic collector off; from now on `collect_due` must be called now and then."""
    gc.disable()


def collect_due() -> int:
    """Collect as much as Python itself would by now; gives how many objects were unreachable."""
    # Counts rise while the collector is off too: of objects, then of collections of the younger generation.
    due = [generation for generation in range(3) if gc.get_count()[generation] > gc.get_threshold()[generation]]
    return gc.collect(max(due)) if due else 0
