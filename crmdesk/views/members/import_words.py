"""What the import page says: kinds, fates, why a column was recognised."""

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.tones import Tone
from crmdesk.exchange.cells import text_of
from crmdesk.exchange.field_labels import FIELD_LABELS
from crmdesk.exchange.fields import Field, ImportKind
from crmdesk.exchange.mapping import MappedColumn, Why
from crmdesk.exchange.policy import FieldRule, MatchKey
from crmdesk.exchange.problems import Severity
from crmdesk.exchange.reasons import row_sentence
from crmdesk.exchange.table import Cell, Origin
from crmdesk.services.imports_report import Fate, SeenRow

KINDS = {
    ImportKind.MEMBERS: mark("Member list"),
    ImportKind.PURCHASES: mark("Purchases"),
    ImportKind.BALANCES: mark("Balances"),
    ImportKind.CARDS: mark("Cards"),
    ImportKind.TAGS: mark("Tags"),
}
RULES = {
    FieldRule.FILL: mark("Fill what is empty"),
    FieldRule.OVERWRITE: mark("Overwrite"),
    FieldRule.KEEP: mark("Keep what is on file"),
}
MATCH_KEYS = {
    MatchKey.ANY: mark("number, card, or phone with name"),
    MatchKey.MEMBER_NUMBER: mark("member number only"),
    MatchKey.CARD: mark("card number only"),
    MatchKey.PHONE: mark("phone only"),
}
STATES: dict[str, tuple[str, Tone, str]] = {
    "running": (mark("Came in half-way"), Tone.WARN, "triangle-alert"),
    "stopped": (mark("Stopped half-way"), Tone.WARN, "triangle-alert"),
    "done": (mark("Came in"), Tone.OK, "circle-check"),
    "undoing": (mark("Undone half-way"), Tone.WARN, "triangle-alert"),
    "undone": (mark("Undone"), Tone.NEUTRAL, "undo-2"),
}
FATES: dict[Fate, tuple[str, Tone, str]] = {
    Fate.CREATED: (mark("New"), Tone.OK, "plus"),
    Fate.UPDATED: (mark("Filled up"), Tone.INFO, "pencil"),
    Fate.SKIPPED: (mark("Passed over"), Tone.NEUTRAL, "circle-slash"),
    Fate.REJECTED: (mark("Stays out"), Tone.LATE, "circle-x"),
}
_SURE, _LIKELY = 0.85, 0.6
_LONGEST_SAMPLE = 24


def kind_words(kind: ImportKind) -> str:
    """Give what a kind of list is called."""
    return gettext(KINDS[kind])


def field_words(field: Field) -> str:
    """Give what a field is called."""
    return gettext(FIELD_LABELS[field])


def confidence(column: MappedColumn) -> tuple[str, Tone, str]:
    """Give words, tone and icon of how a column was recognised."""
    if column.why is Why.CHOSEN:
        return gettext("Chosen by you"), Tone.INFO, "user-round"
    if column.field is None:
        words = gettext("Kept as it is") if column.custom else gettext("Left out")
        return words, Tone.NEUTRAL, "tag" if column.custom else "circle-slash"
    why = gettext("by the header") if column.why is Why.HEADER else gettext("by the data")
    if column.confidence >= _SURE:
        return gettext("Sure, {why}").format(why=why), Tone.OK, "circle-check"
    if column.confidence >= _LIKELY:
        return gettext("Likely, {why}").format(why=why), Tone.WAITING, "circle-help"
    return gettext("Please check"), Tone.WARN, "triangle-alert"


def samples(cells: list[Cell]) -> str:
    """Give a few values of a column, as they stand in the file."""
    shown = (" ".join(text_of(cell).split()) for cell in cells if cell != "")
    return " · ".join(one if len(one) <= _LONGEST_SAMPLE else one[: _LONGEST_SAMPLE - 1] + "…" for one in shown)


def file_words(origin: Origin, rows: int) -> str:
    """Give what is known of a file."""
    parts = [ngettext("about {count} row", "about {count} rows", rows).format(count=f"{rows:,}")]
    if origin.sheet:
        parts.append(gettext("sheet “{name}”").format(name=origin.sheet))
    if origin.encoding:
        parts.append(origin.encoding.upper())
    return " · ".join(parts)


def changes(row: SeenRow) -> str:
    """Give what a row changes in a record on file, field by field: old → new."""
    return " · ".join(change_lines(row))


def change_lines(row: SeenRow) -> list[str]:
    """Give what a row changes in a record on file, a line for each field."""
    nothing = gettext("(empty)")
    return [f"{field_words(one.field)}: {one.old or nothing} → {one.new or nothing}" for one in row.changes]


def remarks(row: SeenRow) -> str:
    """Give the remarks about a row as one line."""
    ordered = sorted(row.problems, key=lambda problem: problem.severity is not Severity.ERROR)
    return " ".join(row_sentence(problem) for problem in ordered)
