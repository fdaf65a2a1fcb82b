"""The day's call run: five members, five outcomes, and what follows from each."""

from datetime import timedelta
from typing import TYPE_CHECKING

from crmdesk.core.care import CallOutcome
from crmdesk.demo.day_desk import DayDesk
from crmdesk.queries.callback_rows import due_keys
from crmdesk.services import callbacks, day_begin
from crmdesk.services.call_start import begin_call
from crmdesk.services.callbacks import LogCall

if TYPE_CHECKING:
    from crmdesk.demo.day_desk import Note

STEP = "7 calls"
_CALLS = (
    (CallOutcome.SATISFIED, "轮子很顺滑，说下次带朋友来"),
    (CallOutcome.NO_ANSWER, ""),
    (CallOutcome.CALL_LATER, "在开会，明天下午再打"),
    (CallOutcome.NEUTRAL, "一般，觉得等得久"),
    (CallOutcome.BUSY, ""),
)


def call_members(desk: DayDesk) -> None:
    """Go through the first five callbacks of the manager's list."""
    desk.do(desk.manager, day_begin.begin_day, desk.manager)
    desk.at(14, 40)
    made: list[Note] = []
    for outcome, note in _CALLS:
        desk.at(14, 40 + 3 * len(made))
        waiting = desk.ask(due_keys, desk.manager)
        if not waiting:
            break
        begun = desk.do(desk.manager, begin_call, waiting[0][0], desk.manager)
        later = desk.now() + timedelta(days=1) if outcome is CallOutcome.CALL_LATER else None
        logged = desk.do(
            desk.manager,
            callbacks.log_call,
            LogCall(begun.callback_id, begun.version, outcome, note, later),
            desk.manager,
        )
        follows = logged.following
        at = follows.at.isoformat(timespec="minutes") if follows.at else None
        made.append({"outcome": outcome.value, "state": logged.state.value, "follows": follows.kind.value, "at": at})
    desk.book.rows["contact"] += len(made)
    desk.book.note(STEP, calls=made)
