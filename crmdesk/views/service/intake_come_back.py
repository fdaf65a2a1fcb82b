"""The banner that tells at once that a thing was repaired lately, and whether this ticket is linked with that one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crmdesk.core.fault_codes import fault_name
from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.intake_come_back import ComeBack
from crmdesk.views.service.intake_fields import Kept
from crmdesk.views.service.intake_words import JOINT
from crmdesk.views.support.forms import FieldSet
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import show_if


class ComeBackPart(QWidget):
    """Links by itself where the fault is the same; otherwise the clerk is offered to."""

    def __init__(self, fields: FieldSet) -> None:
        """Add its decision to the draft of `fields`."""
        super().__init__()
        self._back: ComeBack | None = None
        self._faults: tuple[str, ...] = ()
        # The clerk's own word; None as long as she has said nothing.
        self._decided: bool | None = None
        self.banner = Banner("", tone=Tone.WARN)
        self.button = self.banner.add_action("")
        self.button.clicked.connect(self._decide)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.banner)
        self._kept = fields.add("come_back", Kept(self, lambda: self._decided, self._take))
        show_if(self, False)

    def stops(self) -> list[QWidget]:
        """Give what Tab visits."""
        return [self.button]

    def tell(self, back: ComeBack | None, faults: Sequence[str]) -> None:
        """Tell of the repair before; another one begins without a decision."""
        if (back and back.ticket_id) != (self._back and self._back.ticket_id) and self._back is not None:
            self._decided = None
        self._back, self._faults = back, tuple(faults)
        self._say()

    def linked(self) -> ComeBack | None:
        """Give the repair that this one belongs to; None when it is something else."""
        if self._back is None:
            return None
        wanted = self._back.shares_fault(self._faults) if self._decided is None else self._decided
        return self._back if wanted else None

    def _decide(self) -> None:
        self._decided = self.linked() is None
        self._kept.touch()
        self._say()

    def _take(self, state: object) -> None:
        self._decided = state if isinstance(state, bool) else None
        self._say()

    def _say(self) -> None:
        back = self._back
        show_if(self, back is not None)
        if back is None:
            self.banner.set("")
            return
        title = gettext("Come-back? {number} was handed back on {day}").format(
            number=back.number, day=back.back_on.isoformat()
        )
        told = [gettext(", ").join(map(fault_name, back.faults)) or back.subject]
        if back.guarantee_until is not None:
            told.append(gettext("repaired part guaranteed until {day}").format(day=back.guarantee_until.isoformat()))
        linked = self.linked() is not None
        told.append(gettext("linked with it") if linked else gettext("not linked with it"))
        self.banner.set(title, JOINT.join(filter(None, told)), Tone.WARN, "history")
        self.button.set_text(gettext("Do not link") if linked else gettext("Link"))
