"""What every screen gets in its constructor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from crmdesk.core.clock import Clock
from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import GivenOut
from crmdesk.core.setting import Setting
from crmdesk.db.photo_store import PhotoStore
from crmdesk.db.session import Session
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner, SignIn
from crmdesk.views.support.navigator import Navigator

T = TypeVar("T")

ToastAction = tuple[str, Callable[[], None]]
Note = Callable[[Session, Context, GivenOut], Outcome[Any]]


class Toasts(Protocol):
    """Short messages that go away by themselves."""

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        """Show `text` with buttons (label, what it does): "Print", "Undo"."""
        ...


class DeskSettings(Protocol):
    """What this PC remembers for itself (`crmdesk.db.desk_file.DeskFile`): printers, folders, columns."""

    def get(self, setting: Setting[T]) -> T:
        """Give the value in force."""
        ...

    def put(self, setting: Setting[T], value: T) -> None:
        """Change one setting on the disk."""
        ...


class Papers(Protocol):
    """Preview and printing; the same bytes for both.

    `note` is a write that is made once the paper was really printed or saved, with its exact bytes; never for a
    preview that is closed.
    """

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Show the paper that `make` renders (in the pool), from where it is printed or kept as a file."""
        ...

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:
        """Print at once on the printer kept for `paper_kind`; opens the preview when none is."""
        ...

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        """Show a paper that is only looked at: nothing can be printed or saved from there."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The long-lived objects that screens use; built once in the composition root."""

    jobs: JobRunner
    bus: Bus
    navigator: Navigator
    signin: SignIn
    settings: DeskSettings
    toasts: Toasts
    papers: Papers
    clock: Clock
    drafts: Drafts
    photos: PhotoStore | None = None  # none: photos can be looked at nowhere and not be added
