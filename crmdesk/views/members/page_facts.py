"""The words of a member's page: facts, consents, figures."""

from datetime import date

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.member_words import FieldKind, PhoneUse
from crmdesk.core.members import PhoneState, TouchpointState
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import ConsentShown, MemberPage, ThreeThree
from crmdesk.queries.member_record import AddressShown
from crmdesk.queries.own_fields import OwnShown
from crmdesk.services.looks import PrivateSeen
from crmdesk.views.members.wording import amount, birthday_words, next_birthday_words
from crmdesk.views.support.days import day_text
from crmdesk.views.support.widgets.facts_table import Fact

_BIRTHDAY_NEAR = 60


def figures(page: MemberPage, today: date) -> list[tuple[str, str]]:
    """Give caption and figure of balances and value; amounts that may not be seen are left out."""
    worth = page.worth
    since = ngettext("{count} day ago", "{count} days ago", (today - worth.last_day).days) if worth.last_day else ""
    shown = [
        (gettext("Points"), f"{worth.points:,}"),
        (gettext("Stored value"), amount(worth.stored)),
        (gettext("Bonus"), amount(worth.bonus) if worth.bonus else ""),
        (gettext("Receipts"), f"{worth.purchases:,}"),
        (gettext("Pieces"), f"{worth.pieces:,}"),
        (gettext("Bought so far"), amount(worth.net)),
        (gettext("Last purchase"), since.format(count=(today - worth.last_day).days) if worth.last_day else "–"),
    ]
    if worth.last_day == today:
        shown[-1] = (gettext("Last purchase"), gettext("today"))
    return [(caption, figure) for caption, figure in shown if figure]


def facts(page: MemberPage, today: date) -> list[Fact]:
    """Give what is known of the person."""
    birthday = birthday_words(page.birthday)
    if page.next_birthday is not None:
        birthday += f" · {day_text(page.next_birthday, today)}"
        if (page.next_birthday - today).days <= _BIRTHDAY_NEAR:
            birthday += f" {next_birthday_words(page.next_birthday, today)}"
    sizes = " · ".join(part for part in (page.garment_size, page.shoe_size) if part)
    bad = [one.masked for one in page.phones if one.state is PhoneState.INVALID]
    return [
        Fact(gettext("Gender"), label(page.gender) if page.gender else ""),
        Fact(gettext("Birthday"), birthday, icon="cake" if birthday else ""),
        Fact(gettext("Sizes"), sizes, icon="ruler" if sizes else ""),
        Fact(gettext("Likes"), page.preferences),
        Fact(gettext("Hobbies"), page.hobbies),
        Fact(gettext("Consumption preference"), page.consumption),
        Fact(gettext("Gifts"), page.gift_preference, icon="gift" if page.gift_preference else ""),
        Fact(gettext("Occupation"), " · ".join(part for part in (page.occupation, page.industry) if part)),
        Fact(gettext("E-mail"), page.email),
        Fact(gettext("Address"), page.address),
        *address_facts(page.addresses),
        Fact(gettext("Phones"), phone_words(page, today)),
        Fact(gettext("Reached by"), _touchpoints(page)),
        Fact(gettext("33 rule"), three_words(page.three)),
        Fact(gettext("Wrong number"), gettext(", ").join(bad), Tone.WARN, "phone-off" if bad else ""),
        Fact(gettext("Came by"), page.source),
        *own_facts(page.own),
        Fact(gettext("Notes"), page.notes),
    ]


def address_facts(addresses: tuple[AddressShown, ...]) -> list[Fact]:
    """Give the further addresses with their use, recipient and validity."""
    return [Fact(gettext("Address: {use}").format(use=label(one.use)), _address(one)) for one in addresses]


def _address(one: AddressShown) -> str:
    begins = gettext("from {day}").format(day=one.valid_from.isoformat()) if one.valid_from else ""
    ends = gettext("until {day}").format(day=one.valid_until.isoformat()) if one.valid_until else ""
    where = " ".join(part for part in (one.region, one.line, one.postcode) if part)
    return " · ".join(part for part in (where, one.recipient, begins, ends) if part)


def own_facts(own: tuple[OwnShown, ...]) -> list[Fact]:
    """Give what stands in the store's own fields; a picture is looked at in the form."""
    return [
        Fact(one.name, gettext("picture, see the form") if one.kind is FieldKind.PICTURE else one.words) for one in own
    ]


def phone_words(page: MemberPage, today: date) -> str:
    """Give the phones that are more than a personal number in use: what for, until when."""
    special = []
    for one in page.phones:
        parts = [label(one.use)] if one.use is not PhoneUse.PERSONAL else []
        if one.valid_until is not None:
            ended = one.valid_until < today
            words = gettext("ended {day}") if ended else gettext("until {day}")
            parts.append(words.format(day=one.valid_until.isoformat()))
        if parts:
            special.append(f"{one.masked} {' '.join(parts)}")
    return gettext(", ").join(special)


def _touchpoints(page: MemberPage) -> str:
    words = []
    for channel, state in page.touchpoints.items():
        since = page.reached_since.get(channel)
        said = [label(state)] if state is not TouchpointState.ACTIVE else []
        if since is not None:
            said.append(gettext("since {day}").format(day=since.isoformat()))
        name = label(channel)
        words.append(f"{name} ({' '.join(said)})" if said else name)
    return gettext(", ").join(words)


def three_words(three: ThreeThree) -> str:
    """Give the progress of the 33 rule: 触点 2/3 · 有效互动 3/3."""
    return gettext("touchpoints {have}/{wanted} · interactions {met}/{aim}").format(
        have=min(three.touchpoints, three.touchpoints_wanted),
        wanted=three.touchpoints_wanted,
        met=min(three.interactions, three.interactions_wanted),
        aim=three.interactions_wanted,
    )


def consent_facts(consents: tuple[ConsentShown, ...], context: Context) -> list[Fact]:
    """Give what the member agreed to, with day and way."""
    found = []
    for one in consents:
        day = day_text(day_in_zone(one.at, context.store.zone), context.today())
        word = gettext("agreed") if one.given else gettext("refused")
        tone, icon = (Tone.OK, "circle-check") if one.given else (Tone.WARN, "ban")
        found.append(Fact(label(one.purpose), f"{word} · {day} · {one.how}", tone, icon))
    return found


def private_facts(seen: PrivateSeen) -> list[Fact]:
    """Give the private profile."""
    income = seen.income_band
    if income and seen.income_estimated:
        income = gettext("{band} (estimated)").format(band=income)
    found = [
        Fact(gettext("Income"), income),
        Fact(gettext("Skin tone"), seen.skin_tone),
        Fact(gettext("Character"), seen.character),
        Fact(gettext("Family"), seen.family),
        Fact(gettext("Notes"), seen.notes),
    ]
    found += own_facts(seen.own)
    return [one for one in found if one.value] or [Fact(gettext("Private profile"), gettext("nothing written yet"))]
