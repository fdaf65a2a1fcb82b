"""Callbacks in words: reasons, windows, what an outcome leads to, preferences as pills."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from crmdesk.core.call_follow import Follow, Following
from crmdesk.core.care import CallbackReason, CallOutcome, CareClass
from crmdesk.core.clock import day_in_zone, local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import current_language, gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.names import address_form
from crmdesk.core.scripts import Script, ScriptFacts, script_for
from crmdesk.core.tones import Tone
from crmdesk.queries.call_run import CallCard
from crmdesk.queries.callbacks import CallRow
from crmdesk.queries.member_page import MemberPage
from crmdesk.views.support.days import day_text, due_text

STEPS: Final = (mark("Congratulation"), mark("How it wears"), mark("What goes with it"))
CARE_LOOKS: Final[dict[CareClass, tuple[str, Tone]]] = {
    CareClass.KEY: (mark("Key customer"), Tone.INFO),
    CareClass.IMPORTANT: (mark("Important customer"), Tone.OK),
    CareClass.ORDINARY: (mark("Ordinary customer"), Tone.NEUTRAL),
}
_SEPARATORS: Final = re.compile(r"[、,，;；/\s]+")
_ICONS: Final = (
    ("palette", "色红黄蓝绿黑白灰粉紫棕驼咖橙米卡其"),
    ("ruler", "码号"),
    ("cup-soda", "茶咖啡酒水饮"),
    ("shirt", "裙衫衣裤装款风简约休闲正装复古宽松修身"),
)


def reason_words(reason: CallbackReason, step: int) -> str:
    """Name the reason, with the step of its plan."""
    if reason is not CallbackReason.AFTER_PURCHASE or step >= len(STEPS):
        return label(reason)
    return f"{label(reason)} · {gettext(STEPS[step])}"


def matter_words(row: CallRow) -> str:
    """Say what it is about: goods and matter, or the care class whose turn it is."""
    if row.reason is CallbackReason.CADENCE and not row.subject:
        return gettext(CARE_LOOKS[row.care_class][0])
    own = row.item if row.reason is not CallbackReason.LOAN_DUE else None
    return " · ".join(dict.fromkeys(part for part in (own, row.subject) if part)) or row.ticket_number or ""


def window_words(row: CallRow, now: datetime, zone: str) -> str:
    """Say until when it is to be done, or when it was."""
    if row.done_at is not None:
        return f"{local_time(row.done_at, zone):%H:%M}"
    if row.due_from > now:
        return gettext("from {time}").format(time=f"{local_time(row.due_from, zone):%H:%M}")
    if row.tried_in_time:
        return gettext("again since {time}").format(time=moment_words(row.due_from, zone, day_in_zone(now, zone)))
    if row.due_until < now and day_in_zone(row.due_until, zone) == day_in_zone(now, zone):
        return gettext("since {time}").format(time=f"{local_time(row.due_until, zone):%H:%M}")
    return due_text(day_in_zone(row.due_until, zone), day_in_zone(now, zone))


def window_tone(row: CallRow, now: datetime) -> Tone | None:
    """Colour what is late."""
    return Tone.LATE if row.is_late(now) else None


def last_words(row: CallRow, zone: str) -> str:
    """Say what came of the latest contact."""
    if row.last_at is None:
        return ""
    outcome = f" {label(row.last_outcome)}" if row.last_outcome is not None else ""
    return f"{local_time(row.last_at, zone):%m-%d}{outcome}"


def form_of_address(member: MemberPage) -> str:
    """Give how the member is spoken to: 周女士."""
    return address_form(member.name, member.gender, current_language())


def script_of(card: CallCard, context: Context) -> Script:
    """Give why the call is made and what is said."""
    days = (context.today() - card.bought_on).days if card.bought_on is not None else None
    facts = ScriptFacts(
        form_of_address(card.member), context.actor.name, context.store.name, card.subject, card.step, days
    )
    return script_for(card.reason, facts)


def likes(member: MemberPage) -> Iterator[tuple[str, str]]:
    """Give what is known of her taste, each with an icon."""
    for word in (word for word in _SEPARATORS.split(member.preferences) if word):
        yield word, next((icon for icon, signs in _ICONS if any(sign in word for sign in signs)), "heart")
    if member.garment_size:
        yield member.garment_size, "ruler"
    if member.shoe_size:
        yield member.shoe_size, "footprints"
    for word in (word for word in _SEPARATORS.split(member.gift_preference) if word):
        yield word, "gift"
    for tag in member.tags:
        yield tag, "tag"


def follow_words(outcome: CallOutcome, following: Following, zone: str, today: date) -> str:
    """Say what the outcome leads to."""
    words = _FOLLOW[following.kind]
    if following.kind is Follow.AGREED and following.at is None:
        words = mark("{outcome}: type when to call again.")
    return gettext(words).format(outcome=label(outcome), when=_when(following, zone, today))


def planned_words(outcome: CallOutcome, following: Following, zone: str, today: date) -> str:
    """Say what the outcome leads to when it is saved."""
    said = follow_words(outcome, following, zone, today)
    if outcome is CallOutcome.DISSATISFIED:
        said += gettext(" A complaint ticket is offered, already filled in.")
    return said


_FOLLOW: Final[dict[Follow, str]] = {
    Follow.DONE: mark("{outcome}: done, nothing more is planned."),
    Follow.NEXT_STEP: mark("{outcome}: the next step of the plan comes on {when}."),
    Follow.NEXT_CADENCE: mark("{outcome}: done; the next regular contact is due about {when}."),
    Follow.RETRY: mark("{outcome}: tried again {when}."),
    Follow.AGREED: mark("{outcome}: comes up again {when}."),
    Follow.GIVE_UP: mark("{outcome}: tried often enough, the callback is given up."),
    Follow.OTHER_NUMBER: mark("{outcome}: the number is marked wrong, the other one is tried next."),
    Follow.NO_NUMBER: mark("{outcome}: the number is marked wrong; ask for the right one at the next visit."),
    Follow.STOP: mark(
        "{outcome}: consent to callbacks and marketing is withdrawn, other callbacks are cancelled; "
        "notices about repairs and loans go on."
    ),
}


def _when(following: Following, zone: str, today: date) -> str:
    if following.at is None:
        return ""
    local = local_time(following.at, zone)
    if following.kind in {Follow.NEXT_STEP, Follow.NEXT_CADENCE}:
        return day_text(local.date(), today)
    return moment_words(following.at, zone, today)


def moment_words(moment: datetime, zone: str, today: date) -> str:
    """Say a day with its hour; today's only by the hour."""
    local = local_time(moment, zone)
    day = gettext("today") if local.date() == today else day_text(local.date(), today)
    return f"{day} {local:%H:%M}"


def contact_words(card: CallCard, zone: str, today: date) -> str:
    """Say when she was contacted last, and how often in these weeks."""
    month = card.contacts.month + 1
    often = ngettext(
        "contact {n} within 30 days (at most {most})", "contact {n} within 30 days (at most {most})", month
    ).format(n=month, most=card.situation.limits.per_month)
    if not card.talks:
        return gettext("Not contacted before · {often}").format(often=often)
    last = day_text(day_in_zone(card.talks[0].at, zone), today)
    return gettext("Last contact {day} · {often}").format(day=last, often=often)
