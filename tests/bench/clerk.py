"""A clerk's round at the real window, again and again: from the search box to the lock and back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from sqlalchemy import text

from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import ApprovalChannel, ItemCategory, Liability, Remedy, TicketKind
from crmdesk.views.main_window import MainWindow
from crmdesk.views.service import intake_papers
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.field import Field
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.preview import Preview
from crmdesk.views.support.widgets.toast import ToastHost

Ready = Callable[[], bool]
Steps = Iterator[Ready]
PATIENCE_MS = 8_000
_TICK_MS = 2
_QUIET_TICKS = 3
_LOANS = "SELECT max(id) FROM loan WHERE state = 'out'"
_TICKETS = "SELECT max(id) FROM ticket"


class Clerk(QObject):
    """Works in the event loop; ``after_round`` is called between two rounds, ``done`` after the last."""

    def __init__(self, people: list[int], pin: str, folder: Path, after_round: Callable[[int], bool]) -> None:
        super().__init__()
        self._people, self._pin, self._folder, self._after_round = people, pin, folder, after_round
        self._round = 0
        self._steps: Steps = iter(())
        self._ready: Ready = bool
        self._quiet = self._waited = 0
        self._found = 0
        self.trouble = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin the first round, once the window shows its first screen."""
        self._ready = lambda: self.window.shown() is not None
        self._steps = iter(())
        self._round = -1
        self._timer.start()

    def _begin(self) -> None:
        self._steps = self._work()
        self._next()

    def _next(self) -> None:
        self._quiet = self._waited = 0
        self._ready = next(self._steps)

    def _tick(self) -> None:
        self._waited += _TICK_MS
        if self._waited > PATIENCE_MS:
            self._end(f"round {self._round}: waited in line {_line_of(self._steps)}: {_said()}")
            return
        try:
            self._quiet = self._quiet + 1 if self._ready() and self.desk.jobs.is_idle() else 0
            if self._quiet >= _QUIET_TICKS:
                self._next()
        except StopIteration:
            self._round += 1
            if self._round == 0 or self._after_round(self._round):
                self._begin()
            else:
                self._end("")
        except (LookupError, TypeError, RuntimeError, AttributeError) as error:
            self._end(f"round {self._round}: {type(error).__name__}: {error}")

    def _end(self, trouble: str) -> None:
        self.trouble = trouble
        self._timer.stop()
        QApplication.exit(0)

    # -- the round -------------------------------------------------------------------------

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))

    @property
    def desk(self) -> Desk:
        """What the screens work with."""
        shown = self.window.shown()
        if shown is None:
            raise LookupError("no screen")
        return shown.desk

    def _work(self) -> Steps:
        member = self._people[self._round % len(self._people)]
        yield from self._search()
        self.desk.navigator.open(EntityRef(EntityKind.MEMBER, member))
        yield _at_once
        yield from self._take_in(member)
        yield from self._repair()
        yield from self._hand_back()
        yield from self._call()
        yield from self._export()
        for section in ("today", "reports", "papers", "loaners", "today"):
            self.window.go(section)
            yield _at_once
        self.desk.navigator.run("program.language")
        yield _at_once
        self.desk.navigator.run("program.lock")
        yield lambda: self.window.locked
        self.window.lock_screen.unlock_asked.emit(self._pin)
        yield lambda: not self.window.locked

    def _search(self) -> Steps:
        search = self.window.top.search
        self.window.activateWindow()
        search.setFocus()
        for typed in ("1", "13", f"13{self._round % 10}", "李"):
            search.setText(typed)
            search.textEdited.emit(typed)
            yield lambda: search.results is not None
        search.clear()
        search.close_results()

    def _take_in(self, member: int) -> Steps:
        self.window.go("service.intake")
        yield _at_once
        page: Any = self.desk.navigator.screen("service.intake")
        form = page.form
        form.begin(TicketKind.REPAIR)
        form.person.open_member(member)
        yield lambda: form.person.known is not None
        goods = form.item.goods.box
        goods.setCurrentIndex(goods.count() - 1)
        form.item.category.set_value(ItemCategory.SUITCASE)
        form.item.item_name.set_value("登机箱 20寸")
        form.said.words.set_value("机场托运后左前轮断裂，无法拖行。")
        form.said.promised.set_value(self.desk.signin.context().today() + timedelta(days=9))
        form.condition.drawing.add_mark(0.2, 0.9)
        yield lambda: form.loaner.chosen() is not None
        while not form.loaner.lending:  # offers may be read anew
            form.loaner.toggle()
            yield _at_once
        page.submit(intake_papers.print_slip)
        yield lambda: form.person.known is None
        yield from self._papers()

    def _papers(self) -> Steps:
        """Keep each paper as a file, close its preview."""
        while (preview := _dialog(Preview)) is not None:
            yield preview.save_button.isEnabled
            preview.write_to(self._folder / "paper.pdf")
            yield _at_once
            preview.close()
            yield _at_once

    def _repair(self) -> Steps:
        yield from self._ask(_TICKETS)
        self.desk.navigator.open(EntityRef(EntityKind.TICKET, self._found))
        yield lambda: self._screen.panel.case is not None and self._screen.panel.case.ticket.id == self._found
        judged = {"liability": Liability.TRANSPORT, "remedy": Remedy.REPAIR_PAID, "cause": "轮轴断裂"}
        yield from self._form("Judge", judged | {"carrier": Money.yuan(80)})
        yield from self._form("Quote", {"work": "更换轮组", "parts": Money.yuan(60), "labour": Money.yuan(20)})
        yield from self._form("Record the answer", {"agreed": "yes", "channel": ApprovalChannel.PHONE})
        for verb in ("Start work", "Work is done"):
            self._press(gettext(verb))
            yield _at_once
        yield from self._form("Check quality", {"shelf": "A3"})
        yield from self._form("Tell customer", {})

    def _hand_back(self) -> Steps:
        ticket = self._found
        yield from self._ask(_LOANS)
        self.desk.navigator.run("loaners.take_back", loan_id=self._found)
        yield from self._send({})
        yield from self._papers()
        self.desk.navigator.open(EntityRef(EntityKind.TICKET, ticket))
        yield lambda: self._screen.panel.case is not None and self._screen.panel.case.ticket.id == ticket
        yield from self._form("Take payment", {})
        yield from self._papers()
        self._press(gettext("Hand back"))
        yield lambda: type(self.window.shown()).__name__ == "PickUpPage"
        page: Any = self.window.shown()
        yield lambda: page.case is not None and page.case.ticket.id == ticket
        for tick in page.goods.ticks.values():
            tick.set_value(value=True)
        page.signature.paper.setChecked(True)
        page.fields.submit()
        yield lambda: page.case is None
        yield from self._papers()

    def _call(self) -> Steps:
        self.desk.navigator.run("care.run")
        run: Any = self.desk.navigator.screen("care.run")
        yield lambda: run.card is not None
        called = run.card
        run.panels.outcomes.choose_outcome(CallOutcome.SATISFIED)
        run.panels.confirm()
        yield lambda: run.card is not called

    def _export(self) -> Steps:
        self.window.go("service")
        yield _at_once
        self._screen.export_list()
        yield lambda: _dialog(QDialog) is not None
        asking = _dialog(QDialog)
        if not hasattr(asking, "fileSelected"):
            words = " / ".join(label.text() for label in asking.findChildren(QLabel))
            raise LookupError(asking.windowTitle(), words)
        asking.fileSelected.emit(str(self._folder / "list.xlsx"))
        asking.close()
        yield _at_once
        for host in self.window.findChildren(ToastHost):
            host.dismiss()

    # -- hands -----------------------------------------------------------------------------

    @property
    def _screen(self) -> Any:  # noqa: ANN401 - the service screen, whose class loads late
        return self.desk.navigator.screen("service")

    def _ask(self, sql: str) -> Steps:
        """Look a key up as nobody does; it stands for reading the number off the paper."""
        self.desk.jobs.read(self.window, lambda session, _context: session.scalar(text(sql)), self._take_found)
        yield _at_once

    def _take_found(self, key: int | None) -> None:
        self._found = key or 0

    def _form(self, verb: str, values: dict[str, Any]) -> Steps:
        self._press(gettext(verb))
        yield from self._send(values)

    def _send(self, values: dict[str, Any]) -> Steps:
        yield lambda: _dialog(FormDialog) is not None
        form = _dialog(FormDialog)
        if form is None:
            raise LookupError("no form")
        for name, value in values.items():
            form.fields.fields()[name].set_value(value)
        form.fields.submit()
        yield lambda: _dialog(FormDialog) is None

    def _press(self, words: str) -> None:
        menu = self._screen.panel.menu()
        actions = [*self._screen.panel.row_actions(), *(menu.actions() if menu is not None else [])]
        for action in actions:
            if action.text().partition("\t")[0] == words and action.isEnabled():
                action.trigger()
                break
        else:
            raise LookupError(words, [action.text() for action in actions])
        if menu is not None:
            menu.deleteLater()


def _dialog(kind: type[Any]) -> Any:  # noqa: ANN401 - of that class
    found = (one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())
    return next((one for one in found if isinstance(one, kind)), None)


def _said() -> list[str]:
    """Give what the screen says is wrong."""
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    fields = [field for top in tops for field in top.findChildren(Field) if field.isVisible() and field.has_problem()]
    titles = [f"{type(one).__name__} {one.windowTitle()}" for one in tops if isinstance(one, QDialog)]
    return [*titles, *(f"{field.label_words()}: {field.problem_text()}" for field in fields)]


def _line_of(steps: object) -> str:
    """Give the lines that the round waits in, outermost first."""
    lines = []
    while steps is not None:
        frame = getattr(steps, "gi_frame", None)
        lines.append(str(frame.f_lineno) if frame else "?")
        steps = getattr(steps, "gi_yieldfrom", None)
    return " > ".join(lines)


def _at_once() -> bool:
    return True
