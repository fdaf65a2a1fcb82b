"""Forms of a card: issue and replace."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.queries.cards import CardRow
from crmdesk.services.cards import CardMade, IssueCard, ReplaceCard
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField, MoneyField
from crmdesk.views.support.form_dialog import FormDialog

_REASON = 120


class IssueDialog(FormDialog):
    """A first card, with or without an end."""

    def __init__(self, parent: QWidget, desk: Desk, member: tuple[int, str], made: Callable[[CardMade], None]) -> None:
        """Issue to `member` (key, name); `made` is called when it is on disk."""
        member_id, name = member
        super().__init__(
            parent,
            gettext("Issue a card to {name}").format(name=name),
            gettext("Issue"),
            gettext("The card gets the next number of the store and the member's level of today."),
        )
        self._presenter = MemberPresenter(desk, self)
        self._member_id = member_id
        self._made = made
        self.valid_until = self.add(
            "valid_until",
            DayField(gettext("Valid until"), self._presenter.today, hint=gettext("empty: without end")),
        )

    @override
    def send(self) -> None:
        self._presenter.issue(IssueCard(self._member_id, self.valid_until.value()), self._done, self.refused)

    def _done(self, made: CardMade) -> None:
        self.accept()
        self._made(made)


class ReplaceDialog(FormDialog):
    """A new card for a lost, worn or upgraded one."""

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {ReasonMissingError: "reason"}

    def __init__(self, parent: QWidget, desk: Desk, card: CardRow, made: Callable[[CardMade], None]) -> None:
        """Replace `card`; `made` is called when the new one is on disk."""
        super().__init__(
            parent,
            gettext("Replace card {number}").format(number=card.number),
            gettext("Replace"),
            gettext("{name} gets a new number; the old one still finds the member.").format(name=card.member_name),
        )
        self._presenter = MemberPresenter(desk, self)
        self._card = card
        self._made = made
        self.reason = self.add("reason", LineField(gettext("Reason"), required=True, max_length=_REASON))
        self.reason.suggest([gettext("Lost"), gettext("Worn"), gettext("New level"), gettext("Name changed")])
        self.fee = self.add("fee", MoneyField(gettext("Fee"), hint=gettext("empty: as in the settings")))

    @override
    def send(self) -> None:
        request = ReplaceCard(self._card.id, self._card.version, self.reason.typed(), self.fee.value())
        self._presenter.replace(request, self._done, self.refused)

    def _done(self, made: CardMade) -> None:
        self.accept()
        self._made(made)
