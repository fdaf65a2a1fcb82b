"""Goods that come back without a receipt: somebody who may approves at once, before the form is saved."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.roles import Right
from crmdesk.queries.staff import ColleagueRow
from crmdesk.services.approvals import Approved
from crmdesk.services.desk_intake import DeskIntake
from crmdesk.services.signin import Refused
from crmdesk.views.support.approval_fields import ApprovalFields
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.text import Text


class NoReceiptDialog(FormDialog):
    """What comes back without a receipt and why, and the PIN of who lets it; ``approved`` gets the request with it."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        request: DeskIntake,
        people: Sequence[ColleagueRow],
        approved: Callable[[DeskIntake], None],
    ) -> None:
        """Name the pieces of ``request``; ``people`` may approve."""
        text = gettext("Somebody who may do this types the PIN here.")
        super().__init__(parent, gettext("Return without a receipt"), gettext("Approve and save"), text)
        self._desk, self._request, self._approved = desk, request, approved
        pieces = [piece for piece in request.pieces if piece.without_receipt]
        for piece in pieces:
            words = f"{piece.name} · ¥{piece.price_paid.short_text()} · {piece.no_receipt_reason}"
            self.add_part(Text(words, "body", wrap=True))
        self.approval = ApprovalFields(self, [(one.id, one.name) for one in people])
        self._matter = "; ".join(piece.name for piece in pieces)

    @override
    def send(self) -> None:
        """Check the PIN."""
        request = self.approval.request(Right.OVERRIDE, self._matter)
        self._desk.jobs.write(self, request, self._answered, self.refused)

    def _answered(self, answer: Approved | Refused) -> None:
        if isinstance(answer, Approved):
            self.accept()
            self._approved(replace(self._request, approved_by_id=answer.staff_id))
        else:
            self.save.setEnabled(True)
            self.approval.show_refused(answer)
