"""Address labels and letters for many members: who gets one, who has no address, the words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.i18n import current_language, gettext, ngettext
from crmdesk.core.mailing_words import PLACEHOLDERS, unknown_places
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.member_mail import LetterWish, MailPlan, label_facts, letter_facts, mail_plan
from crmdesk.services.mailings import give_out_run
from crmdesk.services.paper_register import RegisterPaper
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, NumberField, TextField
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.paper_words import paper_word
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import Text

_SUBJECT, _WORDS, _SHOWN = 80, 6000, 6
_PER_SHEET: Final = 24


def open_labels(owner: QWidget, desk: Desk, member_ids: Sequence[int]) -> None:
    """Read the addresses and ask where the first sheet begins."""
    _open(owner, desk, member_ids, lambda plan: LabelsDialog(owner, desk, plan).open())


def open_letters(owner: QWidget, desk: Desk, member_ids: Sequence[int]) -> None:
    """Read the addresses and ask for the words."""
    _open(owner, desk, member_ids, lambda plan: LettersDialog(owner, desk, plan).open())


def _open(owner: QWidget, desk: Desk, member_ids: Sequence[int], show: Callable[[MailPlan], None]) -> None:
    keys = tuple(member_ids)

    def read(session: Session, context: Context) -> MailPlan:
        return mail_plan(session, keys, context, context.language)

    desk.jobs.read(owner, read, show, key="mail")


class _MailDialog(FormDialog):
    """What labels and letters share: who gets none, and the way to the preview."""

    kind: PaperKind

    def __init__(self, parent: QWidget, desk: Desk, plan: MailPlan, title: str) -> None:
        super().__init__(parent, title, gettext("Preview"), width=WIDE)
        self._desk, self._page, self._plan = desk, parent, plan
        count = len(plan.rows)
        self.say(ngettext("{count} member gets one.", "{count} members get one.", count).format(count=count))
        self._say_left_out(plan.without, gettext("No address"), "map-pin")
        self._say_left_out(plan.unwanted, gettext("Want no post"), "bell-off")

    def _say_left_out(self, rows: Sequence[tuple[int, str, str]], words: str, icon: str) -> None:
        if rows:
            names = gettext(", ").join(name for _key, _number, name in rows[:_SHOWN])
            more = f" +{len(rows) - _SHOWN}" if len(rows) > _SHOWN else ""
            banner = Banner()
            banner.set(f"{words} · {len(rows)}", names + more, Tone.WAITING, icon)
            self.add_part(banner)

    def _end(self) -> None:
        if not self._plan.rows:
            self.save.refuse(gettext("Nobody here gets post."))

    def _show(self, make: Callable[[Session, Context, str], Any], language: str) -> None:
        keys = tuple(row.id for row in self._plan.rows)
        zone = self._desk.signin.context().store.zone
        number = f"M{local_time(self._desk.signin.context().now(), zone):%y%m%d-%H%M%S}"
        title = gettext("{paper} {number}").format(paper=paper_word(self.kind), number=number)
        paper = RegisterPaper(self.kind, number, language, title)
        desk, page = self._desk, self._page

        def note(session: Session, context: Context, out: GivenOut) -> Any:  # noqa: ANN401 - the register's outcome
            return give_out_run(session, paper, keys, out, context)

        def done(facts: Any) -> None:  # noqa: ANN401 - facts of either paper
            self.accept()
            desk.papers.preview(title, partial(_render, facts, language), self.kind.value, note)

        desk.jobs.read(page, lambda session, context: make(session, context, number), done, self.refused)


def _render(facts: Any, language: str) -> bytes:  # noqa: ANN401 - facts of either paper
    from crmdesk.documents.pdf.papers import render

    return render(facts, language, PaperFormat.A4)


class LabelsDialog(_MailDialog):
    """Sheets of 3 × 8; a sheet that was begun can be used up."""

    kind = PaperKind.ADDRESS_LABEL

    def __init__(self, parent: QWidget, desk: Desk, plan: MailPlan) -> None:
        """Ask from which label on the first sheet is printed."""
        super().__init__(parent, desk, plan, gettext("Address labels"))
        self.first = self.add(
            "first",
            NumberField(
                gettext("&Begin with label"),
                required=True,
                least=1,
                most=_PER_SHEET,
                hint=gettext("A4, 3 × 8 labels of 70 × 37 mm"),
            ),
        )
        self.first.set_value(1)
        self._end()

    @override
    def send(self) -> None:
        rows, used = self._plan.rows, (self.first.value() or 1) - 1
        self._show(lambda _session, _context, _number: label_facts(rows, used), current_language())


class LettersDialog(_MailDialog):
    """The words of a letter; placeholders stand for what differs."""

    kind = PaperKind.MEMBER_LETTER

    def __init__(self, parent: QWidget, desk: Desk, plan: MailPlan) -> None:
        """Ask for the words."""
        super().__init__(parent, desk, plan, gettext("Letters to members"))
        self.subject = LineField(gettext("S&ubject"), required=True, max_length=_SUBJECT)
        self.language = ChoiceField(
            gettext("&Language"), [(gettext("Chinese"), "zh_CN"), (gettext("English"), "en")], required=True
        )
        self.language.set_value(current_language())
        self.add_row(subject=self.subject, language=self.language)
        self.words = self.add("words", TextField(gettext("&Words"), required=True, lines=9, max_length=_WORDS))
        self.words.set_value(_first_words(current_language()))
        places = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        explained = gettext("{places} stand for name, form of address, level and points.")
        self.add_part(Text(explained.format(places=places), "small", wrap=True))
        self._end()

    @override
    def send(self) -> None:
        wrong = unknown_places(f"{self.words.typed()}\n{self.subject.typed()}")
        if wrong:
            self.save.setEnabled(True)
            words = gettext("Nothing stands for {places}.").format(places=", ".join(f"{{{name}}}" for name in wrong))
            self.fields.show_problems({"words": words})
            return
        language = self.language.value() or current_language()
        wish = LetterWish(self.subject.typed(), self.words.typed(), language)
        keys = [row.id for row in self._plan.rows]

        def make(session: Session, context: Context, number: str) -> Any:  # noqa: ANN401 - facts of the letters
            # Read again: in the language of the letter, and as the files are now.
            plan = mail_plan(session, keys, replace(context, language=language), language)
            return letter_facts(session, number, plan.rows, wish, context)

        self._show(make, language)


def _first_words(language: str) -> str:
    return "尊敬的{form}：\n\n" if language.startswith("zh") else "Dear {form},\n\n"
