"""What a failure says to the person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sentence:
    """A failure in the person's words.

    Attributes:
        title: what happened, one line.
        what_to_do: what she can do now.
        safe: what is safe in spite of it ("Nothing was changed."); may be empty.
    """

    title: str
    what_to_do: str = ""
    safe: str = ""

    def body(self) -> str:
        """Give everything below the title."""
        return "\n\n".join(part for part in (self.what_to_do, self.safe) if part)

    def line(self) -> str:
        """Give it as one line, for the text under a field or a status bar."""
        return f"{self.title} {self.what_to_do}".strip()


SentenceMap = Mapping[type[Exception], Callable[[Any], Sentence]]
"""Each failure type with the function that turns its facts into a sentence, in the current language."""
