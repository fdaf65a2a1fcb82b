"""Second step: which column goes where, guessed and changed by the person."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tones import Tone
from crmdesk.exchange.fields import FIELDS, ImportKind
from crmdesk.exchange.mapping import MappedColumn, Mapping
from crmdesk.exchange.policy import RULES, FieldRule, Policy
from crmdesk.exchange.table import Row
from crmdesk.views.members.import_presenter import OpenedFile
from crmdesk.views.members.import_rule_choice import RuleChoice
from crmdesk.views.members.import_source_bar import SourceBar
from crmdesk.views.members.import_words import confidence, field_words, file_words, kind_words, samples
from crmdesk.views.support.tokens import SPACE
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.pill import Pill
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import ShortText, Text

if TYPE_CHECKING:
    from crmdesk.exchange.fields import Field

_KEEP, _LEAVE_OUT = "keep", "leave_out"
_FIELD_WIDTH = 210
_HEADER_SHARE, _SAMPLE_SHARE = 2, 4


class ColumnsStep(QWidget):
    """The columns of a file with a field chosen for each."""

    mapping_changed = Signal(object)
    kind_chosen = Signal(object)
    policy_changed = Signal(object)
    source_chosen = Signal(object)

    def __init__(self) -> None:
        """Build it empty; `show_file` fills it."""
        super().__init__()
        self._policy = Policy(ImportKind.MEMBERS)
        self.kind = SegmentedChoice([(kind, kind_words(kind)) for kind in ImportKind], gettext("What the file holds"))
        self.kind.chosen.connect(self.kind_chosen)
        self.warning = Banner("", tone=Tone.WARN)
        self.again = Banner("", tone=Tone.WAITING, icon="history")
        self._card = Card(gettext("Columns"), "file-spreadsheet")
        self._told = ShortText("", "muted")
        self._rows = ScrollColumn(gap=0)
        self._card.add(row(self._told, self.kind))
        self.bar = SourceBar()
        self.bar.source_chosen.connect(self.source_chosen)
        self.bar.key_chosen.connect(lambda key: self._take_policy(self._policy.with_key(key)))
        self._card.add(self.bar)
        self.rules: dict[int, RuleChoice] = {}
        self._card.add(self._rows, 1)
        self._mapping: Mapping | None = None
        self.choices: list[QComboBox] = []
        self._pills: list[Pill] = []
        layout = column(self.again, self.warning, self._card, gap=3)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def show_file(self, opened: OpenedFile) -> None:
        """Show the guess for a file."""
        table = opened.file.table
        self._card.set_title(table.origin.name)
        self._told.setText(file_words(table.origin, table.row_estimate))
        self.kind.blockSignals(True)
        self.kind.choose(opened.file.kind)
        self.kind.blockSignals(False)
        run = opened.before
        words = gettext("This very file was imported before ({new} new). What is there already is passed over.")
        self.again.set("" if run is None else words.format(new=f"{run.created:,}"), icon="history")
        self._mapping, self._policy = opened.file.mapping, opened.file.policy
        self.bar.show_sources(opened.sources, opened.source, self._policy)
        self._build(opened.file.mapping, opened.samples)
        self._tell()

    def _build(self, mapping: Mapping, rows: Sequence[Row]) -> None:
        self._rows.clear()
        inner, self.choices, self._pills, self.rules = QWidget(), [], [], {}
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(1, _HEADER_SHARE)
        grid.setColumnStretch(2, _SAMPLE_SHARE)
        rules = gettext("Where something is on file") if RULES[mapping.kind] else ""
        heads = ("", gettext("Column of the file"), gettext("First values"), gettext("Field in the store"), "", rules)
        for place, words in enumerate(heads):
            grid.addWidget(Text(words, "field"), 0, place)
        for number, mapped in enumerate(mapping.columns):
            self._add_line(
                grid, number, mapped, [cells[mapped.index] for _, cells in rows if mapped.index < len(cells)]
            )
        self._rows.add(inner)
        self._rows.add_stretch()

    def _add_line(self, grid: QGridLayout, number: int, mapped: MappedColumn, values: list[object]) -> None:
        choice = self._choice(mapped)
        choice.activated.connect(lambda _place, at=number: self._choose(at))
        pill = Pill(*confidence(mapped))
        self.choices.append(choice)
        self._pills.append(pill)
        parts: list[QWidget] = [
            Text(mapped.letters, "muted"),
            ShortText(clean_line(mapped.header) or gettext("(no header)"), "body" if mapped.header else "muted"),
            ShortText(samples(values), "soft"),  # type: ignore[arg-type] # cells of a row
            choice,
        ]
        for place, part in enumerate(parts):
            grid.addWidget(part, number + 1, place)
        grid.addWidget(pill, number + 1, len(parts), Qt.AlignmentFlag.AlignLeft)
        if RULES[self._policy.kind]:
            rule = RuleChoice(mapped)
            rule.chosen.connect(lambda value, at=number: self._choose_rule(at, value))
            rule.show_rule(mapped.field, self._policy)
            self.rules[number] = rule
            grid.addWidget(rule, number + 1, len(parts) + 1)

    def _choice(self, mapped: MappedColumn) -> QComboBox:
        choice = QComboBox()
        choice.setMinimumWidth(_FIELD_WIDTH)
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        choice.setAccessibleName(
            gettext("Where column {letters} {header} goes").format(letters=mapped.letters, header=mapped.header)
        )
        kind = self._mapping.kind if self._mapping is not None else ImportKind.MEMBERS
        for field in FIELDS[kind]:
            choice.addItem(field_words(field), field.value)
        choice.insertSeparator(choice.count())
        if kind is ImportKind.MEMBERS and mapped.header:
            choice.addItem(gettext("Keep as its own field"), _KEEP)
        choice.addItem(gettext("Leave out"), _LEAVE_OUT)
        _select(choice, mapped)
        return choice

    def _choose(self, number: int) -> None:
        if self._mapping is None:
            return
        mapped = self._mapping.columns[number]
        wanted = self.choices[number].currentData()
        # Qt gives words back as plain text.
        field: Field | None = next((one for one in FIELDS[self._mapping.kind] if one.value == wanted), None)
        custom = clean_line(mapped.header) if wanted == _KEEP else ""
        if field is mapped.field and custom == mapped.custom:
            return
        self._mapping = self._mapping.with_field(mapped.index, field, custom)
        for choice, pill, changed in zip(self.choices, self._pills, self._mapping.columns, strict=True):
            _select(choice, changed)
            pill.set_status(*confidence(changed))
        for at, rule in self.rules.items():
            rule.show_rule(self._mapping.columns[at].field, self._policy)
        self._tell()
        self.mapping_changed.emit(self._mapping)

    def _choose_rule(self, number: int, rule: FieldRule) -> None:
        field = self._mapping.columns[number].field if self._mapping is not None else None
        if field is not None:
            self._take_policy(self._policy.with_rule(field, rule))

    def _take_policy(self, policy: Policy) -> None:
        self._policy = policy
        self.policy_changed.emit(policy)

    def _tell(self) -> None:
        missing = self._mapping.missing() if self._mapping is not None else ()
        words = [gettext(" or ").join(field_words(field) for field in sorted(fields)) for fields in missing]
        self.warning.set(
            gettext("No column goes to: {fields}. Choose one below.").format(fields="; ".join(words)) if words else ""
        )


def _select(choice: QComboBox, mapped: MappedColumn) -> None:
    wanted = mapped.field.value if mapped.field else (_KEEP if mapped.custom else _LEAVE_OUT)
    place = next((at for at in range(choice.count()) if choice.itemData(at) == wanted), choice.count() - 1)
    choice.setCurrentIndex(place)
