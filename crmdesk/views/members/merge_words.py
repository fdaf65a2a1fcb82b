"""How two files are put in words side by side: names of fields, what stands in them, what comes together."""

from enum import Enum

from crmdesk.core.birthday import Birthday
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.queries.merge_compare import Comparison, MergeSide
from crmdesk.views.members.wording import amount, birthday_words
from crmdesk.views.support.widgets.facts_table import Fact

_FIELDS = {
    "name": mark("Name"),
    "gender": mark("Gender"),
    "birthday": mark("Birthday"),
    "tier": mark("Level"),
    "care_class": mark("Care class"),
    "guide": mark("Guide"),
    "kind": mark("Kind"),
    "email": mark("E-mail"),
    "address": mark("Address"),
    "occupation": mark("Occupation"),
    "industry": mark("Industry"),
    "garment_size": mark("Garment size"),
    "shoe_size": mark("Shoe size"),
    "preferences": mark("Preferences"),
    "hobbies": mark("Hobbies"),
    "consumption": mark("Consumption preference"),
    "gift_preference": mark("Gift preference"),
    "source": mark("Came by"),
    "notes": mark("Notes"),
    "income": mark("Income"),
    "skin_tone": mark("Skin tone"),
    "character": mark("Character"),
    "family": mark("Family"),
    "private_notes": mark("Private notes"),
}
_THINGS = {
    "tickets": mark("Tickets"),
    "loans": mark("Loaners"),
    "purchases": mark("Purchases"),
    "cards": mark("Cards"),
    "calls": mark("Calls"),
    "contacts": mark("Contacts"),
    "papers": mark("Papers"),
    "photos": mark("Photos"),
}


def field_name(name: str, comparison: Comparison) -> str:
    """Give the name of a field, or of one of the store's own."""
    return gettext(_FIELDS[name]) if name in _FIELDS else comparison.labels.get(name, name)


def field_words(value: object) -> str:
    """Give what stands in a field; empty where nothing does."""
    if isinstance(value, Birthday):
        return birthday_words(value)
    if isinstance(value, Enum):
        return label(value)
    return str(value) if value else ""


def differing(comparison: Comparison) -> list[str]:
    """Give the fields whose words differ, in the order of the form."""
    kept, gone = comparison.kept.fields, comparison.gone.fields
    names = [*_FIELDS, *sorted({*kept, *gone} - set(_FIELDS))]
    return [
        name
        for name in names
        if (name in kept or name in gone) and field_words(kept.get(name)) != field_words(gone.get(name))
    ]


def together(comparison: Comparison) -> list[Fact]:
    """Give what the file that stays has afterwards."""
    kept, gone = comparison.kept, comparison.gone
    found = [
        Fact(gettext("Phones"), _united(kept.phones, gone.phones)),
        Fact(gettext("Tags"), _united(kept.tags, gone.tags)),
        *(Fact(gettext(words), _sum(kept.things[name], gone.things[name])) for name, words in _THINGS.items()),
        Fact(gettext("Points"), _sum(kept.points, gone.points)),
    ]
    if kept.stored is not None and gone.stored is not None and (kept.stored or gone.stored):
        words = f"{amount(kept.stored)} + {amount(gone.stored)} = {amount(kept.stored + gone.stored)}"
        found.append(Fact(gettext("Stored value"), words))
    return [one for one in found if one.value]


def side_words(side: MergeSide) -> str:
    """Give who a file is: name, number, what hangs on it."""
    parts = [f"{side.name} {side.number}"]
    parts += [f"{gettext(_THINGS[name])} {count}" for name, count in side.things.items() if count][:3]
    return " · ".join(parts)


def _united(kept: tuple[str, ...], gone: tuple[str, ...]) -> str:
    return gettext(", ").join(dict.fromkeys((*kept, *gone)))


def _sum(kept: int, gone: int) -> str:
    return f"{kept:,} + {gone:,} = {kept + gone:,}" if gone else (f"{kept:,}" if kept else "")
