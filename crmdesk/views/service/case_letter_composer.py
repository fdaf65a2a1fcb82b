"""The composer: the words at the left, the letter itself at the right while it is typed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSplitter, QWidget
from typing_extensions import override

from crmdesk.core.errors import StaleError
from crmdesk.core.i18n import gettext
from crmdesk.core.letter_words import BOTH, LANGUAGES, languages_of
from crmdesk.core.paper_facts.letter import LetterFacts
from crmdesk.core.progress import Progress
from crmdesk.core.tones import Tone
from crmdesk.documents.wording import ForbiddenWords
from crmdesk.queries.letter_facts import LetterBody, LetterDraft
from crmdesk.services import letters
from crmdesk.services.letters import IssueLetter, LetterIssued
from crmdesk.views.service.case_letter_fields import WordFields, forbidden, warning
from crmdesk.views.service.case_paper_view import PaperView
from crmdesk.views.service.room import Room
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.segmented import SegmentedChoice
from crmdesk.views.support.widgets.text import Text, show_if

_WIDTH, _HEIGHT = 1120, 680
_TYPING_MS = 350
_CONTACT_LENGTH = 120
Issued = Callable[[LetterIssued], None]


class LetterComposer(FormDialog):
    """Facts, finding, remedy, promise, contact; issuing gives the number and keeps the document."""

    def __init__(self, room: Room, draft: LetterDraft, issued: Issued) -> None:
        """Begin with the draft; ``issued`` is called when the letter is in the register."""
        super().__init__(room.page, _title(draft), gettext("Issue letter"), width=_WIDTH)
        self.room = room
        self.draft = draft
        self._issued = issued
        self._replaces = draft.replaces
        self.language = SegmentedChoice(
            [(LANGUAGES[0], gettext("Chinese")), (LANGUAGES[1], gettext("English")), (BOTH, gettext("Both"))],
            gettext("Language of the letter"),
        )
        self.words = {language: WordFields(self.fields, language) for language in LANGUAGES}
        self.contact = self.fields.add(
            "contact", LineField(gettext("Contact for questions"), required=True, max_length=_CONTACT_LENGTH)
        )
        self.warning = Banner(tone=Tone.WARN)
        self.paper = PaperView(room.desk.jobs)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TYPING_MS)
        self._soon.timeout.connect(self.show_letter)
        self._build()
        for language, fields in self.words.items():
            fields.set_words(draft.facts.words[language])
        self.contact.set_value(draft.facts.contact)
        self.language.choose(draft.language)
        self.language.chosen.connect(self._choose_language)
        self.fields.changed.connect(self._soon.start)
        self._choose_language(draft.language)

    def _build(self) -> None:
        left = ScrollColumn(gap=3)
        for part in (self.warning, *self.words.values(), self.contact):
            left.add(part)
        left.add_stretch()
        fields = QWidget()
        inside = column(row(Text(gettext("Language"), "field"), self.language, None), left, gap=3)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.setStretch(1, 1)
        fields.setLayout(inside)
        both = QSplitter()
        both.addWidget(fields)
        both.addWidget(self.paper)
        both.setSizes([_WIDTH // 2, _WIDTH // 2])
        both.setChildrenCollapsible(False)
        self.body.addWidget(both, 1)
        self.resize(_WIDTH, _HEIGHT)

    def _choose_language(self, language: object) -> None:
        shown = languages_of(str(language))
        for one, fields in self.words.items():
            show_if(fields, one in shown)
            fields.show_heading(wanted=len(shown) > 1)
        self.show_letter()

    # -- the letter while it is typed ------------------------------------------------------

    def typed(self) -> LetterFacts:
        """Give the facts as they are typed now."""
        words = {language: fields.words() for language, fields in self.words.items()}
        return replace(self.draft.facts, words=words, contact=self.contact.typed(), version=self._replaces + 1)

    def show_letter(self) -> None:
        """Draw the letter with the present words, in the pool; an older drawing is dropped."""
        self._soon.stop()
        facts, language = self.typed(), str(self.language.current)

        def work(_progress: Progress) -> tuple[bytes, list[ForbiddenWords]]:
            from crmdesk.documents.pdf.letter import render

            return render(facts, language), forbidden(facts.words, language)

        self.room.desk.jobs.compute(self, work, self._drawn, key="letter")

    def _drawn(self, made: tuple[bytes, list[ForbiddenWords]]) -> None:
        pdf, found = made
        self.paper.show_pdf(pdf)
        title, source = warning(found)
        self.warning.set(title, source, Tone.WARN)

    # -- issuing ---------------------------------------------------------------------------

    @override
    def send(self) -> None:
        """Issue the letter."""
        language = str(self.language.current)
        words = {one: self.words[one].words() for one in languages_of(language)}
        body = LetterBody(words, self.contact.typed())
        request = IssueLetter(self.draft.ticket_id, language, body, self._replaces)
        self.room.desk.jobs.write(
            self, lambda session, context: letters.issue(session, request, context), self._done, self.refused
        )

    def _done(self, issued: LetterIssued) -> None:
        self.accept()
        self._issued(issued)

    @override
    def refused(self, error: Exception) -> None:
        """When somebody issued another version meanwhile, say so and let this one follow it."""
        if not isinstance(error, StaleError):
            super().refused(error)
            return
        self._replaces = error.current_version
        self.save.setEnabled(True)
        said = gettext("Version {number} was issued by somebody else meanwhile.").format(number=self._replaces)
        again = gettext("What you typed is still here; issue it as version {number} if it is still needed.")
        self.notice.set(said, again.format(number=self._replaces + 1), Tone.WARN, "users")
        self.show_letter()


def _title(draft: LetterDraft) -> str:
    if draft.replaces:
        return gettext("New version of letter {number}").format(number=draft.facts.number)
    return gettext("Letter to {name}").format(name=draft.facts.recipient)
