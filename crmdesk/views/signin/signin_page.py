"""Who are you, and your PIN."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from crmdesk.core.clock import Clock
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.pins import LONGEST
from crmdesk.core.tones import Tone
from crmdesk.views.signin.person_card import PersonCard
from crmdesk.views.signin.start_page import StartPage
from crmdesk.views.signin.wording import refusal_words, seconds_left, wait_words
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.text import ShortText, Text, set_look, show_if

if TYPE_CHECKING:
    from datetime import datetime

    from crmdesk.queries.staff import SignInRow
    from crmdesk.services.signin import Refused

_WIDTH: Final = 720
_NARROW: Final = 520
_COLUMNS: Final = 3
_PIN_WIDTH: Final = 220
_SECOND_MS: Final = 1000


class SignInPage(StartPage):
    """The people of the store as cards; the one who was here last is chosen, her PIN can be typed at once."""

    signin_asked = Signal(object, str)  # staff id, PIN

    def __init__(
        self, store: str, people: Sequence["SignInRow"], clock: Clock, *, chosen: int = 0, hint: str = ""
    ) -> None:
        """Show the people.

        Args:
            store: its name.
            people: in the order of the cards.
            clock: for the time to wait.
            chosen: key of who is chosen first; otherwise the first card.
            hint: a sentence below the store's name.
        """
        super().__init__(_WIDTH)
        self._clock = clock
        self._people = {person.id: person for person in people}
        self._wait_until: dict[int, datetime] = {}
        self._group = QButtonGroup(self)
        self._cards = {person.id: PersonCard(person.name, label(person.role)) for person in people}
        self._grid = QGridLayout()
        self._grid.setSpacing(2 * SPACE)
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(LONGEST)
        self._pin.setPlaceholderText(gettext("PIN"))
        self._pin.setAccessibleName(gettext("PIN"))
        self._pin.setMaximumWidth(_PIN_WIDTH)
        self._pin.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._enter = Button(gettext("Sign in"), "", "primary", "Enter")
        self._problem = Text("", "error", wrap=True)
        self._no_pin = Text(gettext("No PIN is set yet; you will be asked to choose one."), "muted", wrap=True)
        self._countdown = QTimer(self)
        self._countdown.setInterval(_SECOND_MS)
        self._build(store, hint)
        self._connect()
        first = chosen if chosen in self._cards else next(iter(self._cards), 0)
        if first:
            self._cards[first].setChecked(True)
            self._person_changed()

    def _build(self, store: str, hint: str) -> None:
        self.panel.add(ShortText(store, "title"))
        self.panel.add(Banner(hint, tone=Tone.INFO))
        self.panel.add(Text(gettext("Who is at the desk?"), "soft"))
        self._place_cards(_COLUMNS)
        cards = QWidget()
        cards.setProperty("role", "plain")
        cards.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.panel.add(cards)
        line = row(self._pin, self._enter, None, gap=2)
        line.setStretch(0, 1)
        self.panel.add(line)
        self.panel.add(self._no_pin)
        self.panel.add(self._problem)
        show_if(self._problem, wanted=False)

    def _place_cards(self, columns: int) -> None:
        for number, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, number // columns, number % columns)
        for number in range(_COLUMNS):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def _connect(self) -> None:
        for card in self._cards.values():
            self._group.addButton(card)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._chosen)
        self._group.buttonToggled.connect(self._person_changed)
        self._pin.returnPressed.connect(self._ask)
        self._pin.textEdited.connect(self._forget_problem)
        self._enter.clicked.connect(self._ask)
        for keys, step in (("Up", -1), ("Down", 1)):
            action = QAction(self._pin)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._choose_beside, step))
            self._pin.addAction(action)
        self._countdown.timeout.connect(self._tell_wait)

    @override
    def take_focus(self) -> None:
        wanted: tuple[QWidget, ...] = (self._pin, self._enter, *filter(PersonCard.isChecked, self._cards.values()))
        for target in wanted:
            if target.isVisibleTo(self) and target.isEnabled():
                target.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    @property
    def person(self) -> int:
        """Key of the chosen person; 0 when there is none."""
        return next((key for key, card in self._cards.items() if card.isChecked()), 0)

    def refuse(self, refused: "Refused") -> None:
        """Say why she was not let in; while she has to wait nothing can be typed for her."""
        self._set_busy(busy=False)
        self._pin.clear()
        if refused.wait_until is not None:
            self._wait_until[self.person] = refused.wait_until
        self._say(refusal_words(refused, self._clock.now()))
        self._tell_wait()
        self.take_focus()

    def fail(self) -> None:
        """Let her try again after a failure that was shown elsewhere."""
        self._set_busy(busy=False)
        self._pin.clear()
        self.take_focus()

    @Slot()
    def _ask(self) -> None:
        if not self.person or not self._enter.isEnabled():
            return
        if self._pin.isVisibleTo(self) and not self._pin.text():
            self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._set_busy(busy=True)
        self._enter.set_text(gettext("Signing in …"), hint="")
        self._enter.repaint()  # now, not when the program has time: checking a PIN and opening the window take a while
        self.signin_asked.emit(self.person, self._pin.text())

    @Slot(QAbstractButton)
    def _chosen(self, _card: QAbstractButton) -> None:
        self.take_focus()

    @Slot()
    def _person_changed(self) -> None:
        person = self._people.get(self.person)
        has_pin = person is None or person.has_pin
        show_if(self._pin, has_pin)
        show_if(self._no_pin, not has_pin)
        self._pin.clear()
        self._forget_problem()
        self._tell_wait()

    @Slot()
    def _tell_wait(self) -> None:
        person = self._people.get(self.person)
        until = self._wait_until.get(self.person) or (person.wait_until if person else None)
        now = self._clock.now()
        waiting = until is not None and seconds_left(until, now) > 0
        if waiting and until is not None:
            self._say(wait_words(until, now))
            self._countdown.start()
        elif self._countdown.isActive():
            self._countdown.stop()
            self._forget_problem()
            self.take_focus()
        self._set_busy(busy=waiting)

    def _set_busy(self, *, busy: bool) -> None:
        self._pin.setEnabled(not busy)
        self._enter.setEnabled(not busy)
        self._enter.set_text(gettext("Sign in"), hint="Enter")

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        show_if(self._problem, wanted=True)
        set_look(self._pin, wrong="true")

    @Slot()
    def _forget_problem(self) -> None:
        show_if(self._problem, wanted=False)
        set_look(self._pin, wrong="false")

    def _choose_beside(self, step: int, _checked: object = None) -> None:
        keys = list(self._cards)
        if keys and self.person:
            self._cards[keys[(keys.index(self.person) + step) % len(keys)]].setChecked(True)
            self.take_focus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed on a card begins the PIN; Enter signs in."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._ask()
        elif event.text().isalnum() and self._pin.isVisibleTo(self) and self._pin.isEnabled():
            self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pin.setText(self._pin.text() + event.text())
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards(_COLUMNS if self.width() >= _NARROW + 80 else 2)
