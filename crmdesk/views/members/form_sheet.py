"""The fields of the member form in their groups; filled from a file, read out as a request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crmdesk.core.care import CareClass, Channel
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.members import CardTier, Gender, MemberKind, MemberState, TouchpointState
from crmdesk.core.phone import PhoneError, normalise
from crmdesk.queries.member_files import FormWords, MemberFile
from crmdesk.services.member_record import AddressFacts, PhoneEntry
from crmdesk.services.members import MemberFacts
from crmdesk.views.members.form_addresses import AddressesPart
from crmdesk.views.members.form_inputs import BirthdayField, KeptPhoneField
from crmdesk.views.members.form_own import OwnPart
from crmdesk.views.members.form_phones import PhonesPart
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.field import Field
from crmdesk.views.support.fields import ChoiceField, LineField, TagsField, TextField, TickField
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.layouts import column
from crmdesk.views.support.widgets.section_header import SubHeading

F = TypeVar("F", bound=Field[Any])
E = TypeVar("E", bound=Enum)
_SHORT, _CODE, _LONG, _LIKES, _NOTES = 120, 40, 240, 400, 4000
# The phone has fields of its own, visits and letters need no account.
CHANNELS = (
    Channel.WECHAT,
    Channel.WECOM,
    Channel.GROUP,
    Channel.OFFICIAL_ACCOUNT,
    Channel.MINI_PROGRAM,
    Channel.SMS,
)
_PLAIN = (
    "occupation",
    "industry",
    "garment_size",
    "shoe_size",
    "preferences",
    "hobbies",
    "consumption",
    "gift_preference",
    "source",
    "notes",
)
_MASKED = ("email", "address")


@dataclass(frozen=True, slots=True)
class Typed:
    """What the sheet says, apart from private profile and consents."""

    facts: MemberFacts
    phones: tuple[PhoneEntry, ...]
    kept: frozenset[str]
    touchpoints: Mapping[Channel, TouchpointState | None]
    addresses: tuple[AddressFacts, ...] | None
    own: Mapping[int, str]


class MemberSheet(QWidget):
    """All fields of a member's record; `named` gives them for saving, drafts and comparing."""

    phones_changed = Signal()
    added = Signal(object)

    def __init__(self, today: Callable[[], date], known: MemberFile | None, desk: Desk) -> None:
        """Build for `known`, or for somebody new; `added` carries fields that come later, by name."""
        super().__init__()
        self._desk = desk
        self._known = known
        self._named: dict[str, Field[Any]] = {}
        self._parts_after: dict[str, PhonesPart | AddressesPart | OwnPart] = {}
        self._column = column(gap=3)
        self.setLayout(self._column)
        self._person(today)
        self._phone_fields(today)
        self._store()
        self._contact(today)
        self._about()
        self._reached()
        if known is not None:
            self._fill(known)

    def named(self) -> dict[str, Field[Any]]:
        """Give the fields by name, in the order of the page."""
        found: dict[str, Field[Any]] = {}
        for name, field in self._named.items():
            found[name] = field
            if name in self._parts_after:
                found |= self._parts_after[name].named()
        return found

    def make_room(self, names: Mapping[str, object]) -> None:
        """Make the rows that a draft has."""
        self.phone_part.make_room(names)
        self.address_part.make_room(names)

    # -- groups ------------------------------------------------------------------------------

    def _person(self, today: Callable[[], date]) -> None:
        self._column.addWidget(SubHeading(gettext("Person")))
        self.name = self._add("name", LineField(gettext("&Name"), required=True, max_length=_SHORT))
        self.gender = self._add("gender", ChoiceField[Gender](gettext("Gender"), _choices(Gender)))
        self.birthday = self._add("birthday", BirthdayField(gettext("&Birthday"), today))
        self._line(self.name, self.gender, self.birthday, shares=(3, 2, 4))

    def _phone_fields(self, today: Callable[[], date]) -> None:
        self.phone_part = PhonesPart(today, self._known)
        self.phone_part.numbers_changed.connect(self.phones_changed)
        self.phone_part.added.connect(self.added)
        self._column.addWidget(self.phone_part)
        self._parts_after["birthday"] = self.phone_part
        self.share = self._add("share", TickField(gettext("The household shares this phone")))
        self.share.setVisible(False)
        self._column.addWidget(self.share)

    @property
    def phones(self) -> list[KeptPhoneField]:
        """The fields of the numbers."""
        return [one.number for one in self.phone_part.rows]

    def _store(self) -> None:
        self._column.addWidget(SubHeading(gettext("Membership")))
        self.tier = self._add("tier", ChoiceField[CardTier](gettext("Level"), _choices(CardTier), required=True))
        self.care = self._add(
            "care_class", ChoiceField[CareClass](gettext("Care class"), _choices(CareClass), required=True)
        )
        self.guide = self._add("guide_id", ChoiceField[int](gettext("Guide"), []))
        self.source = self._add("source", LineField(gettext("Came by"), max_length=_SHORT))
        self._line(self.tier, self.care, self.guide, self.source)
        self.tags = self._add("tags", TagsField(gettext("Tags"), hint=gettext("divided by commas")))
        self.kind = self._add("kind", ChoiceField[MemberKind](gettext("Kind"), _choices(MemberKind), required=True))
        self._line(self.tags, self.kind, shares=(3, 1))
        self.walk_in = self._add("walk_in", TickField(gettext("Walk-in, no member yet")))
        self.quiet = self._add("do_not_contact", TickField(gettext("&Do not contact")))
        self._line(self.walk_in, self.quiet)
        self.tier.set_value(CardTier.ORDINARY)
        self.care.set_value(CareClass.ORDINARY)
        self.kind.set_value(MemberKind.CUSTOMER)

    def _contact(self, today: Callable[[], date]) -> None:
        self._column.addWidget(SubHeading(gettext("Contact")))
        self.email = self._add("email", LineField(gettext("E-mail"), max_length=_SHORT))
        self.address = self._add("address", LineField(gettext("Address"), max_length=_LONG))
        self._line(self.email, self.address, shares=(1, 2))
        self.address_part = AddressesPart(today, self._known)
        self.address_part.added.connect(self.added)
        self._column.addWidget(self.address_part)
        self._parts_after["address"] = self.address_part

    def _about(self) -> None:
        self._column.addWidget(SubHeading(gettext("About")))
        occupation = self._add("occupation", LineField(gettext("Occupation"), max_length=_SHORT))
        industry = self._add("industry", LineField(gettext("Industry"), max_length=_SHORT))
        garment = self._add("garment_size", LineField(gettext("Garment size"), max_length=_CODE))
        shoe = self._add("shoe_size", LineField(gettext("Shoe size"), max_length=_CODE))
        self._line(occupation, industry, garment, shoe, shares=(2, 2, 1, 1))
        likes = self._add("preferences", LineField(gettext("Likes"), max_length=_LIKES))
        gifts = self._add(
            "gift_preference",
            LineField(gettext("Gifts"), max_length=_LONG, example=gettext("drinks no tea")),
        )
        self._line(likes, gifts)
        hobbies = self._add("hobbies", LineField(gettext("Hobbies"), max_length=_LONG))
        spends = self._add("consumption", LineField(gettext("Consumption preference"), max_length=_LONG))
        self._line(hobbies, spends)
        self.own = OwnPart(self._desk)
        self._column.addWidget(self.own)
        self._line(self._add("notes", TextField(gettext("Notes"), max_length=_NOTES, lines=2)))
        self._parts_after["consumption"] = self.own

    def _reached(self) -> None:
        self._column.addWidget(SubHeading(gettext("Reached by")))
        self.touchpoints = {
            channel: self._add(
                f"touch_{channel.value}", ChoiceField[TouchpointState](label(channel), _choices(TouchpointState))
            )
            for channel in CHANNELS
        }
        fields = list(self.touchpoints.values())
        self._line(*fields[:3])
        self._line(*fields[3:])

    # -- filling and reading -----------------------------------------------------------------

    def offer(self, words: FormWords) -> None:
        """Offer who can be the guide, and words used before."""
        self.guide.set_choices([(one.name, one.id) for one in words.guides])
        self.source.suggest(words.sources)
        if self._known is not None:
            self.guide.set_value(self._known.guide_id)
        shown = [one for one in words.own if not one.private]
        made = self.own.build(shown, self._known.own if self._known is not None else {})
        if made:
            self.added.emit(made)

    def _fill(self, known: MemberFile) -> None:
        self.name.set_value(known.name)
        self.gender.set_value(known.gender)
        self.birthday.set_value(known.birthday)
        self.tier.set_value(known.tier)
        self.care.set_value(known.care_class)
        self.kind.set_value(known.kind)
        self.tags.set_value(known.tags)
        self.walk_in.set_value(known.state is MemberState.WALK_IN)
        self.quiet.set_value(known.do_not_contact)
        for name in _PLAIN:
            self._named[name].set_value(getattr(known, name))
        for line, text in ((self.email, known.email), (self.address, known.address)):
            if known.seen:
                line.set_value(text)
            elif text:
                line.line.setPlaceholderText(text)
                line.set_hint(gettext("kept unless you type another"))
        for channel, field in self.touchpoints.items():
            field.set_value(known.touchpoints.get(channel))
            since = known.reached_since.get(channel)
            if since is not None:
                field.set_hint(gettext("since {day}").format(day=day_text(since)))

    def typed(self) -> Typed:
        """Read the fields."""
        masked = self._known is not None and not self._known.seen
        kept = frozenset(name for name in _MASKED if masked and self._named[name].is_empty())
        plain: dict[str, Any] = {name: self._named[name].value() or "" for name in _PLAIN}
        facts = MemberFacts(
            name=self.name.typed(),
            gender=self.gender.value(),
            birthday=self.birthday.value(),
            email=self.email.typed(),
            address=self.address.typed(),
            guide_id=self.guide.value(),
            care_class=self.care.value() or CareClass.ORDINARY,
            tier=self.tier.value() or CardTier.ORDINARY,
            kind=self.kind.value() or MemberKind.CUSTOMER,
            do_not_contact=self.quiet.value(),
            tags=frozenset(self.tags.value()),
            walk_in=self.walk_in.value(),
            share_phones=self.share.value(),
            **plain,
        )
        reached = {channel: field.value() for channel, field in self.touchpoints.items()}
        entries = self.phone_part.entries()
        return Typed(facts, entries, kept, reached, self.address_part.typed(), self.own.typed())

    def begin(self, name: str, phone: str) -> None:
        """Begin with what was typed elsewhere."""
        self.name.set_value(name)
        try:
            self.phones[0].set_value(normalise(phone) if phone else None)
        except PhoneError:
            self.phones[0].line.setText(phone)

    # -- layout ------------------------------------------------------------------------------

    def _add(self, name: str, field: F) -> F:
        self._named[name] = field
        return field

    def _line(self, *fields: Field[Any], shares: tuple[int, ...] = ()) -> None:
        parts = zip(fields, shares or [1] * len(fields), strict=True)
        self._column.addLayout(FieldsLayout(*parts, gap=3))


def _choices(words: type[E]) -> list[tuple[str, E]]:
    return [(label(one), one) for one in words]
