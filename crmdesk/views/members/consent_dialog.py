"""What a member agrees to, purpose by purpose; taking back is as easy as giving."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.care import Channel, ConsentPurpose
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.services.consents import SetConsent
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog

_HOW = 120


def consent_field(purpose: ConsentPurpose) -> ChoiceField[bool]:
    """Give the field for one purpose: agreed, refused, or not asked."""
    choices = [(gettext("agreed"), True), (gettext("refused"), False)]
    return ChoiceField[bool](label(purpose), choices, empty=gettext("not asked"))


def channel_field() -> ChoiceField[Channel]:
    """Give the field for the one way of contact that is meant."""
    return ChoiceField[Channel](
        gettext("For which way"), [(label(one), one) for one in Channel], empty=gettext("every way")
    )


def how_field() -> LineField:
    """Give the field for the way in which it was said."""
    field = LineField(gettext("Said how"), max_length=_HOW, example=gettext("at the counter, by phone, on paper"))
    field.suggest([gettext("at the counter"), gettext("by phone"), gettext("on paper")])
    return field


class ConsentDialog(FormDialog):
    """The four purposes and the way."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        member: tuple[int, str, Mapping[ConsentPurpose, bool]],
        saved: Callable[[], None],
    ) -> None:
        """Show what `member` (key, name, word by purpose) said so far; `saved` is called when it is on disk."""
        self._member_id, name, self._known = member
        super().__init__(
            parent,
            gettext("Consents of {name}").format(name=name),
            gettext("Save"),
            gettext("Day, person, way and the version of the notice text are kept with every answer."),
        )
        self._presenter = MemberPresenter(desk, self)
        self._saved = saved
        self.purposes = {purpose: self.add(purpose.value, consent_field(purpose)) for purpose in ConsentPurpose}
        for purpose, field in self.purposes.items():
            field.set_value(self._known.get(purpose))
        self.channel = self.add("channel", channel_field())
        self.how = self.add("how", how_field())
        self.how.set_required(required=True)
        self.how.set_value(gettext("at the counter"))

    @override
    def send(self) -> None:
        way = self.channel.value()
        said = [
            SetConsent(self._member_id, purpose, given, self.how.typed(), channel=way)
            for purpose, field in self.purposes.items()
            if (given := field.value()) is not None and (way is not None or given is not self._known.get(purpose))
        ]
        self._presenter.say_consents(said, self._done, self.refused)

    def _done(self, _changed: int) -> None:
        self.accept()
        self._saved()
