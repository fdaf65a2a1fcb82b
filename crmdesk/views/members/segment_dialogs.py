"""The name of a segment, and who has it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.services.segments import KeepSegment, keep
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField, TickField
from crmdesk.views.support.form_dialog import FormDialog

_LONGEST = 60


class KeepDialog(FormDialog):
    """Ctrl+Enter keeps the conditions under the name."""

    def __init__(
        self, parent: QWidget, desk: Desk, request: KeepSegment, done: Callable[[int], None], *, may_share: bool
    ) -> None:
        """Ask for the name of a new segment, or another one for a kept one."""
        new = request.segment_id is None
        title = gettext("Save as segment") if new else gettext("Rename the segment")
        super().__init__(parent, title, gettext("Save") if new else gettext("Rename"))
        self._desk, self._request, self._done = desk, request, done
        self.name = self.add("name", LineField(gettext("&Name"), required=True, max_length=_LONGEST))
        self.name.set_value(request.name)
        self.shared = self.add("shared", TickField(gettext("&Everybody in the store has it")))
        self.shared.set_value(request.shared)
        if not may_share:
            self.shared.box.setEnabled(False)
            self.shared.box.setToolTip(gettext("Only a manager or the owner gives segments to everybody."))

    @override
    def send(self) -> None:
        request = replace(self._request, name=self.name.typed(), shared=bool(self.shared.value()))
        self._desk.jobs.write(self, lambda session, context: keep(session, request, context), self._saved, self.refused)

    def _saved(self, segment_id: int) -> None:
        name = self.name.typed()
        self.accept()
        self._desk.toasts.show(gettext("Segment “{name}” is saved").format(name=name))
        self._done(segment_id)
