"""Everything a screen gets, real: store, jobs, bus, navigator, desk settings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from crmdesk.core.context import Context
from crmdesk.core.roles import Role
from crmdesk.db.desk_file import DeskFile
from crmdesk.views.support.bus import Bus
from crmdesk.views.support.desk import Desk, Note, ToastAction
from crmdesk.views.support.drafts import Drafts
from crmdesk.views.support.jobs import JobRunner
from crmdesk.views.support.navigator import Navigator
from tests.builders.shop import Shop


@dataclass
class SignedIn:
    """A signed-in person."""

    shop: Shop
    role: Role = Role.CLERK

    def context(self) -> Context:
        return self.shop.context(self.role)


@dataclass
class Failures:
    """Failures that no screen handled."""

    seen: list[Exception] = field(default_factory=list)
    retries: list[Callable[[], None] | None] = field(default_factory=list)
    owners: list[QObject | None] = field(default_factory=list)

    def __call__(self, owner: QObject | None, error: Exception, retry: Callable[[], None] | None) -> None:
        self.owners.append(owner)
        self.seen.append(error)
        self.retries.append(retry)


@dataclass
class ToastsShown:
    """Toasts, kept."""

    texts: list[str] = field(default_factory=list)

    actions: list[str] = field(default_factory=list)

    def show(self, text: str, actions: Sequence[ToastAction] = ()) -> None:
        self.texts.append(text)
        self.actions.extend(label for label, _run in actions)


@dataclass
class NoPapers:
    """A desk without paper."""

    made: list[tuple[str, bytes, str]] = field(default_factory=list)

    def preview(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:  # noqa: ARG002
        self.made.append((title, make(), paper_kind))

    def print_now(self, title: str, make: Callable[[], bytes], paper_kind: str, note: Note | None = None) -> None:  # noqa: ARG002
        self.made.append((title, make(), paper_kind))

    def look(self, title: str, make: Callable[[], bytes]) -> None:
        self.made.append((title, make(), ""))


@pytest.fixture
def failures() -> Failures:
    return Failures()


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> QApplication:
    return qapp


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def jobs(shop: Shop, bus: Bus, failures: Failures) -> Iterator[JobRunner]:
    runner = JobRunner(shop.database, SignedIn(shop), bus, failures)
    yield runner
    runner.close()


@pytest.fixture
def settings(tmp_path: Path) -> DeskFile:
    return DeskFile(tmp_path / "desk.json")


@pytest.fixture
def desk(shop: Shop, jobs: JobRunner, bus: Bus, settings: DeskFile, tmp_path: Path) -> Desk:
    return Desk(
        jobs=jobs,
        bus=bus,
        navigator=Navigator(),
        signin=SignedIn(shop),
        settings=settings,
        toasts=ToastsShown(),
        papers=NoPapers(),
        clock=shop.clock,
        drafts=Drafts(tmp_path / "drafts"),
    )
