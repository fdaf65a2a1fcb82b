"""One thing's whole life on one page: time line, money, days away, repeated faults, rows to be merged (S11)."""

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.db.session import Session
from crmdesk.queries.item_history import ItemHistory, item_history
from crmdesk.services import items
from crmdesk.services.items import MergeItems
from crmdesk.views.service.item_words import OWNER, facts, timeline
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.timeline import TimeLine

_SHARES = (60, 40)


class ItemPage(Screen):
    """Opened from a ticket, the member's page or the search box."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.LOANERS, Topic.PURCHASES})
    help_page: ClassVar[str] = "service"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build empty."""
        super().__init__(desk, parent)
        self._item_id: int | None = None
        self._shown: ItemHistory | None = None
        self.head = SectionHeader(gettext("Item"))
        self.failed = Banner(tone=Tone.LATE, icon="triangle-alert")
        self.twin = Banner(tone=Tone.WARN, icon="copy")
        self.merge = self.twin.add_action(gettext("Merge both"))
        self.merge.clicked.connect(self._merge)
        self.line = TimeLine()
        self.line.chosen.connect(self._open)
        self.facts = FactsTable()
        self.facts.link_chosen.connect(self._follow)
        life, about = Card(gettext("Time line"), "history"), Card(gettext("About the item"), "package")
        scroll = ScrollColumn()
        scroll.add(self.line)
        scroll.add_stretch()
        life.add(scroll, 1)
        side = ScrollColumn()
        about.add(self.facts)
        side.add(about)
        side.add_stretch()
        self.setLayout(page(self.head, self.failed, self.twin, Columns(life, side, shares=_SHARES)))
        self.failed.set("")
        self.twin.set("")

    @override
    def title(self) -> str:
        return self._shown.name if self._shown is not None else gettext("Item")

    @override
    def open_ref(self, ref: EntityRef) -> None:
        self._item_id = ref.id
        self.reload()

    @override
    def reload(self) -> None:
        if self._item_id is not None:
            self.desk.jobs.read(self, partial(_read, self._item_id), self._show, key="item")

    def _show(self, answer: tuple[ItemHistory, Context]) -> None:
        item, context = answer
        self._shown = item
        self.head.set(item.name, " · ".join(part for part in (item.serial, item.member_name) if part))
        self.facts.set_facts(facts(item, context.today()))
        self.line.set_events(timeline(item, context))
        self.failed.set("")
        if item.failed:
            said = ngettext(
                "Repaired again for the same fault: {count} time", "Repaired again for the same fault: {count} times",
                item.failed,
            )  # fmt: skip
            after = gettext("House rule: the same fault within the time of a come-back counts as a failed repair")
            self.failed.set(said.format(count=item.failed), after, Tone.LATE, "triangle-alert")
        self.twin.set("")
        if item.twins:
            twin = item.twins[0]
            orders = ngettext("{count} order", "{count} orders", twin.tickets).format(count=twin.tickets)
            said = gettext("The same serial number is on file once more: {name}").format(name=twin.name)
            self.twin.set(said, orders, Tone.WARN, "copy")
        self.title_changed.emit(self.title())

    def _open(self, ref: object) -> None:
        if isinstance(ref, EntityRef) and self.desk.navigator.can_open(ref.kind):
            self.desk.navigator.open(ref)

    def _follow(self, link: str) -> None:
        if link == OWNER and self._shown is not None:
            self._open(EntityRef(EntityKind.MEMBER, self._shown.member_id))

    def _merge(self) -> None:
        if self._shown is None or not self._shown.twins:
            return
        twin = self._shown.twins[0]
        request = MergeItems(self._shown.id, self._shown.version, twin.id, twin.version)
        self.desk.jobs.write(self, lambda session, context: items.merge(session, request, context), self._merged)

    def _merged(self, moved: int) -> None:
        words = ngettext("Merged, {count} order moved", "Merged, {count} orders moved", moved)
        self.desk.toasts.show(words.format(count=moved))
        self.reload()


def _read(item_id: int, session: Session, context: Context) -> tuple[ItemHistory, Context]:
    return item_history(session, item_id, context), context
