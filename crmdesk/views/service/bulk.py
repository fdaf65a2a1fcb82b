"""Doing one thing with many tickets: each in a transaction of its own, what was refused is said with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from crmdesk.core.context import Context
from crmdesk.core.errors import CrmdeskError
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.outcome import Outcome
from crmdesk.queries.ticket_rows import version_of
from crmdesk.services.ticket_steps import Step, load
from crmdesk.views.service.room import Room
from crmdesk.views.support import errors
from crmdesk.views.support.dialogs import tell
from crmdesk.views.support.long_write import LongWrite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmdesk.db.session import Session

OneStep = Callable[["Session", Step, Context], Outcome[object]]
MOST_AT_ONCE: Final = 200
_SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one ticket: refused with ``error``, or done."""

    number: str
    error: CrmdeskError | None = None


def run_bulk(room: Room, keys: Sequence[int], act: OneStep, said: Callable[[int], str], note: str = "") -> None:
    """Carry ``act`` out on each ticket, then say how many it was done with and why not with the others.

    Args:
        room: the page.
        keys: the tickets.
        act: the service; it gets a step with the ticket's present version.
        said: the words for so many tickets.
        note: goes into each step.
    """
    steps: Iterator[Callable[[Session, Context], Outcome[Done]]] = (partial(_one, act, key, note) for key in keys)

    def done(result: LongWrite) -> None:
        refused = [one for one in result.values if one.error is not None]
        good = len(result.values) - len(refused)
        if good:
            room.say(said(good))
        if refused:
            _say_refused(room, refused)

    room.desk.jobs.write_long(room.page, steps, done, total=len(keys))


def _one(act: OneStep, key: int, note: str, session: "Session", context: Context) -> Outcome[Done]:
    number = load(session, key).number
    try:
        with session.begin_nested():
            outcome = act(session, Step(key, version_of(session, key), note), context)
    except CrmdeskError as error:
        return Outcome(Done(number, error))
    return Outcome(Done(number), outcome.changed)


def _say_refused(room: Room, refused: Sequence[Done]) -> None:
    title = ngettext("{count} order was left as it was", "{count} orders were left as they were", len(refused))
    lines = [gettext("{number}: {why}").format(number=one.number, why=_why(one)) for one in refused[:_SHOWN]]
    if len(refused) > _SHOWN:
        lines.append(gettext("… and {count} more").format(count=len(refused) - _SHOWN))
    tell(room.page, title.format(count=len(refused)), "\n".join(lines))


def _why(one: Done) -> str:
    sentence = errors.explain(one.error) if one.error is not None else None
    return sentence.line() if sentence is not None else ""
