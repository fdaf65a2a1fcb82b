"""The schema revisions this program carries; known without loading the migration machinery, which takes its time."""

from typing import Final

# Oldest first; the scripts in ``versions`` say the same.
REVISIONS: Final = tuple(f"{number:04d}" for number in range(1, 20))
NEWEST: Final = REVISIONS[-1]
