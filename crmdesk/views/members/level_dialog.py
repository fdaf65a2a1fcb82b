"""A level by hand, with the reason."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import ReasonMissingError
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier
from crmdesk.queries.level_case import LevelCase
from crmdesk.services import levels
from crmdesk.services.levels import SetLevel
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog

_TEXT = 120


class LevelDialog(FormDialog):
    """Chooses the level; it stays until it is released."""

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {ReasonMissingError: "reason"}

    def __init__(self, parent: QWidget, desk: Desk, case: LevelCase, told: Callable[[CardTier], None]) -> None:
        """Begin with the level that ``case`` tells of; ``told`` is called when the new one is on disk."""
        super().__init__(
            parent,
            gettext("Level of {name} by hand").format(name=case.name),
            gettext("Set the level"),
            gettext("By the rule it would be {level}. What is set by hand stays until it is released.").format(
                level=label(case.earned)
            ),
        )
        self._desk, self._case, self._told = desk, case, told
        choices = [(label(tier), tier) for tier in CardTier]
        self.tier = self.add("tier", ChoiceField(gettext("&Level"), choices, required=True))
        self.tier.set_value(case.tier)
        self.reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_TEXT))
        self.reason.suggest([gettext("Friend of the house"), gettext("Level elsewhere"), gettext("Goodwill")])

    @override
    def send(self) -> None:
        tier = self.tier.value() or self._case.tier
        request = SetLevel(self._case.member_id, self._case.version, tier, self.reason.typed())
        self._desk.jobs.write(
            self, lambda session, context: levels.set_by_hand(session, request, context), self._done, self.refused
        )

    def _done(self, tier: CardTier) -> None:
        self.accept()
        self._told(tier)
