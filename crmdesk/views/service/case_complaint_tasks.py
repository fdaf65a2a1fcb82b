"""Dialogs of what people do for a complaint: tasks of the investigation, the corrective action, handing it up."""

from typing import Any, Final

from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.services import complaint_rounds, complaint_tasks
from crmdesk.services.complaint_rounds import Escalate
from crmdesk.services.complaint_tasks import Corrective, FinishTask, GiveTask
from crmdesk.views.service.case import Case
from crmdesk.views.service.case_complaint_dialogs import moved
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import due_text
from crmdesk.views.support.fields import ChoiceField, LineField, TextField

_TEXT_LENGTH: Final = 4000
_LINE_LENGTH: Final = 120
_NUMBER_LENGTH: Final = 40
_NOTE_LENGTH: Final = 1000


class GiveTaskDialog(StepDialog):
    """Somebody finds something out."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Ask what, who, until when."""
        super().__init__(room, case, gettext("Give a task"), gettext("Give task"))
        self.what = self.add("what", TextField(gettext("&What"), required=True, lines=2, max_length=_TEXT_LENGTH))
        people = [(name, key) for key, name in known.staff]
        self.owner = ChoiceField(gettext("W&ho"), people, required=True, empty=gettext("choose"))
        self.due = DayField(gettext("&Until"), case.context.today)
        self.add_row(owner_id=self.owner, due=self.due)

    @override
    def send(self) -> None:
        """Write the task."""
        values: dict[str, Any] = self.fields.values()
        request = GiveTask(self.ticket.id, self.ticket.version, values["what"], values["owner_id"], values["due"])
        self.submit(lambda session, context: complaint_tasks.give_task(session, request, context), self._said)

    def _said(self, _task: int) -> str:
        return gettext("{number}: task given").format(number=self.ticket.number)


class FinishTaskDialog(StepDialog):
    """A task has its result."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Offer the open tasks, one's own first."""
        super().__init__(room, case, gettext("Finish a task"), gettext("Task is done"))
        mine = case.context.actor.staff_id
        waiting = sorted((one for one in known.work.tasks if one.done_at is None), key=lambda one: one.owner_id != mine)
        today = case.context.today()
        words = []
        for one in waiting:
            until = due_text(one.due, today) if one.due is not None else ""
            words.append((" · ".join(filter(None, (one.owner, one.what, until))), one.id))
        self.task = self.add("task_id", ChoiceField(gettext("&Task"), words, required=True, empty=gettext("choose")))
        self.task.set_value(waiting[0].id if waiting else None)
        self.found = self.add("result", TextField(gettext("&Result"), required=True, lines=3, max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Write the result."""
        request = FinishTask(self.ticket.id, self.ticket.version, self.found.typed(), self.task.value() or 0)
        self.submit(lambda session, context: complaint_tasks.finish_task(session, request, context), self._said)

    def _said(self, _result: str) -> str:
        return gettext("{number}: task done").format(number=self.ticket.number)


class CorrectiveDialog(StepDialog):
    """What is changed so that it does not happen again, who sees to it, until when."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Begin with what was agreed before."""
        text = gettext("So that it does not happen again.")
        super().__init__(room, case, gettext("Corrective action"), gettext("Save action"), text)
        self.action = self.add(
            "action", TextField(gettext("&What is changed"), required=True, lines=3, max_length=_TEXT_LENGTH)
        )
        people = [(name, key) for key, name in known.staff]
        self.owner = ChoiceField(gettext("Who &sees to it"), people, required=True, empty=gettext("choose"))
        self.due = DayField(gettext("&Until"), case.context.today)
        self.add_row(owner_id=self.owner, due=self.due)
        self.action.set_value(known.corrective_action)
        self.owner.set_value(known.corrective_owner_id)
        self.due.set_value(known.corrective_due)

    @override
    def send(self) -> None:
        """Write the action."""
        values: dict[str, Any] = self.fields.values()
        request = Corrective(self.ticket.id, self.ticket.version, values["action"], values["owner_id"], values["due"])
        self.submit(lambda session, context: complaint_tasks.set_corrective(session, request, context), self._said)

    def _said(self, _action: str) -> str:
        return gettext("{number}: corrective action saved").format(number=self.ticket.number)


class EscalateDialog(StepDialog):
    """Somebody with more authority takes the complaint over, inside or outside the house."""

    def __init__(self, room: Room, case: Case, known: ComplaintCase) -> None:
        """Ask why, to whom, and the number there."""
        text = gettext("Somebody with more authority takes the complaint over.")
        super().__init__(room, case, gettext("Escalate"), gettext("Escalate complaint"), text)
        self.note = self.add("note", TextField(gettext("&Reason"), required=True, lines=2, max_length=_NOTE_LENGTH))
        self.to_whom = LineField(gettext("&To whom"), max_length=_LINE_LENGTH)
        self.to_whom.suggest(
            [gettext("Head office"), gettext("12315 consumer hotline"), gettext("Consumer association")]
        )
        self.number = LineField(gettext("Their nu&mber"), max_length=_NUMBER_LENGTH)
        self.add_row(to_whom=self.to_whom, outside_number=self.number)
        self.to_whom.set_value(known.escalated_to)
        self.number.set_value(known.outside_number)

    @override
    def send(self) -> None:
        """Write it."""
        request = Escalate(
            self.ticket.id, self.ticket.version, self.note.typed(), self.to_whom.typed(), self.number.typed()
        )
        self.submit(
            lambda session, context: complaint_rounds.escalate(session, request, context),
            lambda state: moved(self, state),
        )
