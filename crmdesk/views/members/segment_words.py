"""The words of conditions over members: what can be asked, in groups, and how it is compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from crmdesk.core.care import CareClass, Channel, ConsentPurpose
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.member_words import FieldKind, LifeCycle
from crmdesk.core.members import CardTier, Gender, MemberKind
from crmdesk.core.segments import About, Condition, Group, Is, Shape, allowed, shape_of
from crmdesk.queries.segment_choices import OWN_SHAPES, SegmentChoices

_PERSON: Final = mark("Person")
_BUYING: Final = mark("Buying")
_SERVICE: Final = mark("Service")
_CONTACT: Final = mark("Being in touch")
_OWN: Final = mark("Own fields")
FIELDS: Final[tuple[tuple[str, tuple[tuple[About, str], ...]], ...]] = (
    (
        _PERSON,
        (
            (About.TIER, mark("Level")),
            (About.CARE_CLASS, mark("Care class")),
            (About.TAG, mark("Tag")),
            (About.GUIDE, mark("Guide")),
            (About.NAME, mark("Name")),
            (About.GENDER, mark("Gender")),
            (About.AGE, mark("Age")),
            (About.BIRTHDAY, mark("Birthday")),
            (About.BIRTHDAY_MONTH, mark("Month of the birthday")),
            (About.OCCUPATION, mark("Occupation")),
            (About.INDUSTRY, mark("Industry")),
            (About.SOURCE, mark("Source")),
            (About.KIND, mark("Kind of member")),
            (About.JOINED, mark("Member since")),
            (About.HOUSEHOLD, mark("Household known")),
        ),
    ),
    (
        _BUYING,
        (
            (About.LAST_PURCHASE, mark("Last purchase")),
            (About.FIRST_PURCHASE, mark("First purchase")),
            (About.NET, mark("Bought so far")),
            (About.PURCHASES, mark("Purchases")),
            (About.PIECES, mark("Pieces bought")),
            (About.NET_IN, mark("Bought lately")),
            (About.PURCHASES_IN, mark("Purchases lately")),
            (About.LIFE_CYCLE, mark("Life cycle")),
            (About.RECENCY, mark("Recency score (R)")),
            (About.FREQUENCY, mark("Frequency score (F)")),
            (About.MONETARY, mark("Money score (M)")),
            (About.POINTS, mark("Points")),
            (About.POINTS_EXPIRE, mark("Points expire")),
            (About.STORED, mark("Stored value")),
            (About.INTENT, mark("Wanted, not bought")),
        ),
    ),
    (
        _SERVICE,
        (
            (About.OPEN_TICKET, mark("Open order")),
            (About.LAST_TICKET, mark("Last order")),
            (About.LAST_COMPLAINT, mark("Last complaint")),
            (About.LOANER_OUT, mark("Has a loaner")),
        ),
    ),
    (
        _CONTACT,
        (
            (About.LAST_CONTACT, mark("Last contact")),
            (About.CALL_DUE, mark("Callback due")),
            (About.HAS_PHONE, mark("Usable phone")),
            (About.DO_NOT_CONTACT, mark("Do not contact")),
            (About.CONSENT, mark("Agreed to")),
            (About.TOUCHPOINT, mark("Reached by")),
        ),
    ),
)
_COMPARED: Final[dict[Is, str]] = {
    Is.ONE_OF: mark("is one of"),
    Is.NOT_ONE_OF: mark("is none of"),
    Is.CONTAINS: mark("contains"),
    Is.STARTS: mark("begins with"),
    Is.EMPTY: mark("is empty"),
    Is.FILLED: mark("is known"),
    Is.AT_LEAST: mark("at least"),
    Is.AT_MOST: mark("at most"),
    Is.BETWEEN: mark("between"),
    Is.SINCE: mark("on or after"),
    Is.BEFORE: mark("before"),
    Is.LAST_DAYS: mark("in the last … days"),
    Is.NOT_LAST_DAYS: mark("not in the last … days"),
    Is.NEXT_DAYS: mark("in the next … days"),
    Is.YES: mark("yes"),
    Is.NO: mark("no"),
}
_CHOICES: Final[dict[About, tuple[Enum, ...]]] = {
    About.GENDER: tuple(Gender),
    About.CARE_CLASS: tuple(CareClass),
    About.TIER: tuple(CardTier),
    About.KIND: tuple(MemberKind),
    About.CONSENT: tuple(ConsentPurpose),
    About.TOUCHPOINT: tuple(Channel),
    About.LIFE_CYCLE: tuple(LifeCycle),
}
OWN_SCALE: Final = 10_000
_AMOUNTS: Final = frozenset({Is.AT_LEAST, Is.AT_MOST, Is.BETWEEN})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field that can be asked for: its words, and what its values are.

    Attributes:
        own: key of an own field.
        choices: value and word of a closed list.
        words: those in use, to be offered while typing.
        picture: only whether there is one can be asked.
    """

    about: About
    name: str
    group: str
    shape: Shape
    own: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    picture: bool = False

    @property
    def compared(self) -> tuple[Is, ...]:
        """The comparisons it knows, the usual one first."""
        known = allowed(self.about, self.shape if self.own is not None else None)
        return tuple(one for one in known if one in {Is.EMPTY, Is.FILLED}) if self.picture else known


def fields_of(known: SegmentChoices) -> list[FieldSpec]:
    """Give every field that can be asked for, group by group."""
    made = [_spec(about, name, group, known) for group, fields in FIELDS for about, name in fields]
    for field in known.own:
        words = tuple((one, one) for one in field.choices)
        picture = field.kind is FieldKind.PICTURE
        made.append(
            FieldSpec(About.OWN, field.name, gettext(_OWN), OWN_SHAPES[field.kind], field.id, words, (), picture)
        )
    return made


def compared_words(how: Is) -> str:
    """Give the word for a comparison."""
    return gettext(_COMPARED[how])


def groups_of(fields: Sequence[FieldSpec]) -> list[tuple[str, list[FieldSpec]]]:
    """Give the fields by their groups, in order."""
    found: dict[str, list[FieldSpec]] = {}
    for one in fields:
        found.setdefault(one.group, []).append(one)
    return list(found.items())


def said(group: Group, fields: Sequence[FieldSpec]) -> str:
    """Give a group of conditions in words."""
    known = {(one.about, one.own): one for one in fields}
    parts = [
        f"({said(part, fields)})"
        if isinstance(part, Group)
        else _condition_said(part, known.get((part.about, part.own)))
        for part in group.parts
    ]
    words = (gettext(" or ") if group.any_of else gettext(" and ")).join(parts)
    return gettext("not ({words})").format(words=words) if group.negated else words


def _condition_said(one: Condition, field: FieldSpec | None) -> str:
    if field is None:
        return ""
    names = dict(field.choices)
    scale = {Shape.MONEY: 100}.get(field.shape, OWN_SCALE if field.own and field.shape is Shape.NUMBER else 1)
    values = [
        f"{Decimal(value) / scale:f}"
        if isinstance(value, int) and scale > 1 and one.how in _AMOUNTS
        else names.get(str(value), str(value))
        for value in one.values
    ]
    how = compared_words(one.how)
    last = gettext("in the last {count} days").format(count=one.days) if one.days else ""
    if "…" in how and values:
        return f"{field.name} {how.replace('…', values[0])}"
    return " ".join(part for part in (field.name, last, how, gettext(", ").join(values)) if part)


def _spec(about: About, name: str, group: str, known: SegmentChoices) -> FieldSpec:
    choices = tuple((str(one.value), label(one)) for one in _CHOICES.get(about, ()))
    if about is About.GUIDE:
        choices = tuple((str(one.id), one.name) for one in known.guides)
    elif about is About.BIRTHDAY_MONTH:
        choices = tuple((str(month), gettext("month {number}").format(number=month)) for month in range(1, 13))
    return FieldSpec(about, gettext(name), gettext(group), shape_of(about), None, choices, known.words.get(about, ()))
