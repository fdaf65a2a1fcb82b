"""Makes the pages of value and wishes known."""

from crmdesk.core.i18n import mark
from crmdesk.core.segments import EVERYBODY, Group
from crmdesk.views.support.desk import Desk

SECTION, VALUE, INTENTS = "members", "members.value", "members.intents"
NOTE, LIST = "members.intent", "members.list"


def install_value(desk: Desk) -> None:
    """Enter pages and commands.

    Commands: ``members.value``, ``members.intents`` (``view``), ``members.intent`` (``member_id``, ``person`` as a
    name: notes a wish), ``members.list`` (``group`` of conditions).
    """
    from crmdesk.views.members.intents_screen import IntentsScreen
    from crmdesk.views.members.value_screen import ValueScreen

    navigator = desk.navigator
    navigator.register_section(VALUE, lambda: ValueScreen(desk))
    navigator.register_section(INTENTS, lambda: IntentsScreen(desk))

    def wishes(view: str = "") -> None:
        from crmdesk.queries.intents import IntentView

        navigator.go(INTENTS)
        shown = navigator.screen(INTENTS)
        if view and isinstance(shown, IntentsScreen):
            shown.show_view(IntentView(view))

    navigator.register_command(VALUE, mark("Value of members"), "", lambda: navigator.go(VALUE))
    navigator.register_command(INTENTS, mark("Wanted, not bought"), "", wishes)
    navigator.register_command(NOTE, mark("Note a wish"), "", lambda **given: _note(desk, **given))
    navigator.register_command(LIST, mark("Members who meet conditions"), "", lambda **given: _list(desk, **given))


def _note(desk: Desk, member_id: int | None = None, person: str = "") -> None:
    from crmdesk.core.i18n import gettext
    from crmdesk.views.members.intent_dialog import IntentDialog

    navigator = desk.navigator
    if member_id is None or navigator.here is None:
        navigator.go(INTENTS)  # whose wish it is, is chosen on her page
        return
    page = navigator.screen(navigator.here.screen)
    IntentDialog(page, desk, (member_id, person), lambda: desk.toasts.show(gettext("Wish noted"))).open()


def _list(desk: Desk, group: Group = EVERYBODY) -> None:
    from crmdesk.views.members.screen import MembersScreen

    desk.navigator.go(SECTION)
    shown = desk.navigator.screen(SECTION)
    if isinstance(shown, MembersScreen):
        shown.show_wanted(group)
