"""Erasing a person: what would go is counted first, what is open is named, the number is typed to be sure."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core import erased_words
from crmdesk.core.context import Context
from crmdesk.core.erasure import ErasePlan
from crmdesk.core.i18n import gettext
from crmdesk.core.papers import PaperKind
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries import erasure as erasure_rows
from crmdesk.services.erasure import Erased, EraseMember, erase
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support import keeping
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import tell
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.sentences_erasure import obstacle_words
from crmdesk.views.support.widgets.banner import Banner

_HOW = 120


def ask_erase(parent: QWidget, desk: Desk, member_id: int) -> None:
    """Ask whether to erase a member; when something is open, say what."""

    def plan(session: Session, context: Context) -> ErasePlan:
        return erasure_rows.erase_plan(session, member_id, context)

    def show(found: ErasePlan) -> None:
        if found.in_the_way:
            title = gettext("{name} cannot be erased yet").format(name=found.name)
            tell(parent, title, "\n".join(obstacle_words(one) for one in found.in_the_way))
        else:
            EraseDialog(parent, desk, found).open()

    desk.jobs.read(parent, plan, show, key="erase")


class EraseDialog(FormDialog):
    """What goes, what stays, who asked, and the number to be sure."""

    def __init__(self, parent: QWidget, desk: Desk, plan: ErasePlan) -> None:
        """Show what erasing the person of ``plan`` would do."""
        super().__init__(
            parent,
            gettext("Erase {name}").format(name=plan.name),
            gettext("Erase for good"),
            gettext("This cannot be undone. Print a copy of the data first if the customer wants one."),
            WIDE,
        )
        self._desk = desk
        self._parent = parent
        self._plan = plan
        counts = plan.goes | plan.stays
        goes = Banner()
        first = gettext("Name, birthday, record, all free words")
        goes.set(gettext("Will be erased"), _listed(erased_words.gone(counts), first), Tone.LATE, "user-x")
        stays = Banner()
        stays.set(gettext("Kept without the person"), _listed(erased_words.kept(counts)), Tone.INFO, "shield-check")
        self.add_part(goes)
        self.add_part(stays)
        self.how = LineField(gettext("&Asked how"), required=True, max_length=_HOW)
        self.how.suggest([gettext("by letter"), gettext("at the counter"), gettext("end of the storage period")])
        self.number = LineField(
            gettext("&Member number"), required=True, hint=gettext("type {number}").format(number=plan.number)
        )
        self.add_row(asked_how=self.how, number=self.number)
        self.save.set_kind("danger")

    @override
    def send(self) -> None:
        if self.number.typed().upper() != self._plan.number.upper():
            self.save.setEnabled(True)
            self.number.show_problem(gettext("This is not the number of the file that is shown."))
            self.number.setFocus()
            return
        request = EraseMember(self._plan.member_id, self._plan.version, self.how.typed())
        self._desk.jobs.write(self, lambda session, context: erase(session, request, context), self._done, self.refused)

    def _done(self, made: Erased) -> None:
        self.accept()
        text = gettext("Erased; proof {number}").format(number=made.number)
        desk, parent = self._desk, self._parent
        desk.toasts.show(text, [(gettext("Print"), lambda: print_proof(desk, parent, made.id))])
        print_proof(desk, parent, made.id)


def print_proof(desk: Desk, owner: QWidget, erasure_id: int) -> None:
    """Show the slip that proves an erasure."""

    def gather(session: Session, context: Context) -> keeping.Wanted:
        facts = erasure_rows.erasure_proof(session, erasure_id, context, context.language)
        return keeping.Wanted(facts, RegisterPaper(PaperKind.ERASURE_PROOF, facts.number, context.language))

    keeping.give_out(desk, owner, gather, at_once=False)


def _listed(rows: list[tuple[str, int]], *first: str) -> str:
    return "  ·  ".join([*first, *(f"{gettext(words)} {count}" for words, count in rows)]) or "–"
