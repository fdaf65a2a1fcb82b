"""Rows of a member list, checked into values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CareClass
from crmdesk.core.members import BirthdayCalendar, CardState, CardTier, Gender
from crmdesk.core.money import Money
from crmdesk.core.names import gender_of_title
from crmdesk.core.phone import Phone
from crmdesk.core.text_clean import clean_code, clean_name, clean_note
from crmdesk.exchange.cells import line_of, says_nothing, text_of
from crmdesk.exchange.fields import OF_KNOWN, ImportKind, MemberField
from crmdesk.exchange.mapping import Mapping
from crmdesk.exchange.problems import CheckedRow, Reason, Remarks
from crmdesk.exchange.row_kinds import NoRecord, RowSorter
from crmdesk.exchange.table import Cell, Table
from crmdesk.exchange.values import (
    TextReader,
    read_balance,
    read_birthday,
    read_calendar,
    read_gender,
    read_moment,
    read_phones,
    read_whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """What one row says about one member; empty text, None or () where it says nothing.

    Attributes:
        row: the number a person sees in Excel.
        level: the card tier when the word is known; `level_text` is the word itself.
        stored_value: principal; `bonus` is what was given on top.
        guide, store: names or codes as written; the service finds whom they mean.
        custom: name and text of the columns that go to no field.
    """

    row: int
    name: str = ""
    phones: tuple[Phone, ...] = ()
    member_number: str = ""
    card: str = ""
    gender: Gender | None = None
    birthday: Birthday | None = None
    level: CardTier | None = None
    level_text: str = ""
    care_class: CareClass | None = None
    points: int | None = None
    stored_value: Money | None = None
    bonus: Money | None = None
    address: str = ""
    email: str = ""
    wechat: str = ""
    occupation: str = ""
    industry: str = ""
    income: str = ""
    garment_size: str = ""
    shoe_size: str = ""
    tastes: str = ""
    hobbies: str = ""
    gift_preference: str = ""
    consumption: str = ""
    source: str = ""
    store: str = ""
    guide: str = ""
    joined: date | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    custom: tuple[tuple[str, str], ...] = ()
    card_state: CardState | None = None
    issued_on: date | None = None
    valid_until: date | None = None


# Lengths are those of the member's record.
_TEXTS: Final[dict[MemberField, int]] = {
    MemberField.ADDRESS: 240,
    MemberField.WECHAT: 40,
    MemberField.OCCUPATION: 120,
    MemberField.INDUSTRY: 120,
    MemberField.INCOME: 40,
    MemberField.GARMENT_SIZE: 40,
    MemberField.SHOE_SIZE: 40,
    MemberField.TASTES: 400,
    MemberField.HOBBIES: 240,
    MemberField.GIFT_PREFERENCE: 240,
    MemberField.CONSUMPTION: 240,
    MemberField.SOURCE: 120,
    MemberField.STORE: 120,
    MemberField.GUIDE: 120,
    MemberField.LEVEL: 40,
}
_PHONE: Final = MemberField.PHONE.value
_CARD: Final = MemberField.CARD.value
_MEMBER_NUMBER: Final = MemberField.MEMBER_NUMBER.value
_LONGEST_NAME: Final = 120
_LONGEST_CODE: Final = 40
_LONGEST_NOTE: Final = 4000
_LONGEST_CUSTOM: Final = 1000
_LEVELS: Final = {
    **dict.fromkeys(
        ("普通", "普卡", "普通卡", "普通会员", "会员", "标准", "ordinary", "ordinary card", "regular"),
        CardTier.ORDINARY,
    ),
    **dict.fromkeys(("银", "银卡", "银卡会员", "白银", "白银会员", "银级", "silver", "silver card"), CardTier.SILVER),
    **dict.fromkeys(("金", "金卡", "金卡会员", "黄金", "黄金会员", "金级", "gold", "gold card"), CardTier.GOLD),
    **dict.fromkeys(("钻", "钻石", "钻卡", "钻石卡", "钻石会员", "钻级", "diamond", "diamond card"), CardTier.DIAMOND),
}
_CARE: Final = {
    **dict.fromkeys(("核心", "核心客户", "核心顾客", "a", "a类", "key"), CareClass.KEY),
    **dict.fromkeys(("重要", "重要客户", "重要顾客", "b", "b类", "important"), CareClass.IMPORTANT),
    **dict.fromkeys(("普通", "普通客户", "一般", "一般客户", "c", "c类", "ordinary"), CareClass.ORDINARY),
}
_CARD_STATES: Final = {
    **dict.fromkeys(
        ("正常", "有效", "使用中", "已发卡", "已发", "启用", "issued", "active", "valid"), CardState.ISSUED
    ),
    **dict.fromkeys(("挂失", "丢失", "已挂失", "遗失", "lost"), CardState.LOST),
    **dict.fromkeys(("补卡", "已补卡", "已换卡", "换卡", "replaced"), CardState.REPLACED),
    **dict.fromkeys(("退卡", "已退卡", "注销", "停用", "作废", "returned", "cancelled"), CardState.RETURNED),
}
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}\Z")
_BETWEEN_TAGS: Final = re.compile(r"[,，;；、|/]+")
_LUNAR_HEADER: Final = re.compile(r"农历|阴历|lunar", re.IGNORECASE)


def check_members(table: Table, mapping: Mapping, today: date) -> Iterator[CheckedRow[MemberRow]]:
    """Yield every row of a member list, checked; nothing is held but the keys met so far.

    Args:
        table: the opened file.
        mapping: which column goes where.
        today: the store's day, for birthdays that cannot be.
    """
    checker = MemberChecker(mapping, today)
    for number, cells in table.rows():
        yield checker.check(number, cells)


class MemberChecker:
    """Checks rows one after the other and remembers phones, cards and numbers to find repeats in the file.

    Repeats against the store are found by the service: `Reason.KNOWN_MEMBER` and its neighbours are its words.
    """

    def __init__(self, mapping: Mapping, today: date) -> None:
        """Lay out which column is read how."""
        self._today = today
        self._sorter = RowSorter(mapping)
        self._kind = mapping.kind
        one = {column.field: column.index for column in mapping.columns if isinstance(column.field, MemberField)}
        self._at = {field: one[field] for field in MemberField if field in one}
        readers = _READERS | {field: TextReader(limit) for field, limit in _TEXTS.items()}
        self._plan = [(at, field.value, field, readers[field]) for field, at in self._at.items() if field in readers]
        self._phones = [column.index for column in mapping.columns_of(MemberField.PHONE)]
        self._tags = [column.index for column in mapping.columns_of(MemberField.TAGS)]
        self._notes = [column.index for column in mapping.columns_of(MemberField.NOTE)]
        self._birthdays = [
            (column.index, BirthdayCalendar.LUNAR if _LUNAR_HEADER.search(column.header) else None)
            for column in mapping.columns_of(MemberField.BIRTHDAY)
        ]
        self._calendar_at = self._at.get(MemberField.BIRTHDAY_CALENDAR)
        self._custom = [(column.custom, column.index) for column in mapping.columns if column.custom]
        self._width = max((column.index for column in mapping.columns), default=-1) + 1
        # By kind of key, so that a hundred thousand keys need no pair each.
        self._seen: dict[str, dict[str, tuple[int, str]]] = {_PHONE: {}, _CARD: {}, _MEMBER_NUMBER: {}}

    def check(self, number: int, cells: list[Cell]) -> CheckedRow[MemberRow]:
        """Return the row's values or what keeps it out."""
        remarks = Remarks(number)
        skip = self._sorter.kind(cells)
        if skip is not NoRecord.RECORD:
            remarks.warn(None, cells[0] if cells else "", Reason(skip.value))
            return CheckedRow(number, cells, None, tuple(remarks.problems))
        row = cells if len(cells) >= self._width else cells + [""] * (self._width - len(cells))
        member = self._read(number, row, remarks)
        self._check_keys(member, remarks)
        if remarks.failed:
            return CheckedRow(number, cells, None, tuple(remarks.problems))
        self._remember(member)
        return CheckedRow(number, cells, member, tuple(remarks.problems))

    def _read(self, number: int, row: list[Cell], remarks: Remarks) -> MemberRow:
        values: dict[str, Any] = {}
        for index, attribute, field, read in self._plan:
            if row[index] != "":
                values[attribute] = read(row[index], field, remarks)
        self._read_person(values, row, remarks)
        self._read_lists(values, row, remarks)
        return MemberRow(row=number, **values)

    def _read_person(self, values: dict[str, Any], row: list[Cell], remarks: Remarks) -> None:
        name = values.get("name", "")
        if name and values.get("gender") is None:
            values["gender"] = gender_of_title(name)
        word = values.pop("level", "")
        if word:
            values["level_text"] = word
            values["level"] = _level(word, remarks)
        calendar = read_calendar(row[self._calendar_at]) if self._calendar_at is not None else None
        for index, lunar in self._birthdays:
            if row[index] != "" and not values.get("birthday"):
                values["birthday"] = read_birthday(
                    row[index], lunar or calendar, MemberField.BIRTHDAY, remarks, self._today
                )

    def _read_lists(self, values: dict[str, Any], row: list[Cell], remarks: Remarks) -> None:
        for index in self._phones:
            if row[index] != "":
                phones = values.get("phones", ()) + read_phones(row[index], MemberField.PHONE, remarks)
                values["phones"] = tuple(dict.fromkeys(phones)) if len(phones) > 1 else phones
        if self._tags:
            values["tags"] = _tags([row[index] for index in self._tags], remarks)
        if self._notes:
            values["note"] = _note([row[index] for index in self._notes], remarks)
        if self._custom:
            values["custom"] = tuple(
                (name, text_of(row[index])[:_LONGEST_CUSTOM]) for name, index in self._custom if row[index] != ""
            )

    def _check_keys(self, member: MemberRow, remarks: Remarks) -> None:
        if self._kind in OF_KNOWN:
            self._check_known(member, remarks)
            return
        if not member.name:
            if not member.phones:
                remarks.error(MemberField.NAME, "", Reason.NAME_MISSING)
            else:
                remarks.warn(MemberField.NAME, "", Reason.NAME_MISSING)
        for key in member_keys(member):
            known = self._seen[key[0]].get(key[1])
            if known and key[0] != _PHONE:
                remarks.error(MemberField(key[0]), key[1], Reason.DUPLICATE_IN_FILE, known[0])
            elif known:
                same = not member.name or not known[1] or member.name == known[1]
                note = remarks.error if same else remarks.warn
                reason = Reason.DUPLICATE_IN_FILE if same else Reason.PHONE_SHARED_IN_FILE
                note(MemberField.PHONE, key[1], reason, known[0])

    def _check_known(self, member: MemberRow, remarks: Remarks) -> None:
        """A row about somebody on file: who is meant must be told; what may stand there only once does."""
        keys = member_keys(member)
        if not keys:
            remarks.error(None, member.name, Reason.NO_KEY)
        once = {ImportKind.BALANCES: (_PHONE, _CARD, _MEMBER_NUMBER), ImportKind.CARDS: (_CARD,)}.get(self._kind, ())
        for kind, value in keys:
            known = self._seen[kind].get(value) if kind in once else None
            if known and (kind != _PHONE or not member.name or member.name == known[1]):
                remarks.error(MemberField(kind), value, Reason.DUPLICATE_IN_FILE, known[0])

    def _remember(self, member: MemberRow) -> None:
        place = (member.row, member.name)
        for key in member_keys(member):
            self._seen[key[0]].setdefault(key[1], place)


def member_keys(member: MemberRow) -> list[tuple[str, str]]:
    """Return what identifies a member: (`card`, number), (`member_number`, number), (`phone`, digits)."""
    keys = [(_PHONE, phone.digits) for phone in member.phones]
    if member.card:
        keys.append((_CARD, member.card))
    if member.member_number:
        keys.append((_MEMBER_NUMBER, member.member_number))
    return keys


def _name(cell: Cell, field: MemberField, remarks: Remarks) -> str:
    name = clean_name(text_of(cell))
    if says_nothing(name):
        return ""
    if len(name) > _LONGEST_NAME:
        remarks.error(field, name, Reason.TOO_LONG)
    elif name and name[0] < "A" and not any(letter.isalpha() for letter in name):
        remarks.error(field, cell, Reason.NAME_NOT_A_NAME)
    return name


def _code(cell: Cell, field: MemberField, remarks: Remarks) -> str:
    code = clean_code(text_of(cell))
    if len(code) > _LONGEST_CODE:
        remarks.error(field, cell, Reason.TOO_LONG)
    return "" if says_nothing(code) else code


def _email(cell: Cell, field: MemberField, remarks: Remarks) -> str:
    text = line_of(cell)
    if says_nothing(text):
        return ""
    if len(text) > _LONGEST_NAME or not _EMAIL.match(text):
        remarks.warn(field, cell, Reason.EMAIL_NOT_AN_ADDRESS)
        return ""
    return text


def _points(cell: Cell, field: MemberField, remarks: Remarks) -> int | None:
    points = read_whole(cell, field, remarks)
    if points is not None and points < 0:
        remarks.error(field, cell, Reason.NUMBER_NEGATIVE)
    return points


def _joined(cell: Cell, field: MemberField, remarks: Remarks) -> date | None:
    moment = read_moment(cell, field, remarks)
    return moment.date() if moment else None


def _care_class(cell: Cell, field: MemberField, remarks: Remarks) -> CareClass | None:
    word = line_of(cell).lower()
    known = _CARE.get(word)
    if known is None and not says_nothing(word):
        remarks.warn(field, cell, Reason.CARE_CLASS_UNKNOWN)
    return known


def _card_state(cell: Cell, field: MemberField, remarks: Remarks) -> CardState | None:
    word = line_of(cell).lower()
    known = _CARD_STATES.get(word)
    if known is None and not says_nothing(word):
        remarks.error(field, cell, Reason.CARD_STATE_UNKNOWN)
    return known


_READERS: Final[dict[MemberField, Any]] = {
    MemberField.NAME: _name,
    MemberField.MEMBER_NUMBER: _code,
    MemberField.CARD: _code,
    MemberField.GENDER: read_gender,
    MemberField.CARE_CLASS: _care_class,
    MemberField.POINTS: _points,
    MemberField.STORED_VALUE: read_balance,
    MemberField.BONUS: read_balance,
    MemberField.EMAIL: _email,
    MemberField.JOINED: _joined,
    MemberField.CARD_STATE: _card_state,
    MemberField.ISSUED_ON: _joined,
    MemberField.VALID_UNTIL: _joined,
}


def _level(word: str, remarks: Remarks) -> CardTier | None:
    level = _LEVELS.get(word) or _LEVELS.get(word.lower())
    if level is None and not says_nothing(word):
        remarks.warn(MemberField.LEVEL, word, Reason.LEVEL_UNKNOWN)
    return level


def _tags(cells: list[Cell], remarks: Remarks) -> tuple[str, ...]:
    tags = [tag.strip() for cell in cells for tag in _BETWEEN_TAGS.split(line_of(cell)) if tag.strip()]
    for tag in tags:
        if len(tag) > _LONGEST_CODE:
            remarks.error(MemberField.TAGS, tag, Reason.TOO_LONG)
    return tuple(dict.fromkeys(tags))


def _note(cells: list[Cell], remarks: Remarks) -> str:
    notes = [clean_note(text_of(cell)) for cell in cells if cell != ""]
    note = "\n".join([text for text in notes if text]) if len(notes) != 1 else notes[0]
    if len(note) > _LONGEST_NOTE:
        remarks.error(MemberField.NOTE, note, Reason.TOO_LONG)
    return note
