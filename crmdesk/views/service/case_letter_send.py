"""Noting that a letter went out: how, on which day, and whether that tells the decision."""

from typing import Any

from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.queries.paper_register import PaperRow
from crmdesk.services import letters
from crmdesk.services.letters import SendLetter
from crmdesk.views.service.room import Room
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.fields import ChoiceField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.text import show_if

_WAYS = (TellChannel.LETTER, TellChannel.EMAIL, TellChannel.MESSAGE, TellChannel.IN_PERSON)


class SendDialog(FormDialog):
    """The way and the day."""

    def __init__(self, room: Room, paper: PaperRow, *, tells: bool) -> None:
        """Begin with today's post; ``tells`` offers to note the decision as told."""
        text = gettext("Letter {number}, version {version}, to {name}").format(
            number=paper.number, version=paper.version, name=paper.member_name
        )
        super().__init__(room.page, gettext("Mark as sent"), gettext("Letter is sent"), text)
        self.room = room
        self._paper = paper
        self._tells = tells
        context = room.desk.signin.context()
        self.channel = ChoiceField(gettext("&How"), [(label(one), one) for one in _WAYS], required=True)
        self.sent_on = DayField(gettext("&When"), context.today, required=True, leaning=Leaning.PAST)
        self.add_row(channel=self.channel, sent_on=self.sent_on)
        self.tell = self.add("tell", TickField(gettext("The letter &tells the customer the decision")))
        self.channel.set_value(TellChannel.LETTER)
        self.sent_on.set_value(context.today())
        self.tell.set_value(tells)
        show_if(self.tell, tells)

    @override
    def send(self) -> None:
        """Write it down."""
        values: dict[str, Any] = self.fields.values()
        request = SendLetter(
            self._paper.id, values["channel"], values["sent_on"], tell=self._tells and bool(values["tell"])
        )
        self.room.desk.jobs.write(
            self, lambda session, context: letters.send(session, request, context), self._done, self.refused
        )

    def _done(self, _state: TicketState) -> None:
        self.accept()
        self.room.say(gettext("Letter {number} is sent").format(number=self._paper.number))
