"""The chapters of the user guide, and which of them belongs to which page of the program."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from crmdesk.core.i18n import SOURCE_LANGUAGE
from crmdesk.core.resources import guide_path

FIRST: Final = "01-start"
CHAPTERS: Final[dict[str, str]] = {
    "": FIRST,
    "today": "02-today",
    "members": "03-members",
    "member": "03-members",
    "import": "04-import",
    "service": "05-service",
    "intake": "05-service",
    "batches": "05-service",
    "pick-up": "05-service",
    "shelves": "05-service",
    "uncollected": "05-service",
    "loaners": "06-loaners",
    "complaints": "07-complaints-returns",
    "letters": "07-complaints-returns",
    "care": "08-callbacks",
    "papers": "09-papers-cards",
    "cards": "09-papers-cards",
    "reports": "10-reports",
    "settings": "11-settings-backup",
    "commands": "12-commands",
    "trouble": "13-trouble",
    "keys": "14-keys",
}
"""Chapter by `Screen.help_page`."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its file's name without ending, its heading, its text as Markdown."""

    name: str
    title: str
    text: str


class Book:
    """The guide in one language; read whole, it is small."""

    def __init__(self, language: str) -> None:
        """Read the chapters; a language without a guide gets the English one, a missing guide is empty."""
        folder = guide_path(language)
        self.folder: Path = folder if folder.is_dir() else guide_path(SOURCE_LANGUAGE)
        self.chapters = [_read(path) for path in sorted(self.folder.glob("*.md"))]

    def place(self, name: str) -> int:
        """Give the place of a chapter; the first when there is none of that name."""
        names = [one.name for one in self.chapters]
        return names.index(name) if name in names else 0

    def place_of_page(self, help_page: str) -> int:
        """Give the place of the chapter about a page of the program."""
        return self.place(CHAPTERS.get(help_page, FIRST))

    def next_with(self, words: str, after: int) -> int | None:
        """Give the next chapter, round to the beginning, that holds ``words``; None when no other does."""
        wanted = words.casefold()
        order = [*range(after + 1, len(self.chapters)), *range(after)]
        return next((place for place in order if wanted in self.chapters[place].text.casefold()), None)


def _read(path: Path) -> Chapter:
    text = path.read_text(encoding="utf-8")
    return Chapter(path.stem, text.partition("\n")[0].lstrip("# ").strip(), text)
