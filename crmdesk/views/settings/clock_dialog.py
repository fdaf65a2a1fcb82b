"""The form of a clock: a shipped one is changed, an own one made; it says what that does to today's orders."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.clock_rules import LONGEST_DAYS, ClockPause, ClockRule, ClockStart, ClockStop
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.tickets import TicketKind
from crmdesk.db.session import Session
from crmdesk.queries.clock_settings import ClockRow, Preview, preview
from crmdesk.services import clock_rules as service
from crmdesk.services.clock_rules import AddClock, ChangeClock, ClockFacts
from crmdesk.views.settings.clock_words import PAUSES, STARTS, STOPS, kinds_words, preview_words
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, NumberField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.text import Text

_SOON_MS: Final = 200
_LONGEST_TITLE: Final = 60
_LONGEST_SOURCE: Final = 120
_TRIED: Final = "tried"


class ClockDialog(FormDialog):
    """Title, length, pause and source; for an own clock also for what, from what and until what."""

    def __init__(self, parent: QWidget, desk: Desk, known: ClockRow | None = None) -> None:
        """Begin with ``known``, or empty for a new clock."""
        title = gettext("Change the clock") if known else gettext("New clock")
        super().__init__(parent, title, gettext("Save"), _fixed(known))
        self._desk = desk
        self._known = known
        self.title = self.add("title", LineField(gettext("&Title"), required=True, max_length=_LONGEST_TITLE))
        if known is None or not known.rule.shipped:
            self._add_own(known)
        self.days = NumberField(gettext("&Length in days"), required=True, most=LONGEST_DAYS)
        self.counted = ChoiceField(
            gettext("&Counted in"),
            [(gettext("calendar days"), False), (gettext("days of work"), True)],
            required=True,
        )
        self.add_row(days=self.days, working=self.counted)
        pauses = [(gettext(words), pause) for pause, words in PAUSES.items()]
        self.pauses = self.add("pauses", ChoiceField(gettext("Stands &still"), pauses, required=True))
        self.source = self.add(
            "source", LineField(gettext("S&ource"), max_length=_LONGEST_SOURCE, hint=gettext("law, or house rule"))
        )
        self.active = self.add("active", TickField(gettext("&Runs")))
        self._preview = Text("", "soft", wrap=True)
        self.add_part(self._preview)
        self._fill(known.rule if known else None)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._ask)
        self.fields.changed.connect(self._soon.start)
        self._ask()

    def _add_own(self, known: ClockRow | None) -> None:
        if known is not None:
            return
        self.kinds = {kind: TickField(label(kind)) for kind in TicketKind}
        self.add_row(**{f"kind_{kind.value}": field for kind, field in self.kinds.items()})
        for tick in self.kinds.values():
            tick.set_value(value=True)
        starts = [(gettext(words), start) for start, words in STARTS.items()]
        stops = [(gettext(words), stop) for stop, words in STOPS.items()]
        self.start = ChoiceField(gettext("&Begins with"), starts, required=True)
        self.stops = ChoiceField(gettext("&Ends with"), stops, required=True)
        self.add_row(start=self.start, stops=self.stops)
        self.start.set_value(ClockStart.RECEIVED)
        self.stops.set_value(ClockStop.READY)

    def _fill(self, rule: ClockRule | None) -> None:
        self.title.set_value(rule.title_now() if rule else "")
        self.days.set_value(rule.days if rule else 3)
        self.counted.set_value(rule.working if rule else False)
        self.pauses.set_value(rule.pauses if rule else ClockPause.NEVER)
        self.source.set_value(rule.source_now() if rule else gettext("House rule"))
        self.active.set_value(value=rule.active if rule else True)

    def _facts(self) -> ClockFacts:
        return ClockFacts(
            self.title.value() or "",
            self.days.value() or 0,
            self.source.value() or "",
            working=bool(self.counted.value()),
            pauses=self.pauses.value() or ClockPause.NEVER,
            active=self.active.value(),
        )

    def _kinds(self) -> frozenset[TicketKind]:
        return frozenset(kind for kind, tick in self.kinds.items() if tick.value())

    # -- what it would do ------------------------------------------------------------------

    def _tried(self) -> ClockRule:
        facts = self._facts()
        if self._known is not None:
            rule = self._known.rule
        else:
            start, stops = self.start.value() or ClockStart.RECEIVED, self.stops.value() or ClockStop.READY
            rule = ClockRule(_TRIED, self._kinds(), start, 0, stops, shipped=False)
        return replace(rule, days=facts.days, working=facts.working, pauses=facts.pauses, active=facts.active)

    def _ask(self) -> None:
        if self.days.value() is None:
            self._preview.setText("")
            return

        def work(session: Session, context: Context) -> Preview:
            return preview(session, tried, context)

        tried = self._tried()
        self._desk.jobs.read(self, work, self._show, key="preview", background=True)

    def _show(self, found: Preview) -> None:
        self._preview.setText(preview_words(found))

    # -- saving ----------------------------------------------------------------------------

    @override
    def send(self) -> None:
        if self._known is None:
            start, stops = self.start.value() or ClockStart.RECEIVED, self.stops.value() or ClockStop.READY
            request = AddClock(self._facts(), start, stops, self._kinds())
            self._desk.jobs.write(self, partial(_add, request), self._done, self.refused)
        else:
            change = ChangeClock(self._known.rule.key, self._known.version, self._facts())
            self._desk.jobs.write(self, partial(_change, change), self._done, self.refused)

    def _done(self, _key: str) -> None:
        self._desk.toasts.show(gettext("Clock saved"))
        self.accept()


def _fixed(known: ClockRow | None) -> str:
    """Say what of a clock stays as it is."""
    if known is None:
        return ""
    rule = known.rule
    return gettext("For {kinds}, from “{start}” until “{stops}”.").format(
        kinds=kinds_words(rule), start=gettext(STARTS[rule.start]), stops=gettext(STOPS[rule.stops])
    )


def _add(request: AddClock, session: Session, context: Context) -> Outcome[str]:
    return service.add(session, request, context)


def _change(request: ChangeClock, session: Session, context: Context) -> Outcome[str]:
    return service.change(session, request, context)
