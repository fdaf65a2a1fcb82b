"""The people around a member on her page: households with their sums, relatives with birthdays, who shares a phone."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import HouseholdKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.queries.people_around import Around, HouseholdShown, PersonAround, RelativeShown, SharesPhone
from crmdesk.views.members.wording import amount, birthday_words, next_birthday_words
from crmdesk.views.support.days import day_text
from crmdesk.views.support.icons import icon
from crmdesk.views.support.widgets.button import Button, IconButton
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import ShortText, Text

_FEW = 6
_SOON = 60
Act = Callable[[], None]


class PeoplePanel(Card):
    """Shows `Around`; what is to be done is handed on."""

    chosen = Signal(object)
    make_wanted = Signal(object)
    edit_wanted = Signal(object)
    join_wanted = Signal(object)
    role_wanted = Signal(object, object)
    leave_wanted = Signal(object, object)
    same_wanted = Signal(object)
    relative_wanted = Signal(object)
    relative_gone = Signal(object)

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(gettext("People around"), "users-round")
        self._shown: tuple[Around, Context] | None = None
        self._whole = False
        self.add_button = Button(gettext("Add"), "plus", "link")
        self.add_to_head(self.add_button)
        self._rows = QWidget()
        self._lines = column(gap=2)
        self._rows.setLayout(self._lines)
        self.add(self._rows)

    def show_around(self, found: Around, context: Context) -> None:
        """Show everybody; what was unfolded stays so while it is the same member."""
        if self._shown is None or self._shown[0].member_id != found.member_id:
            self._whole = False
        self._shown = found, context
        self._offer(context)
        self._clear()
        for one in found.households:
            self._household(one, found, context)
        for relative in found.relatives:
            self._lines.addWidget(self._relative(relative, context))
        for shares in found.sharing if self._whole else found.sharing[:_FEW]:
            self._lines.addWidget(self._sharing(shares, context))
        self._fold(found)
        if not (found.households or found.relatives or found.sharing):
            words = gettext("Nobody yet. Add the family, the firm, or a relative whose birthday matters.")
            self._lines.addWidget(Text(words, "soft", wrap=True))

    # -- parts -------------------------------------------------------------------------------

    def _offer(self, context: Context) -> None:
        menu = QMenu(self.add_button)
        for words, name, act in (
            (gettext("Household…"), "house", lambda: self.make_wanted.emit(HouseholdKind.HOUSEHOLD)),
            (gettext("Work unit…"), "building-2", lambda: self.make_wanted.emit(HouseholdKind.WORK_UNIT)),
            (gettext("Relative with a birthday…"), "cake", lambda: self.relative_wanted.emit(None)),
        ):
            menu.addAction(icon(name), words).triggered.connect(lambda _checked=False, act=act: act())
        self.add_button.setMenu(menu)
        if not context.may(Right.EDIT_MEMBERS):
            self.add_button.refuse(gettext("Your role does not change members."))

    def _household(self, one: HouseholdShown, found: Around, context: Context) -> None:
        more = IconButton("ellipsis", gettext("More about {name}").format(name=one.name))
        more.setMenu(self._menu(one, found, more, context))
        self._lines.addLayout(row(ShortText(one.name, "heading"), None, more))
        self._lines.addWidget(Text(_sums(one), "soft", wrap=True))
        for person in one.people if self._whole else one.people[:_FEW]:
            self._lines.addWidget(self._person(one, person, context))

    def _menu(self, one: HouseholdShown, found: Around, parent: QWidget, context: Context) -> QMenu:
        menu = QMenu(parent)
        mine = (found.member_id, one.role)
        steps: tuple[tuple[str, str, Act], ...] = (
            (gettext("Add somebody…"), "user-plus", partial(self.join_wanted.emit, one)),
            (gettext("Edit…"), "pencil", partial(self.edit_wanted.emit, one)),
            (gettext("Role of this member…"), "user-round", partial(self.role_wanted.emit, one, mine)),
            (gettext("This member leaves"), "log-out", partial(self.leave_wanted.emit, one, found.member_id)),
        )
        _fill(menu, steps, may=context.may(Right.EDIT_MEMBERS))
        return menu

    def _person(self, one: HouseholdShown, person: PersonAround, context: Context) -> QWidget:
        name = self._link(person.name, person.member_id)
        more = IconButton("ellipsis", gettext("More about {name}").format(name=person.name))
        menu = QMenu(more)
        steps: tuple[tuple[str, str, Act], ...] = (
            (gettext("Change the role…"), "pencil", partial(self.role_wanted.emit, one, person)),
            (gettext("Take out"), "log-out", partial(self.leave_wanted.emit, one, person.member_id)),
        )
        _fill(menu, steps, may=context.may(Right.EDIT_MEMBERS))
        more.setMenu(menu)
        return _line(name, Text(_person_words(person, context.today()), "soft", wrap=True), more)

    def _relative(self, one: RelativeShown, context: Context) -> QWidget:
        name = Button(one.name, "cake", "link")
        name.give_way()
        name.setAccessibleName(gettext("Relative {name}").format(name=one.name))
        name.clicked.connect(partial(self._ask_relative, one))
        if not context.may(Right.EDIT_MEMBERS):
            name.refuse(gettext("Your role does not change members."))
        gone = IconButton("trash-2", gettext("Take {name} away").format(name=one.name))
        gone.clicked.connect(partial(self._drop_relative, one))
        gone.setEnabled(context.may(Right.EDIT_MEMBERS))
        return _line(name, Text(_relative_words(one, context.today()), "soft", wrap=True), gone)

    def _ask_relative(self, one: RelativeShown) -> None:
        self.relative_wanted.emit(one)

    def _drop_relative(self, one: RelativeShown) -> None:
        self.relative_gone.emit(one)

    def _sharing(self, one: SharesPhone, context: Context) -> QWidget:
        same = Button(gettext("Same household"), "house", "link")
        same.setAccessibleName(gettext("Same household as {name}").format(name=one.name))
        same.clicked.connect(lambda: self.same_wanted.emit(one))
        if not context.may(Right.EDIT_MEMBERS):
            same.refuse(gettext("Your role does not change members."))
        words = gettext("same phone {phone}").format(phone=one.phone)
        return _line(self._link(one.name, one.member_id), Text(words, "soft", wrap=True), same)

    def _link(self, name: str, member_id: int) -> Button:
        link = Button(name, "user-round", "link")
        link.give_way()
        link.clicked.connect(lambda: self.chosen.emit(EntityRef(EntityKind.MEMBER, member_id)))
        return link

    def _fold(self, found: Around) -> None:
        hidden = sum(max(len(one.people) - _FEW, 0) for one in found.households) + max(len(found.sharing) - _FEW, 0)
        if hidden and not self._whole:
            words = ngettext("Show {count} more", "Show {count} more", hidden).format(count=hidden)
            unfold = Button(words, "chevron-down", "quiet")
            unfold.clicked.connect(self._unfold)
            self._lines.addWidget(unfold)
        beyond = found.sharing_more + sum(one.count - 1 - len(one.people) for one in found.households)
        if beyond > 0:
            words = ngettext("and {count} more person", "and {count} more people", beyond)
            self._lines.addWidget(Text(words.format(count=beyond), "small"))

    def _unfold(self) -> None:
        self._whole = True
        if self._shown is not None:
            self.show_around(*self._shown)

    def _clear(self) -> None:
        old, self._rows = self._rows, QWidget()
        self._lines = column(gap=2)
        self._rows.setLayout(self._lines)
        self.body.replaceWidget(old, self._rows)
        old.hide()
        old.deleteLater()


def _fill(menu: QMenu, steps: tuple[tuple[str, str, Act], ...], *, may: bool) -> None:
    for words, name, act in steps:
        step = menu.addAction(icon(name), words)
        step.triggered.connect(lambda _checked=False, act=act: act())
        step.setEnabled(may)


def _line(*parts: QWidget) -> QWidget:
    part = QWidget()
    line = row(*parts, gap=2)
    line.setStretch(1, 1)
    part.setLayout(line)
    return part


def _sums(one: HouseholdShown) -> str:
    parts = [
        label(one.kind),
        one.industry,
        ngettext("{count} person", "{count} people", one.count).format(count=one.count),
        gettext("12 months {amount}").format(amount=amount(one.spend)) if one.spend is not None else "",
        ngettext("{count} receipt", "{count} receipts", one.purchases).format(count=one.purchases),
        gettext("this member: {role}").format(role=label(one.role)),
        one.address,
        one.note,
    ]
    return " · ".join(part for part in parts if part)


def _person_words(person: PersonAround, today: date) -> str:
    seen = gettext("bought {day}").format(day=day_text(person.last_visit, today)) if person.last_visit else ""
    soon = person.next_birthday is not None and (person.next_birthday - today).days <= _SOON
    born = ""
    if soon and person.next_birthday is not None:
        born = gettext("birthday {when}").format(when=next_birthday_words(person.next_birthday, today))
    parts = (label(person.role), person.note, label(person.tier), seen, born)
    return " · ".join(part for part in parts if part)


def _relative_words(one: RelativeShown, today: date) -> str:
    when = next_birthday_words(one.next_birthday, today) if one.next_birthday is not None else ""
    parts = (label(one.role), birthday_words(one.birthday), when, one.note)
    return " · ".join(part for part in parts if part)
