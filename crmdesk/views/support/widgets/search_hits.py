"""What the search box asks for and gets: hits in groups, whoever finds them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crmdesk.core.tones import Tone


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing found.

    Args:
        title: first words ("周建国").
        detail: smaller words ("138****5678 · 金卡").
        icon: icon name.
        ref: what is handed back when it is chosen (an `EntityRef`, a command name …).
        value: word at the right, as a status or shortcut.
        tone: colours the value.
        marks: half-open (start, end) pieces of the title that fit what was typed.
        detail_marks: the same of the detail.
    """

    title: str
    detail: str = ""
    icon: str = "search"
    ref: object = None
    value: str = ""
    tone: Tone | None = None
    marks: tuple[tuple[int, int], ...] = ()
    detail_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Hits of one kind under a heading.

    Args:
        title: the heading.
        hits: what is listed, best first.
        total: when more were found than are listed.
        more: asks for the hits that follow; the answer is a group of them, with its own `more` if it goes on.
        more_words: words of the row that asks ("38 more members").
    """

    title: str
    hits: Sequence[SearchHit] = field(default_factory=tuple)
    total: int | None = None
    more: "More | None" = None
    more_words: str = ""


Answer = Callable[[Sequence[SearchGroup]], None]
More = Callable[[Callable[[SearchGroup], None]], None]


class SearchProvider(Protocol):
    """Finds things off the GUI thread; an answer to an older question is never delivered late."""

    def search(self, text: str, answer: Answer) -> None:
        """Look for `text` and call `answer` on the GUI thread, unless a newer search began."""
        ...

    def cancel(self) -> None:
        """Forget the running search."""
        ...


class NoSearch:
    """Finds nothing; stands in before somebody is signed in."""

    def search(self, text: str, answer: Answer) -> None:
        """Answer at once with nothing."""
        del text
        answer(())

    def cancel(self) -> None:
        """Nothing runs."""
