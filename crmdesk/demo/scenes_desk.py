"""Scenes of the service desk and the loaner desk in full."""

from functools import partial

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind
from crmdesk.core.settings_goods import GOODS_GROUP
from crmdesk.demo.scene_moves import (
    Steps,
    command,
    desk,
    dialog_of,
    main,
    need,
    open_thing,
    press_within,
    settings_page,
    show_ticket,
)
from crmdesk.demo.things import Things
from crmdesk.demo.walk import Stop, dialog
from crmdesk.views.loaners.screen import LoanersScreen
from crmdesk.views.service.batch_lists import CHASE
from crmdesk.views.service.batch_screen import BatchScreen
from crmdesk.views.service.screen import ServiceScreen


def desk_stops(things: Things) -> list[Stop]:
    """Give the stops of the service desk."""
    more = things.desk
    return [
        Stop("board", _board),
        Stop("narrowing", _narrowing),
        Stop("batches", partial(open_thing, EntityKind.BATCH, more.batch_sent)),
        Stop("batch-open", partial(open_thing, EntityKind.BATCH, more.batch_open)),
        Stop("batch-chase", _chase),
        Stop("batch-reply", partial(_reply, more.batch_sent, more.line_waiting)),
        Stop("pick-up", partial(command, "service.pick_up", ticket_id=more.to_collect)),
        Stop("shelves", partial(command, "service.shelves")),
        Stop("uncollected", partial(command, "service.uncollected")),
        Stop("item", partial(open_thing, EntityKind.ITEM, more.item)),
        Stop("item-alerts", partial(command, "items.alerts")),
        Stop("condition", partial(_condition, things.received)),
        Stop("condition-compare", partial(_compare, more.compared)),
        Stop("clocks-of-ticket", partial(show_ticket, more.overdue)),
        Stop("complaints", partial(command, "service.complaints")),
        Stop("complaint-work", partial(show_ticket, more.complaint_open)),
        Stop("complaint-task", partial(dialog_of, more.complaint_open, "Give a task")),
        Stop("complaint-pin", partial(dialog_of, more.complaint_open, "Approve with PIN")),
        Stop("return-decide", partial(dialog_of, more.return_open, "Decide")),
    ]


def loaner_stops(things: Things) -> list[Stop]:
    """Give the stops of the loaner desk."""
    return [
        Stop("loaner-calendar", partial(command, "loaners.calendar")),
        Stop("loaner-use", partial(command, "loaners.use")),
        Stop("loaner-count", partial(_dialog_by, "loaners.count")),
        Stop("loaner-reserve", partial(_on_loaner, things.loaner_free, "Reserve")),
        Stop("loaner-remind", partial(_on_loaner, things.desk.loaner_late, "Remind")),
        Stop("loaner-reserved", partial(open_thing, EntityKind.LOANER, things.desk.loaner_reserved)),
    ]


def settings_stops() -> list[Stop]:
    """Give the stops of the settings that the desk works by."""
    return [
        Stop("settings-shelves", partial(settings_page, "Shelves")),
        Stop("settings-clocks", partial(settings_page, "Clocks")),
        Stop("settings-days", partial(settings_page, "Working days")),
        Stop("settings-causes", partial(settings_page, "Root causes")),
        Stop("settings-goods", partial(settings_page, GOODS_GROUP)),
    ]


def _service() -> ServiceScreen:
    shown = desk().navigator.screen("service")
    if not isinstance(shown, ServiceScreen):
        raise TypeError(shown)
    return shown


def _board() -> Steps:
    yield from command("service.show", view="open")
    if not _service().on_board():
        _service().turn_board()
    yield None


def _narrowing() -> Steps:
    yield from command("service.show", view="open")
    if _service().on_board():
        _service().turn_board()
    _service().head.ask_narrowing()
    yield lambda: dialog() is not None


def _batches() -> BatchScreen:
    shown = desk().navigator.screen("service.batches")
    if not isinstance(shown, BatchScreen):
        raise TypeError(shown)
    return shown


def _chase() -> Steps:
    yield from command("service.batches")
    _batches().chips.choose(CHASE)
    yield None


def _reply(batch_id: int, line_id: int) -> Steps:
    yield from open_thing(EntityKind.BATCH, batch_id)
    _batches().panel.select_line(need(line_id))
    yield None
    press_within(_batches(), gettext("Enter the reply"))
    yield lambda: dialog() is not None


def _condition(ticket_id: int) -> Steps:
    yield from show_ticket(ticket_id)
    desk().navigator.run("service.condition", ticket_id=ticket_id)
    yield lambda: dialog() is not None


def _compare(ticket_id: int) -> Steps:
    yield from show_ticket(ticket_id)
    yield None
    press_within(_service(), gettext("Compare gates"))
    yield lambda: dialog() is not None


def _dialog_by(name: str) -> Steps:
    main().go("loaners")
    yield None
    desk().navigator.run(name)
    yield lambda: dialog() is not None


def _on_loaner(key: int, verb: str) -> Steps:
    yield from open_thing(EntityKind.LOANER, key)
    yield None
    shown = desk().navigator.screen("loaners")
    if not isinstance(shown, LoanersScreen):
        raise TypeError(shown)
    press_within(shown, gettext(verb))
    yield lambda: dialog() is not None
