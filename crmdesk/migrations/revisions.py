"""The schema revisions this program carries; known without loading the migration machinery, which takes its time."""

from typing import Final

# Oldest first; the scripts in ``versions`` say the same.
REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009")
NEWEST: Final = REVISIONS[-1]
