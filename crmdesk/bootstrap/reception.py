"""One open store: people sign in, work, and sign out again."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.bootstrap.background import Background
from crmdesk.bootstrap.features import load_all
from crmdesk.bootstrap.foundation import Foundation
from crmdesk.bootstrap.look import Look
from crmdesk.bootstrap.pages import Pages
from crmdesk.bootstrap.sample import sample_pin
from crmdesk.core.i18n import gettext
from crmdesk.core.settings_desk import LAST_STAFF
from crmdesk.queries.staff import SignInRow
from crmdesk.services.signin import Refused, SignedIn
from crmdesk.views.signin.begin_page import BeginPage
from crmdesk.views.signin.opening_page import OpeningPage
from crmdesk.views.signin.presenter import SignInPresenter
from crmdesk.views.signin.signin_page import SignInPage
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.support import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.bootstrap.workplace import Workplace

_PAINT_MS = 50  # the page is painted first


class Reception(QObject):
    """Between the sign-in page and the main window."""

    closing = Signal()
    restore_asked = Signal()
    sample_asked = Signal()

    def __init__(self, pages: Pages, background: Background, look: Look, foundation: Foundation) -> None:
        """Take the open store."""
        super().__init__()
        self.foundation = foundation
        self._pages = pages
        self._look = look
        self._presenter = SignInPresenter(foundation.jobs, self)
        self._page: SignInPage | None = None
        self._workplace: Workplace | None = None
        self._load_later = QTimer(self)
        self._load_later.setSingleShot(True)
        self._load_later.setInterval(_PAINT_MS)
        self._load_later.timeout.connect(partial(background.run, _load_work, self._features_loaded, self._load_failed))
        self._load_begun = False
        self._loaded = False
        self._when_loaded: Callable[[], None] | None = None

    # -- signing in ------------------------------------------------------------------------

    def open(self) -> None:
        """Show who may sign in."""
        self._presenter.people(self._show)

    def greet(self, signed: SignedIn, *, offers_sample: bool) -> None:
        """After the first start: ask how to begin; the person is signed in already."""
        self.foundation.person.enter(signed.actor, signed.store)
        self.foundation.desk_file.put(LAST_STAFF, str(signed.actor.staff_id))
        self._pages.show(partial(self._make_greeting, signed, offers_sample))
        self._load_soon()

    def come_to_front(self) -> None:
        """Show whichever window is there above all others."""
        if self._workplace is not None and self._workplace.window.isVisible():
            self._workplace.come_to_front()
        else:
            self._pages.come_to_front()

    def close(self) -> None:
        """Take the windows of this store down."""
        self._load_later.stop()
        if self._workplace is not None:
            self._workplace.close()
            self._workplace = None
        self.deleteLater()

    def stop(self) -> None:
        """End what runs by itself, before the last backup."""
        if self._workplace is not None:
            self._workplace.stop()

    def _show(self, people: list[SignInRow]) -> None:
        self._pages.show(partial(self._make_page, people))
        self._load_soon()

    def _make_page(self, people: list[SignInRow]) -> StartPage:
        last = self.foundation.desk_file.get(LAST_STAFF)
        chosen = int(last) if last.isdigit() else 0
        store = self.foundation.person.store.name
        page = SignInPage(store, people, self.foundation.clock, chosen=chosen, hint=self._hint())
        page.signin_asked.connect(self._sign_in)
        self._page = page
        return page

    def _hint(self) -> str:
        pin = sample_pin(self.foundation.house.data)
        return gettext("A made-up store to look around in. Everybody's PIN is {pin}.").format(pin=pin) if pin else ""

    def _sign_in(self, staff_id: int, pin: str) -> None:
        self._presenter.sign_in(staff_id, pin, self._entered, self._refused, self._failed)

    def _refused(self, refused: Refused) -> None:
        if self._page is not None:
            self._page.refuse(refused)

    def _failed(self) -> None:
        if self._page is not None:
            self._page.fail()

    def _entered(self, signed: SignedIn) -> None:
        self.foundation.desk_file.put(LAST_STAFF, str(signed.actor.staff_id))
        self._page = None
        self._work(signed, "")

    # -- working ---------------------------------------------------------------------------

    def _make_greeting(self, signed: SignedIn, offers_sample: bool) -> StartPage:  # noqa: FBT001  (bound by partial)
        page = BeginPage(signed.store.name, offers_sample=offers_sample)
        page.empty_asked.connect(partial(self._work, signed, ""))
        page.import_asked.connect(partial(self._work, signed, "members.import"))
        page.sample_asked.connect(self.sample_asked)
        return page

    def _work(self, signed: SignedIn, command: str) -> None:
        if not self._loaded:
            self._when_loaded = partial(self._work, signed, command)
            self._pages.show(OpeningPage)
            return
        if self._workplace is None:
            self._workplace = self._make_workplace()
        self._workplace.enter(signed)
        self._pages.hide()
        if command:
            self._workplace.open_first(command)

    def _make_workplace(self) -> "Workplace":
        from crmdesk.bootstrap.workplace import Workplace

        workplace = Workplace(self.foundation, self._look, self._presenter)
        workplace.left.connect(self._left)
        workplace.closing.connect(self.closing)
        workplace.restore_asked.connect(self.restore_asked)
        return workplace

    def _left(self) -> None:
        self.foundation.person.leave()
        if self._workplace is not None:
            self._workplace.window.hide()
        self.open()

    def _load_soon(self) -> None:
        """Load what the work needs, once: while the person reads the page and types, not before she sees it."""
        if not self._load_begun:
            self._load_begun = True
            self._load_later.start()

    def _features_loaded(self, _none: None = None) -> None:
        self._loaded = True
        if self._when_loaded is not None:
            waiting, self._when_loaded = self._when_loaded, None
            waiting()

    def _load_failed(self, error: Exception) -> None:
        errors.show(self._pages.window, error).finished.connect(self.closing)


def _load_work() -> None:
    """Load the main window and every feature; called in the thread."""
    from crmdesk.bootstrap import workplace  # noqa: F401 - loaded here, used in the GUI thread

    load_all()
