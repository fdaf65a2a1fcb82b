"""The intake page: one page from the phone number to the printed slip."""

import itertools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import TicketKind
from crmdesk.core.topics import Topic
from crmdesk.queries.intake import IntakeRules
from crmdesk.queries.staff import ColleagueRow
from crmdesk.services.desk_intake import DeskIntake, IntakeMade
from crmdesk.services.ticket_intake import TicketMade
from crmdesk.views.service import intake_papers
from crmdesk.views.service.intake_approval import NoReceiptDialog
from crmdesk.views.service.intake_form import IntakeForm, Known
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.intake_tag import TagFirst
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_put_dialog import put_action
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import ShortText, Text

if TYPE_CHECKING:
    from crmdesk.views.support.desk import ToastAction

DRAFT = "service.intake"
_LEND = "Ctrl+L"
_SHARES = (54, 60)
_BESIDE = (28, 32)
_STACK_BESIDE = 480

After = Callable[[Room, TicketMade], None] | None


class IntakePage(Screen):
    """Repair, complaint and return on one page, by keyboard from top to bottom."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SETTINGS})
    help_page: ClassVar[str] = "intake"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build; what a crash left half-filled is put back when the page is first shown."""
        super().__init__(desk, parent)
        self._presenter = IntakePresenter(desk, self)
        self._room = Room(desk, self, self.reload)
        self._saving = False
        self._begun = False
        self.form = IntakeForm(self, self._presenter)
        self._tag = TagFirst(self, self.form, self._presenter, self._room)
        self._make_buttons()
        self._arrange()
        self._order()
        self._connect()

    def _make_buttons(self) -> None:
        self.save = Button(gettext("Save and print"), "printer", "primary", "Ctrl+Enter")
        self.save_only = Button(gettext("Save only"))
        self.tag_first = Button(gettext("Bag tag first"), "tag", hint="Ctrl+B")
        self.tag_first.setToolTip(
            gettext("Prints the tag for the goods at once; the ticket gets its number when it is saved")
        )
        self._kinds = SegmentedChoice([(one, label(one)) for one in TicketKind], gettext("Kind of ticket"))
        self._heading = Text(gettext("New ticket"), "title")
        self._state = ShortText("", "muted")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _arrange(self) -> None:
        form = self.form
        self.entries = entries = ScrollColumn(gap=2)
        for part in (form.person, form.come_back, form.item, form.returns, form.said):
            entries.add(part)
        entries.add_stretch()
        left = Card()
        left.body.setSpacing(SPACE)
        left.add(entries, 1)
        left.add(row(self.save, self.save_only, self.tag_first, None))
        head = row(self._heading, self._kinds, self._state, gap=4)
        head.setStretch(2, 1)
        beside = ScrollColumn(gap=3)
        beside.add(Columns(form.condition, form.loaner, shares=_BESIDE, stack_below=_STACK_BESIDE), 1)
        self._columns = Columns(left, beside, shares=_SHARES)
        outer = page(head)
        outer.addWidget(self._columns, 1)
        self.setLayout(outer)

    def _order(self) -> None:
        form = self.form
        parts = (form.person, form.item, form.come_back, form.returns, form.said, form.condition, form.loaner)
        named = [self._kinds, *(stop for part in parts for stop in part.stops())]
        stops = [stop for one in named for stop in _takers(one)]
        stops += [self.save, self.save_only, self.tag_first]
        for first, second in itertools.pairwise(stops):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        for part in (self.form.item, self.form.returns, self.form.condition, self.form.loaner):
            part.stops_changed.connect(self._order)
        self._kinds.chosen.connect(self.form.show_kind)
        self.form.kind_changed.connect(lambda: self._kinds.choose(self.form.kind))
        self.form.fields.asked.connect(partial(self.submit, intake_papers.print_slip))
        self.form.fields.cancelled.connect(self._leave)
        self.form.fields.changed.connect(self._keep_draft)
        self.save.clicked.connect(partial(self.submit, intake_papers.print_slip))
        self.save_only.clicked.connect(partial(self.submit, None))
        self.tag_first.clicked.connect(self._tag.print_tag)
        self._key("Ctrl+B", self._tag.print_tag)
        self._key(_LEND, self._lend)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: act())
        self.addAction(action)

    # -- what a screen says of itself ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("New ticket")

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Ctrl+Enter", gettext("Save and print")),
            KeyHelp("Ctrl+B", gettext("Bag tag first")),
            KeyHelp("Ctrl+L", gettext("Put the loaner with the ticket, or take it off")),
            KeyHelp("D", gettext("Mark on the drawing; arrows move it, Enter names it")),
            KeyHelp("1–9", gettext("Turn a fault on or off")),
        ]

    @override
    def reload(self) -> None:
        self._presenter.read_rules(self._got_rules)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._leave_lending_to_window(yes=False)
        if not self.form.person.phone.typed():
            self.form.person.phone.setFocus()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.desk.drafts.flush()
        self._leave_lending_to_window(yes=True)
        super().hideEvent(event)

    def _leave_lending_to_window(self, *, yes: bool) -> None:
        """Ctrl+L lends from this form while it is shown; two actions with one key would both stay silent."""
        for action in self.window().actions():
            if action.shortcut() == QKeySequence(_LEND):
                action.setEnabled(yes)

    def _lend(self) -> None:
        if self.form.kind is TicketKind.REPAIR:
            self.form.loaner.toggle()

    # -- beginnings --------------------------------------------------------------------------------

    def _got_rules(self, rules: IntakeRules) -> None:
        self.form.set_rules(rules)
        if not self._begun:
            self._begun = True
            state = self.desk.drafts.restore(DRAFT)
            if state:
                self.form.fields.restore(state)
                self._say_it_is_back()
            self._say_state()
            self.form.person.phone.setFocus()

    def _say_it_is_back(self) -> None:
        """Tell that this is the half-filled ticket of before, unless she is at work in it."""
        focused = QApplication.focusWidget()
        if focused is None or focused is self or not self.isAncestorOf(focused):
            anew = (gettext("Begin anew"), partial(self._begin, self.form.kind, Known()))
            self.desk.toasts.show(gettext("What you had typed is back"), [anew])
            self.form.person.phone.setFocus()

    def begin(self, kind: TicketKind, **known: Any) -> None:  # noqa: ANN401 - the facts that `Known` names
        """Begin a ticket of `kind`, with what the page it came from knows; a half-filled one is asked about."""
        given = Known(**known)
        fill = partial(self._begin, kind, given)
        if not self.form.is_dirty() and self.desk.drafts.restore(DRAFT) is None:
            fill()
        elif given.member_id is None and not given.words:
            self.form.show_kind(kind)
            self._say_it_is_back()
        else:
            ask(
                self,
                gettext("A half-filled ticket is open here."),
                gettext("Go on with it, or throw it away and begin the new one?"),
                [Verb(gettext("Begin the new one"), fill, Kind.DANGER), Verb(gettext("Go on with it"))],
            )

    def _begin(self, kind: TicketKind, known: Known) -> None:
        self._begun = True
        self.desk.drafts.clear(DRAFT)
        self.form.begin(kind)
        self.form.fill(known)
        self._say_state()
        self.form.person.phone.setFocus()

    def _keep_draft(self) -> None:
        if self._begun and not self._saving:
            self.desk.drafts.keep(DRAFT, self.form.fields.draft)
            self._say_state()

    def _say_state(self) -> None:
        if not self.form.is_dirty():
            self._state.setText(gettext("Esc cancels"))
        elif self.desk.drafts.failed:
            self._state.setText(gettext("Draft not kept: disk full? · Esc cancels"))
        elif self.form.tag_number:
            self._state.setText(gettext("Tag {number} · Esc cancels").format(number=self.form.tag_number))
        else:
            self._state.setText(gettext("Draft kept · Esc cancels"))

    def _leave(self) -> None:
        self.desk.drafts.clear(DRAFT)
        self.form.begin(self.form.kind)
        self._say_state()
        self.desk.navigator.back()

    # -- saving ------------------------------------------------------------------------------------

    def submit(self, after: After, _checked: object = None) -> None:
        """Look up who it is if that is still open, check, and save; then print `after`."""
        self.form.person.settle(partial(self._save, after))

    def _save(self, after: After) -> None:
        if self._saving or not self.form.check():
            return
        request = self.form.request()
        if self._presenter.needs_approval(request):
            self._presenter.read_approvers(partial(self._ask_approval, after, request))
        else:
            self._write(after, request)

    def _ask_approval(self, after: After, request: DeskIntake, people: list[ColleagueRow]) -> None:
        NoReceiptDialog(self, self.desk, request, people, partial(self._write, after)).open()

    def _write(self, after: After, request: DeskIntake) -> None:
        self._set_saving(on=True)
        self._presenter.save(request, partial(self._saved, after), self._failed)

    def _set_saving(self, *, on: bool) -> None:
        self._saving = on
        for button in (self.save, self.save_only, self.tag_first):
            button.setEnabled(not on)

    def _failed(self, error: Exception) -> None:
        self._set_saving(on=False)
        self.form.failed(error)

    def _saved(self, after: After, made: IntakeMade) -> None:
        self.desk.drafts.clear(DRAFT)
        self.form.begin(self.form.kind)
        self._set_saving(on=False)
        self._say_state()
        self.form.person.phone.setFocus()
        self._tell(made)
        if made.loan is not None:
            intake_papers.print_loan(self._room, made.loan)
        if after is not None:
            after(self._room, made.ticket)

    def _tell(self, made: IntakeMade) -> None:
        said = gettext("Saved {number}").format(number=made.ticket.number)
        if made.loan is not None:
            lent = gettext("{code} lent until {day}").format(
                code=made.loan.loaner_code, day=made.loan.due_on.isoformat()
            )
            said = f"{said} · {lent}"
        actions: list[ToastAction] = [(gettext("Print"), partial(intake_papers.print_slip, self._room, made.ticket))]
        if self.desk.navigator.can_open(EntityKind.TICKET):
            ref = EntityRef(EntityKind.TICKET, made.ticket.id)
            actions.append((gettext("Open ticket"), partial(self.desk.navigator.open, ref)))
        if made.goods_here:
            actions.append(put_action(self._room, made.ticket.number))
        self.desk.toasts.show(said, actions)


def _takers(stop: QWidget) -> list[QWidget]:
    """Give what really takes the focus: chips and photos are one stop, but one of their buttons has it."""
    if stop.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return [stop]
    return [one for one in stop.findChildren(QAbstractButton) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
