"""The warning above the member form: who on file may be the same person, and what is said about it."""

from PySide6.QtCore import Signal

from crmdesk.core.i18n import gettext
from crmdesk.core.tones import Tone
from crmdesk.queries.member_files import Alike, Lookalike
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import show_if


class AlikeBanner(Banner):
    """Names the surest lookalike; `opened` carries her key, `linked` and `told_apart_now` say what was chosen."""

    opened = Signal(object)
    linked = Signal()
    told_apart_now = Signal()

    def __init__(self) -> None:
        """Begin with nobody."""
        super().__init__("", "", Tone.WARN, "users")
        self.household: tuple[int, str] | None = None
        self.told_apart: set[int] = set()
        self._shown: Lookalike | None = None
        self.add_action(gettext("Open that member")).clicked.connect(self._open)
        self._same = self.add_action(gettext("Same household"))
        self._same.clicked.connect(self._link)
        self.add_action(gettext("Different person")).clicked.connect(self._tell_apart)

    def show_found(self, found: tuple[Lookalike, ...]) -> None:
        """Show the surest of those who were not told apart yet."""
        if not any(one.why is Alike.PHONE for one in found):
            self.household = None
        if self.household is not None:
            return
        left = [one for one in found if one.id not in self.told_apart]
        self._shown = left[0] if left else None
        if self._shown is None:
            self.set("")
            return
        show_if(self._same, self._shown.why is Alike.PHONE)
        source = gettext("phone {phone}").format(phone=self._shown.phone) if self._shown.phone else ""
        self.set(_words(self._shown), source, Tone.WARN, "users")

    def _open(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown.id)

    def _link(self) -> None:
        """Let both share the phone and a household, made with the save."""
        one = self._shown
        if one is None:
            return
        self.household = (one.id, gettext("{name}'s household").format(name=one.name))
        words = gettext("Saved as one household with {name}.").format(name=one.name)
        self.set(words, gettext("Two files, one phone."), Tone.OK, "house")
        show_if(self._same, wanted=False)
        self.linked.emit()

    def _tell_apart(self) -> None:
        """Never ask about this one again; kept with the save."""
        if self._shown is not None:
            self.told_apart.add(self._shown.id)
            self.household = None
            self.told_apart_now.emit()


def _words(one: Lookalike) -> str:
    words = {
        Alike.PHONE: gettext("{name} {number} has this phone already."),
        Alike.NAME_AND_BIRTHDAY: gettext("{name} {number} has the same name and birthday."),
        Alike.NAME_AND_ADDRESS: gettext("{name} {number} has the same name and address."),
        Alike.SOUND_AND_BIRTHDAY: gettext("{name} {number} sounds alike and has the same birthday."),
        Alike.NAME: gettext("{name} {number} has the same name."),
    }[one.why]
    return words.format(name=one.name, number=one.number)
