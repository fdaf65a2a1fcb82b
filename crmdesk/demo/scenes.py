"""What is done before each picture: every section, its main pages and dialogs, as a manager sees them."""

from collections.abc import Generator
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import TicketKind
from crmdesk.demo.scene_moves import Steps, command, desk, dialog_of, main, need, open_thing, settings_page, show_ticket
from crmdesk.demo.scenes_desk import desk_stops, loaner_stops, settings_stops
from crmdesk.demo.scenes_people import member_stops, settings_stops_of_members, signing_stops
from crmdesk.demo.shop import OWNER, PIN
from crmdesk.demo.things import Things
from crmdesk.demo.walk import Ready, Stop, dialog, window
from crmdesk.views.main_window import MainWindow
from crmdesk.views.members.account_screen import AccountScreen
from crmdesk.views.members.account_steps import AccountAct
from crmdesk.views.members.import_screen import ImportScreen
from crmdesk.views.papers.screen import PapersScreen
from crmdesk.views.service.intake_page import IntakePage
from crmdesk.views.signin.signin_page import SignInPage

MANAGER = "周敏"


def start_page(name: str) -> Steps:
    """Wait for a page of the start window."""
    yield lambda: type(window().centralWidget()).__name__ == name


class Scenes:
    """The scenes of the main window."""

    def __init__(self, things: Things, people: dict[str, int], ugly_list: Path, size: tuple[int, int]) -> None:
        """Take what to show, who may sign in, a file to import, and how large the window is."""
        self._things = things
        self._people = people
        self._ugly_list = ugly_list
        self._size = size

    def stops(self) -> list[Stop]:
        """Give everything in the order of the rail."""
        return [*self._people_stops(), *self._service_stops(), *self._other_stops()]

    def _people_stops(self) -> list[Stop]:
        return [
            Stop("sign-in", lambda: start_page("SignInPage")),
            Stop("today", self._enter),
            Stop("search", self._search),
            Stop("members", self._members),
            Stop("member", partial(open_thing, EntityKind.MEMBER, self._things.zhou)),
            Stop("member-form", partial(self._run_on, "member", "edit")),
            Stop("account", partial(command, "members.account", member_id=self._things.zhou)),
            Stop("account-use", partial(self._account, "spend")),
            Stop("account-statement", partial(self._account, "statement")),
            *member_stops(self._things),
            Stop("value", partial(command, "members.value")),
            Stop("wishes", partial(command, "members.intents")),
            Stop("wish-note", partial(self._wish, self._things.zhou)),
            Stop("cards", partial(command, "members.cards")),
            Stop("import-file", partial(command, "members.import")),
            Stop("import-columns", self._import_columns),
            Stop("import-check", partial(self._import_on, 1)),
            Stop("import-done", partial(self._import_on, 2)),
        ]

    def _service_stops(self) -> list[Stop]:
        things, on_dialog = self._things, dialog_of
        return [
            Stop("service", partial(self._service, "open")),
            Stop("repair", partial(show_ticket, things.repaired)),
            Stop("judge", partial(on_dialog, things.received, "Judge")),
            Stop("quote", partial(on_dialog, things.received, "Quote")),
            Stop("answer", partial(on_dialog, things.quoted, "Record the answer")),
            *signing_stops(things),
            Stop("hand-back-stopped", partial(command, "service.pick_up", ticket_id=things.stopped)),
            *desk_stops(things),
            Stop("complaint", partial(show_ticket, things.complaint)),
            Stop("letter-composer", partial(on_dialog, things.complaint, "Write the letter")),
            Stop("letters", partial(command, "papers.letters")),
            Stop("return", partial(show_ticket, things.given_back)),
            Stop("intake", self._intake),
            Stop("intake-new", self._intake_new),
        ]

    def _other_stops(self) -> list[Stop]:
        return [
            Stop("loaners", partial(open_thing, EntityKind.LOANER, self._things.loaner_out)),
            Stop("lend", self._lend),
            Stop("loaner-return", self._take_back),
            *loaner_stops(self._things),
            Stop("callbacks", partial(self._go, "care")),
            Stop("call-run", partial(command, "care.run")),
            Stop("papers", partial(self._go, "papers")),
            Stop("preview", self._preview),
            Stop("reports", partial(self._go, "reports")),
            Stop("settings-store", self._settings_of_owner),
            Stop("settings-staff", partial(settings_page, "Staff")),
            Stop("settings-backups", partial(settings_page, "Backups and history")),
            Stop("looks", partial(command, "settings.looks")),
            Stop("settings-levels", partial(settings_page, "Levels and points")),
            Stop("settings-service", partial(settings_page, "Service")),
            *settings_stops(),
            *settings_stops_of_members(),
            Stop("keys", self._keys),
            Stop("lock", self._lock),
        ]

    # -- moving about ----------------------------------------------------------------------

    def _enter(self, name: str = MANAGER) -> Steps:
        page = window().centralWidget()
        if isinstance(page, SignInPage):
            page.signin_asked.emit(self._people[name], PIN)
        yield lambda: isinstance(window(), MainWindow)
        window().resize(*self._size)
        yield None

    def _go(self, section: str) -> Steps:
        main().go(section)
        yield None

    def _run_on(self, section: str, act: str) -> Steps:
        getattr(desk().navigator.screen(section), act)()
        yield lambda: dialog() is not None

    def _account(self, act: str) -> Steps:
        screen = desk().navigator.screen("member.account")
        if isinstance(screen, AccountScreen):
            screen.run(AccountAct(act))
        yield lambda: dialog() is not None

    def _wish(self, member_id: int) -> Steps:
        desk().navigator.run("members.intent", member_id=member_id, person="周建国")
        yield lambda: dialog() is not None

    def _search(self) -> Steps:
        search = main().top.search
        main().activateWindow()
        search.setFocus()
        search.setText("zh")
        search.textEdited.emit("zh")
        yield lambda: search.results is not None

    def _members(self) -> Steps:
        _end_search()
        yield from self._go("members")

    # -- service ---------------------------------------------------------------------------

    def _service(self, view: str) -> Steps:
        desk().navigator.run("service.show", view=view)
        yield None

    def _intake(self) -> Steps:
        page = yield from self._begin_intake(self._things.zhou)
        form = page.form
        _choose_suitcase(page)
        yield None
        form.item.faults.set_value(("wheel_broken",))
        form.item.accessories.set_value(("密码锁", "防尘袋"))
        form.said.words.set_value("机场托运后左前轮断裂，无法拖行，下周要出差。")
        form.condition.drawing.add_mark(0.22, 0.93)
        form.said.promised.set_value(desk().signin.context().today() + timedelta(days=9))
        yield None

    def _intake_new(self) -> Steps:
        page = yield from self._begin_intake(None)
        line = page.form.person.phone.line
        line.setText("137 0000 2222")
        line.textEdited.emit(line.text())
        line.editingFinished.emit()
        yield None

    def _begin_intake(self, member_id: int | None) -> Generator[Ready | None, None, IntakePage]:
        main().go("service.intake")
        yield None
        shown = desk().navigator.screen("service.intake")
        if not isinstance(shown, IntakePage):
            raise TypeError(shown)
        shown.form.begin(TicketKind.REPAIR)
        if member_id is not None:
            shown.form.person.open_member(member_id)
        yield None
        main().toasts.dismiss()
        return shown

    # -- loaners, members, settings --------------------------------------------------------

    def _lend(self) -> Steps:
        desk().navigator.run("loaners.lend", ticket_id=need(self._things.received))
        yield lambda: dialog() is not None

    def _take_back(self) -> Steps:
        desk().navigator.run("loaners.take_back", loan_id=need(self._things.loan_out))
        yield lambda: dialog() is not None

    def _import_columns(self) -> Steps:
        _import_screen().take_file(self._ugly_list)
        yield lambda: _import_screen().stack.currentIndex() == 1

    def _import_on(self, step: int) -> Steps:
        _import_screen().go_on()
        yield lambda: _import_screen().stack.currentIndex() == step + 1

    def _preview(self) -> Steps:
        screen = desk().navigator.screen("papers")
        if isinstance(screen, PapersScreen):
            screen.view.select_first()
            screen.print_paper()
        yield lambda: dialog() is not None
        yield None

    def _settings_of_owner(self) -> Steps:
        """Let the owner sign in: she may change them."""
        desk().navigator.run("program.sign_out")
        yield lambda: isinstance(window().centralWidget(), SignInPage)
        yield from self._enter(OWNER)
        yield from settings_page("The store")

    def _keys(self) -> Steps:
        main().go("service")
        yield None
        main().setFocus()
        nothing_held = Qt.KeyboardModifier.NoModifier
        QApplication.postEvent(main(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Question, nothing_held, "?"))
        yield None

    def _lock(self) -> Steps:
        desk().navigator.run("program.lock")
        yield lambda: main().locked


def _choose_suitcase(page: IntakePage) -> None:
    box = page.form.item.goods.box
    suitcases = [place for place in range(box.count()) if "箱" in box.itemText(place)]
    # The first is the one that was repaired today.
    box.setCurrentIndex((suitcases[1:] or suitcases or [0])[0])


def _import_screen() -> ImportScreen:
    found = desk().navigator.screen("members.import")
    if not isinstance(found, ImportScreen):
        raise TypeError(found)
    return found


def _end_search() -> None:
    search = main().top.search
    search.clear()
    search.close_results()
