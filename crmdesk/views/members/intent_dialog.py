"""A wish in one line: what, which article, which kind, which price."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import ItemCategory
from crmdesk.services.intents import NoteIntent
from crmdesk.views.members.intent_presenter import IntentPresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, MoneyField
from crmdesk.views.support.form_dialog import WIDE, FormDialog

_LONG = 120


class IntentDialog(FormDialog):
    """Notes what a member wanted and did not buy."""

    def __init__(self, parent: QWidget, desk: Desk, member: tuple[int, str], saved: Callable[[], None]) -> None:
        """Ask about a wish of `member` (key and name)."""
        self._member_id, name = member
        title = gettext("{name} wanted, and did not buy").format(name=name)
        words = gettext("A call follows by itself in some days; the same article, once bought, closes the wish.")
        super().__init__(parent, title, gettext("Note it"), words, width=WIDE)
        self._saved = saved
        self._presenter = IntentPresenter(desk, self)
        self.what = LineField(
            gettext("W&anted"), required=True, max_length=_LONG, example=gettext("camel coat, size M; thought it over")
        )
        self.add("what", self.what)
        self.style_number = LineField(gettext("&Style"), max_length=40)
        self.category = ChoiceField[ItemCategory](
            gettext("&Kind of goods"), [(label(one), one) for one in ItemCategory], empty="–"
        )
        self.price = MoneyField(gettext("&Price"))
        self.add_row(style=self.style_number, category=self.category, price=self.price)

    @override
    def send(self) -> None:
        request = NoteIntent(
            self._member_id,
            self.what.typed(),
            self.style_number.typed(),
            self.category.value(),
            self.price.value(),
        )
        self._presenter.note(request, self._done, self.refused)

    def _done(self, _key: int) -> None:
        self.accept()
        self._saved()
