"""The banner that tells at intake that the goods belong to a model with the same fault again and again (S11)."""

from collections.abc import Sequence

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.item_alerts import BatchAlert, Model
from crmdesk.services.ticket_intake import ItemFacts
from crmdesk.views.service.intake_presenter import IntakePresenter
from crmdesk.views.service.item_words import batch_words, pieces_words
from crmdesk.views.support.widgets.banner import Banner


class AlertBanner(Banner):
    """Shown only while there is something to tell."""

    def __init__(self, presenter: IntakePresenter) -> None:
        """Build hidden."""
        super().__init__("", tone=Tone.LATE)
        self._presenter = presenter
        self._asked: tuple[ItemFacts, tuple[str, ...]] | None = None
        self.set("")

    def ask(self, facts: ItemFacts | None, faults: Sequence[str]) -> None:
        """Look whether these goods with these faults make an alert."""
        if facts is None or not facts.model or not faults:
            self._asked = None
            self.set("")
            return
        if (facts, tuple(faults)) == self._asked:
            return
        self._asked = (facts, tuple(faults))
        model = Model(facts.brand, facts.model)
        self._presenter.find_alerts(model, tuple(faults), facts.item_id, self._show)

    def _show(self, found: tuple[BatchAlert, ...]) -> None:
        if self._asked is None or not found:
            self.set("")
            return
        alert = found[0]
        said = gettext("Batch alert: {model}, {pieces}")
        words = said.format(model=batch_words(alert), pieces=pieces_words(alert, self._presenter.today()))
        self.set(words, gettext("this piece counts too; see “Alerts about goods”"), Tone.LATE, "triangle-alert")
