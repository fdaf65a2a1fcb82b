"""Where the demonstration day is worked at: services and papers as in the program, and a book of what was done."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time, start_of_day
from crmdesk.core.context import Context
from crmdesk.core.errors import RefusedError
from crmdesk.core.outcome import Outcome
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import PaperKind
from crmdesk.db.photo_store import PhotoStore
from crmdesk.demo.year import Year
from crmdesk.documents.pdf.papers import PaperFacts, render
from crmdesk.services import imports_parts, imports_undo
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_report import ImportReport
from crmdesk.services.imports_undo import UndoneImport
from crmdesk.services.unit import perform

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=RefusedError)
# What JSON knows.
Note = str | int | float | bool | None | list["Note"] | Mapping[str, "Note"]

PAPERS: Final = "papers"
LISTS: Final = "lists"


class NotRefusedError(RuntimeError):
    """Something that must be refused was carried out."""


@dataclass
class Book:
    """What the day did.

    Attributes:
        steps: by step, what was done in numbers and counts.
        rows: rows that the day must have added, by table.
        papers: file of every paper, with what it is and which code it carries.
        checks: named pairs of what was expected and what was found.
    """

    steps: dict[str, dict[str, Note]] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)
    papers: list[dict[str, Note]] = field(default_factory=list)
    checks: dict[str, dict[str, Note]] = field(default_factory=dict)

    def note(self, step: str, **facts: Note) -> None:
        """Write something down under a step."""
        self.steps.setdefault(step, {}).update(facts)

    def check(self, name: str, expected: Note, found: Note) -> None:
        """Write down what was expected and what is there."""
        self.checks[name] = {"expected": expected, "found": found, "equal": expected == found}


class DayDesk:
    """One counter on one day: every act is a transaction of its own, as in the program."""

    def __init__(self, year: Year, out: Path, language: str, photos: PhotoStore) -> None:
        """Take the store as the year left it, and the folder for what the day makes."""
        self.year = year
        self.out = out
        self.language = language
        self.photos = photos
        self.book = Book()
        self._shop = year.shop
        self._morning = year.shop.clock.now()
        for name in (PAPERS, LISTS):
            (out / name).mkdir(parents=True, exist_ok=True)

    def take_in(self, request: ImportFile) -> ImportReport:
        """Import a file in the manager's name, in parts as the program does."""
        return imports_parts.take_in(self._shop.database, self.manager, request)

    def undo_import(self, run_id: int) -> UndoneImport:
        """Take a whole import back."""
        return imports_undo.undo_import(self._shop.database, self.manager, run_id)

    # -- who and when ----------------------------------------------------------------------

    @property
    def manager(self) -> Context:
        """周敏, the manager."""
        return self._shop.manager

    @property
    def clerk(self) -> Context:
        """陈可, the clerk."""
        return self._shop.clerk

    @property
    def owner(self) -> Context:
        """何老板, the owner."""
        return self._shop.people["何老板"]

    def member(self, name: str) -> int:
        """Give the key of a member of the cast."""
        return self.year.cast[name].id

    def at(self, hour: int, minute: int = 0) -> None:
        """Let the clock stand at a time of the day; it never goes back."""
        zone = self._shop.store.zone
        wanted = start_of_day(local_time(self._morning, zone).date(), zone) + timedelta(hours=hour, minutes=minute)
        self._shop.clock.moment = max(wanted, self._shop.clock.now())

    def now(self) -> datetime:
        """Give the moment at which the clock stands."""
        return self._shop.clock.now()

    # -- acting ----------------------------------------------------------------------------

    def do(
        self,
        who: Context,
        service: Callable[Concatenate[Session, P], Outcome[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Carry out ``service(session, *args, context)`` in a transaction of its own and give its value."""
        return perform(self._shop.database, who, lambda session, _context: service(session, *args, **kwargs)).value

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Give what a query answers."""
        with self._shop.database.reading() as session:
            return query(session, *args, **kwargs)

    def refused(
        self,
        error: type[R],
        who: Context,
        service: Callable[Concatenate[Session, P], Outcome[T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Note:
        """Try what must be refused; give who tried what and how it was refused.

        Raises:
            NotRefusedError: it was carried out.
        """
        try:
            self.do(who, service, *args, **kwargs)
        except error as refusal:
            return {
                "act": f"{service.__module__.rpartition('.')[2]}.{service.__name__}",
                "by": who.actor.name,
                "role": who.actor.role.value,
                "refused": type(refusal).__name__,
                "facts": str(refusal),
            }
        raise NotRefusedError(service.__name__)

    # -- papers ----------------------------------------------------------------------------

    def paper(self, facts: PaperFacts, kind: PaperKind, code: str, size: PaperFormat | None = None) -> bytes:
        """Render a paper, keep it as a file and write it down; ``code`` is what its barcode says."""
        pdf = render(facts, self.language, size)
        self.keep(pdf, kind, code, size.value if size else "")
        return pdf

    def keep(self, pdf: bytes, kind: PaperKind, code: str, suffix: str = "") -> Path:
        """Keep a paper that is rendered already."""
        name = "-".join(filter(None, (kind.value, code, suffix)))
        path = self.out / PAPERS / f"{name}.pdf"
        path.write_bytes(pdf)
        self.book.papers.append({"file": f"{PAPERS}/{path.name}", "kind": kind.value, "code": code})
        return path
