"""Reads a judgement form that came back filled in: each row is an answer, empty, or refused with its reasons."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from crmdesk.core.batch_errors import ReplySheetError, SheetTrouble
from crmdesk.core.batch_rules import Answer, check_answer, row_check
from crmdesk.core.desk_errors import SplitError
from crmdesk.core.errors import InvalidFieldError, ReasonMissingError
from crmdesk.core.i18n import LANGUAGES, gettext_in
from crmdesk.core.judgement_sheet import (
    ASKED,
    CHECKED,
    KEY_HEADER,
    NOT_REPAIRABLE,
    REPAIRABLE,
    SHARES,
    TITLES,
    RowKey,
    SheetColumn,
    parse_key,
)
from crmdesk.core.labels import label_in
from crmdesk.core.money import Money, MoneyError
from crmdesk.core.text_clean import clean_line, clean_note
from crmdesk.core.tickets import Liability, Payer, Remedy
from crmdesk.exchange.cells import line_of, money_of, text_of, whole_of
from crmdesk.exchange.judgement_remarks import Remark, ReplyReason
from crmdesk.exchange.limits import HEADER_WITHIN
from crmdesk.exchange.opening import open_table
from crmdesk.exchange.table import Cell, Row, is_blank

_C = SheetColumn
_LONGEST_LINE: Final = 120
_LONGEST_NOTE: Final = 4000
_MOST_ROWS: Final = 5000
_YES, _NO = frozenset({"yes", "y", "是", "可", "能", "true", "1"}), frozenset({"no", "n", "否", "不", "false", "0"})
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One row: ``answer`` is None when it is empty or has remarks."""

    number: int
    cells: tuple[Cell, ...]
    ticket: str
    answer: Answer | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether nobody wrote anything into it."""
        return self.answer is None and not self.remarks


@dataclass(frozen=True, slots=True)
class ReplySheet:
    """A form of one batch."""

    name: str
    batch: str
    header: tuple[str, ...]
    rows: tuple[ReplyRow, ...]


def read_replies(path: Path) -> ReplySheet:
    """Read a filled-in form.

    Raises:
        FileRefusedError: the file is not read at all.
        EnvironmentTroubleError: the computer does not let it be read.
        ReplySheetError: it is none of our forms, its columns were changed, or it mixes batches.
    """
    table = open_table(path)
    rows = list(islice(table.read_rows(), _MOST_ROWS))
    place, header = _header(rows, path.name)
    columns = _columns(header, path.name)
    key_at = header.index(KEY_HEADER)
    made = [_read(row, columns, key_at) for row in rows[place + 1 :] if not is_blank(row[1])]
    batches = {key.batch for key, _row in made if key is not None}
    if len(batches) != 1:
        trouble = SheetTrouble.SEVERAL if batches else SheetTrouble.NOT_OURS
        raise ReplySheetError(path.name, trouble)
    return ReplySheet(path.name, batches.pop(), header, _without_doubles([row for _key, row in made]))


def _header(rows: Sequence[Row], name: str) -> tuple[int, tuple[str, ...]]:
    for place, (_number, cells) in enumerate(rows[:HEADER_WITHIN]):
        texts = tuple(line_of(cell) for cell in cells)
        if texts.count(KEY_HEADER) == 1:
            return place, texts
    raise ReplySheetError(name, SheetTrouble.NOT_OURS)


def _columns(header: Sequence[str], name: str) -> dict[SheetColumn, int]:
    found: dict[SheetColumn, int] = {}
    for column in SheetColumn:
        places = [place for place, text in enumerate(header) if text in _titles(column)]
        if len(places) != 1:
            raise ReplySheetError(name, SheetTrouble.COLUMNS, gettext_in(_shown_language(header), TITLES[column]))
        found[column] = places[0]
    return found


def _shown_language(header: Sequence[str]) -> str:
    """Give the language in which most titles are written."""
    return max(LANGUAGES, key=lambda one: sum(gettext_in(one, title) in header for title in TITLES.values()))


@cache
def _titles(column: SheetColumn) -> frozenset[str]:
    return frozenset(clean_line(gettext_in(language, TITLES[column])) for language in LANGUAGES)


def _read(row: Row, columns: Mapping[SheetColumn, int], key_at: int) -> tuple[RowKey | None, ReplyRow]:
    number, cells = row
    values = {column: cells[place] if place < len(cells) else "" for column, place in columns.items()}
    key = parse_key(line_of(cells[key_at])) if key_at < len(cells) else None
    made = ReplyRow(number, tuple(cells), key.ticket if key else line_of(values[_C.NUMBER]))
    if not any(line_of(values[column]) for column in ASKED):
        return key, made
    altered = _altered(key, values)
    if altered is not None:
        return key, replace(made, remarks=(altered,))
    reader = _Reader(values)
    answer = reader.answer()
    remarks = tuple(reader.remarks)
    return key, replace(made, answer=None if remarks else answer, remarks=remarks)


def _altered(key: RowKey | None, values: Mapping[SheetColumn, Cell]) -> Remark | None:
    """Say why a row is not the one that was exported; None when it is."""
    written = line_of(values[_C.NUMBER])
    if key is None:
        return Remark(ReplyReason.UNKNOWN_ROW, _C.NUMBER, written)
    if written != key.ticket:
        return Remark(ReplyReason.NUMBER_CHANGED, _C.NUMBER, written, key.ticket)
    checked = [text_of(values[column]) for column in CHECKED]
    if row_check(key.batch, *checked) != key.check:
        return Remark(ReplyReason.ITEM_CHANGED, _C.ITEM, line_of(values[_C.ITEM]))
    return None


def _without_doubles(rows: list[ReplyRow]) -> tuple[ReplyRow, ...]:
    """Refuse every row of a ticket that is there more than once: nobody knows which one is meant."""
    counted = Counter(row.ticket for row in rows if not row.empty and row.ticket)
    return tuple(
        replace(row, answer=None, remarks=(*row.remarks, Remark(ReplyReason.DOUBLED, _C.NUMBER, row.ticket)))
        if not row.empty and counted[row.ticket] > 1
        else row
        for row in rows
    )


class _Reader:
    """Reads the cells of one answer and keeps what is wrong with them."""

    def __init__(self, values: Mapping[SheetColumn, Cell]) -> None:
        """Take the row's cells by column."""
        self._values = values
        self.remarks: list[Remark] = []

    def answer(self) -> Answer | None:
        """Give the answer; None with at least one remark."""
        repairable = self._yes_no()
        liability = self._word(_C.LIABILITY, Liability)
        remedy = self._word(_C.REMEDY, Remedy)
        cost = self._money(_C.COST)
        shares = dict(self._shares())
        days, decided_by, words = self._days(), self._line(_C.DECIDED_BY), self._note(_C.WORDS)
        if self.remarks or repairable is None or liability is None or remedy is None:
            return None
        made = Answer(repairable, liability, remedy, cost or Money(0), shares, days, decided_by, words)
        self._check(made)
        return made

    def _text(self, column: SheetColumn) -> str:
        return line_of(self._values[column])

    def _refuse(self, reason: ReplyReason, column: SheetColumn, fact: str = "") -> None:
        self.remarks.append(Remark(reason, column, self._text(column), fact))

    def _yes_no(self) -> bool | None:
        text = self._text(_C.REPAIRABLE).lower()
        for answer, word, more in ((True, REPAIRABLE, _YES), (False, NOT_REPAIRABLE, _NO)):
            if text in more or text in {gettext_in(language, word).lower() for language in LANGUAGES}:
                return answer
        self._refuse(ReplyReason.WORD_UNKNOWN if text else ReplyReason.MISSING, _C.REPAIRABLE)
        return None

    def _word(self, column: SheetColumn, kind: type[E]) -> E | None:
        text = self._text(column).lower()
        for one in kind:
            if text in {str(one.value), *(clean_line(label_in(language, one)).lower() for language in LANGUAGES)}:
                return one
        self._refuse(ReplyReason.WORD_UNKNOWN if text else ReplyReason.MISSING, column)
        return None

    def _money(self, column: SheetColumn) -> Money | None:
        if not self._text(column):
            return None
        try:
            amount = money_of(self._values[column])
        except MoneyError as error:
            fine = error.reason == "too_fine"
            self._refuse(ReplyReason.AMOUNT_TOO_FINE if fine else ReplyReason.AMOUNT_UNKNOWN, column)
            return None
        if amount < Money(0):
            self._refuse(ReplyReason.AMOUNT_NEGATIVE, column)
            return None
        return amount

    def _shares(self) -> Iterator[tuple[Payer, Money]]:
        for column, payer in SHARES.items():
            amount = self._money(column)
            if amount:
                yield payer, amount

    def _days(self) -> int | None:
        if not self._text(_C.DAYS):
            return None
        try:
            return whole_of(self._values[_C.DAYS])
        except (ValueError, OverflowError):
            self._refuse(ReplyReason.DAYS_UNKNOWN, _C.DAYS)
            return None

    def _line(self, column: SheetColumn) -> str:
        text = self._text(column)
        if len(text) > _LONGEST_LINE:
            self._refuse(ReplyReason.TOO_LONG, column)
        return text

    def _note(self, column: SheetColumn) -> str:
        text = clean_note(text_of(self._values[column]))
        if len(text) > _LONGEST_NOTE:
            self._refuse(ReplyReason.TOO_LONG, column)
        return text

    def _check(self, answer: Answer) -> None:
        try:
            check_answer(answer)
        except SplitError as error:
            self._refuse(ReplyReason.SPLIT, _C.COST, f"{error.split.short_text()} / {error.total.short_text()}")
        except ReasonMissingError:
            self._refuse(ReplyReason.MISSING, _C.WORDS)
        except InvalidFieldError as error:
            column = {"days": _C.DAYS, "decided_by": _C.DECIDED_BY}.get(error.field, _C.REMEDY)
            known = {_C.DAYS: ReplyReason.DAYS_UNKNOWN, _C.DECIDED_BY: ReplyReason.MISSING}
            self._refuse(known.get(column, ReplyReason.REMEDY_UNFIT), column)
