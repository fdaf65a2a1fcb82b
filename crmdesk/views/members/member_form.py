"""The form of a member: new or edit, with drafts, a warning of lookalikes, and both versions when two people edit."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QSize, QTimer, SignalInstance
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.errors import StaleError
from crmdesk.core.i18n import gettext
from crmdesk.core.member_words import PairState
from crmdesk.core.phone import Phone
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.queries.member_files import Alike, FormWords, Lookalike, MemberFile, Probe
from crmdesk.services.looks import PrivateSeen
from crmdesk.services.member_file import SaveMember
from crmdesk.services.members import MemberMade, SharedPhoneError
from crmdesk.views.members.compare_dialog import CompareDialog
from crmdesk.views.members.differences import differences, states
from crmdesk.views.members.form_alike import AlikeBanner
from crmdesk.views.members.form_consents import ConsentsPart
from crmdesk.views.members.form_sheet import MemberSheet
from crmdesk.views.members.merge_presenter import MergePresenter
from crmdesk.views.members.presenter import MemberPresenter
from crmdesk.views.members.private_sheet import PrivateSheet
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.drafts import DraftState
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.widgets.scroll_column import ScrollColumn

_SIZE = QSize(900, 660)
_LEAST_WIDTH = 640
_LOOK_AFTER_MS = 250
_VERSION = "seen_version"
Saved = Callable[[MemberMade], None]


def open_form(parent: QWidget, desk: Desk, member_id: int | None = None, *, name: str = "", phone: str = "") -> None:
    """Open the form over `parent`: of a member, or for somebody new of whom name and phone may be known."""
    if member_id is None:
        form = MemberForm(parent, desk, None)
        form.sheet.begin(name, phone)
        form.open()
        return
    presenter = MemberPresenter(desk, parent)
    presenter.open_file(member_id, lambda known: MemberForm(parent, desk, known).open())


class MemberForm(FormDialog):
    """Everything about one member."""

    problem_fields: ClassVar[Mapping[type[Exception], str]] = {SharedPhoneError: "phone1"}

    def __init__(self, parent: QWidget, desk: Desk, known: MemberFile | None) -> None:
        """Build for `known`, or for somebody new."""
        title = gettext("Edit {name}").format(name=known.name) if known else gettext("New member")
        super().__init__(parent, title, gettext("Save"), known.number if known else "", width=_LEAST_WIDTH)
        self.resize(_SIZE.boundedTo(parent.window().size()))
        self._desk = desk
        self._known = known
        self._version = known.version if known else 0
        self._presenter = MemberPresenter(desk, self)
        self._words: FormWords | None = None
        self._restored = False
        self._more_phones: tuple[int, ...] = ()
        self.sheet = MemberSheet(self._presenter.today, known, desk)
        self.private = PrivateSheet(desk)
        self.consents = ConsentsPart(known.consents if known else {})
        self.alike = AlikeBanner()
        self.alike.opened.connect(self._go_to_alike)
        self.alike.linked.connect(lambda: self.sheet.share.set_value(value=True))
        self.alike.told_apart_now.connect(self._look_again)
        self._arrange()
        self._watch()

    def _arrange(self) -> None:
        scroll = ScrollColumn(gap=3)
        scroll.body.setContentsMargins(0, 0, 12, 0)
        for part in (self.sheet, self.consents):
            scroll.add(part)
        may_private = self._presenter.context().may(Right.SEE_PRIVATE)
        if may_private:
            scroll.add(self.private)
        scroll.add_stretch()
        self.add_head(self.alike)
        self.add_part(scroll)
        self.body.setStretch(0, 1)
        fields: dict[str, Any] = dict(self.sheet.named())
        fields |= self.consents.named()
        if may_private:
            fields |= self.private.named()
            self.private.asked.connect(self._ask_private)
        self._take_in(fields)
        self.sheet.added.connect(self._take_in)

    def _take_in(self, fields: Mapping[str, Any]) -> None:
        for name, field in fields.items():
            self.fields.add(name, field)

    def _watch(self) -> None:
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look_for_alike)
        address = self.sheet.address.changed
        for changed in (self.sheet.name.changed, self.sheet.birthday.changed, address, self.sheet.phones_changed):
            changed.connect(self._soon.start)
        self._presenter.read_words(self._offer)

    def _offer(self, words: FormWords) -> None:
        dirty = self.fields.is_dirty()
        self._words = words
        self.sheet.offer(words)
        if self._presenter.context().may(Right.SEE_PRIVATE):
            self._take_in(self.private.own.build([one for one in words.own if one.private], {}))
        if not dirty:
            self.fields.mark_clean()
        self._restore_draft()

    # -- the draft ---------------------------------------------------------------------------

    @property
    def changed(self) -> SignalInstance:
        """Say that something was typed, for the drafts."""
        return self.fields.changed

    def draft(self) -> DraftState:
        """Give what is typed, with the version of the file that it belongs to."""
        typed = self.fields.draft()
        return {**typed, _VERSION: self._version} if typed else {}

    def restore(self, state: DraftState) -> None:
        """Put a draft back; one of an older file is compared with the present one when it is saved."""
        version = state.get(_VERSION)
        if isinstance(version, int):
            self._version = version
        self.sheet.make_room(state)
        self.fields.restore(state)

    def _draft_name(self) -> str:
        return f"member.{self._known.id}" if self._known else "member.new"

    def _restore_draft(self) -> None:
        if self._restored:
            return
        self._restored = True
        state = self._desk.drafts.restore(self._draft_name())
        if state and not self.fields.is_dirty():
            self.restore(state)
            self.notice.set(
                gettext("What you typed last time is back."),
                gettext("It was not saved. Esc throws it away."),
                Tone.INFO,
                "history",
            )
        self._desk.drafts.watch(self._draft_name(), self)

    # -- who may be the same person ----------------------------------------------------------

    def _look_for_alike(self) -> None:
        phones = tuple(entry for field in self.sheet.phones if isinstance(entry := field.entry(), Phone))
        own = self._known.id if self._known else None
        probe = Probe(self.sheet.name.typed(), phones, self.sheet.birthday.value(), own, self._typed_address())
        self._presenter.read_lookalikes(probe, self._show_alike)

    def _typed_address(self) -> str:
        return self.sheet.address.typed()

    def _look_again(self) -> None:
        self._look_for_alike()
        self.sheet.name.setFocus()

    def _show_alike(self, found: tuple[Lookalike, ...]) -> None:
        shared = any(one.why is Alike.PHONE for one in found)
        self.sheet.share.setVisible(shared)
        if not shared:
            self.sheet.share.set_value(value=False)
        self.alike.show_found(found)

    def _go_to_alike(self, member_id: int) -> None:
        wanted = EntityRef(EntityKind.MEMBER, member_id)
        navigator = self._desk.navigator
        self.fields.cancelled.connect(lambda: navigator.open(wanted))
        self.fields.cancel()

    # -- private profile ---------------------------------------------------------------------

    def _ask_private(self) -> None:
        if self._known is None:
            self.private.show_private()
        else:
            self._presenter.look_private(self._known.id, self._show_private)

    def _show_private(self, seen: PrivateSeen) -> None:
        dirty = self.fields.is_dirty()
        self.private.show_private(seen)
        if not dirty:
            self.fields.mark_clean()

    # -- saving ------------------------------------------------------------------------------

    def request(self) -> SaveMember:
        """Give what is typed as a request."""
        typed = self.sheet.typed()
        return SaveMember(
            facts=typed.facts,
            member_id=self._known.id if self._known else None,
            seen_version=self._version,
            phones=(*typed.phones, *self._more_phones),
            kept=typed.kept,
            private=self.private.typed(),
            addresses=typed.addresses,
            own={**typed.own, **self.private.typed_own()},
            household=self.alike.household if typed.facts.share_phones else None,
            touchpoints=typed.touchpoints,
            consents=self.consents.said(),
            consent_how=self.consents.how.typed(),
        )

    @override
    def send(self) -> None:
        self._presenter.save(self.request(), self._done, self.refused)

    @override
    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleError) and self._known is not None:
            self.save.setEnabled(True)
            self._presenter.open_file(self._known.id, self._compare)
            return
        super().refused(error)
        if isinstance(error, SharedPhoneError):
            self.sheet.share.setVisible(True)

    def _compare(self, now: MemberFile) -> None:
        before, theirs = self._sheet_of(self._known), self._sheet_of(now)
        mine = self.sheet.named()
        found = differences(mine, states(before), theirs.named())

        def chosen(taken: frozenset[str]) -> None:
            newer = states(theirs)
            for name in taken:
                mine[name].restore(newer[name])
            self._version = now.version
            # Phones that the other person added and this form has no room for.
            self._more_phones = tuple(key for key, _digits in now.phones[len(self.sheet.phones) :])
            self._known = now
            before.deleteLater()
            theirs.deleteLater()
            self.fields.submit()

        if not found:
            chosen(frozenset())
            return
        CompareDialog(self, found, chosen).open()

    def _sheet_of(self, known: MemberFile | None) -> MemberSheet:
        sheet = MemberSheet(self._presenter.today, known, self._desk)
        sheet.setParent(self)
        sheet.hide()
        if self._words is not None:
            sheet.offer(self._words)
        return sheet

    def _done(self, made: MemberMade) -> None:
        self._desk.drafts.clear(self._draft_name())
        known = self._known
        navigator, toasts = self._desk.navigator, self._desk.toasts
        self._keep_told_apart(made.id)
        self.accept()
        if known is None:
            toasts.show(gettext("{number} is saved").format(number=made.number))
            navigator.open(EntityRef(EntityKind.MEMBER, made.id))
        else:
            toasts.show(gettext("Saved"))

    def _keep_told_apart(self, member_id: int) -> None:
        """Keep of whom the clerk said that they are other people; the page behind the form does the work."""
        page = self.parent()
        if page is not None:
            for other in self.alike.told_apart:
                MergePresenter(self._desk, page).say(member_id, other, PairState.DIFFERENT, lambda _said: None)

    @override
    def reject(self) -> None:
        self._desk.drafts.clear(self._draft_name())
        super().reject()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sheet.name.setFocus()
