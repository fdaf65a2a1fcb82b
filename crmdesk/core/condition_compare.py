"""What came in between two looks at one thing: the marks of the later sheet that the earlier one does not have."""

import math
from collections.abc import Sequence
from typing import Final

Place = tuple[float, float]

# Two people mark one scratch within this part of a view's width and height.
REACH: Final = 0.08


def came_in_between(before: Sequence[Place], now: Sequence[Place]) -> tuple[bool, ...]:
    """Tell for each mark of ``now`` whether it was not there before.

    The nearest pairs are taken as the same damage first; one mark explains one, so that a second scratch beside an old
    one is a new one.
    """
    pairs = sorted(
        (math.dist(old, new), left, right) for left, old in enumerate(before) for right, new in enumerate(now)
    )
    explained: dict[int, int] = {}
    for distance, left, right in pairs:
        if distance <= REACH and right not in explained and left not in explained.values():
            explained[right] = left
    return tuple(place not in explained for place in range(len(now)))
