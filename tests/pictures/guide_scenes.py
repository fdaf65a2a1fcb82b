"""What each picture of the guide shows, in the order of its chapters."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest

from crmdesk.bootstrap.recovery import offered, trouble_of
from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.segments import About, Condition, Group, Is
from crmdesk.core.tickets import TicketKind, TicketState
from crmdesk.core.trouble import DamagedFileError
from crmdesk.db.backup import make_backup
from crmdesk.db.backup_shelf import BackupReason
from crmdesk.demo.day_files import write_ugly_workbook
from crmdesk.demo.shop import PIN
from crmdesk.demo.things import DeskThings, look_at_desk
from crmdesk.queries.ticket_filter import TicketFilter, TicketView
from crmdesk.queries.ticket_rows import TicketRow, first
from crmdesk.views.signin.first_start_page import FirstStartPage
from crmdesk.views.signin.recovery_page import RecoveryPage
from crmdesk.views.signin.signin_page import SignInPage
from tests.pictures.guide_room import Room

MANAGER: Final = "周敏"
OWNER: Final = "何老板"
Scene = Callable[[Room, Path], QPixmap]


def take(room: Room, store: Path, only: str) -> Iterator[tuple[str, QPixmap]]:
    """Give (name, picture) of each scene whose name contains ``only``."""
    signed = ""
    for name, who, scene in SCENES:
        if only not in name:
            continue
        if who and who != signed:
            room.sign_in(who, PIN)
            signed = who
        yield name, scene(room, store)
        room.close_dialogs()


def _tickets(room: Room, view: TicketView) -> list[TicketRow]:
    context = room.foundation.person.context()
    with room.foundation.database.reading() as session:
        return list(first(session, TicketFilter(view=view), context, None, 300))


def _ticket(room: Room, kind: TicketKind, *states: TicketState, loaner: bool = False) -> EntityRef:
    """Give the first ticket of a kind in one of the states, the earlier states wanted more."""
    views = (TicketView.LENT,) if loaner else (TicketView.OPEN, TicketView.ALL)
    rows = [row for view in views for row in _tickets(room, view) if row.kind is kind]
    for state in states:
        for row in rows:
            if row.state is state:
                return EntityRef(EntityKind.TICKET, row.id)
    raise LookupError(states)


def _show(room: Room, ref: EntityRef) -> Any:  # noqa: ANN401 - whichever screen it is
    room.close_dialogs()
    if ref.kind is EntityKind.TICKET:
        room.go("service")
    room.navigator.open(ref)
    room.calm()
    return room.window.shown()


def _cast(room: Room, name: str) -> int:
    from sqlalchemy import text

    with room.foundation.database.reading() as session:
        query = text("select id from member where name = :name order by id limit 1")
        return int(session.execute(query, {"name": name}).scalar_one())


# -- start ---------------------------------------------------------------------------------


def _first_start(room: Room, _store: Path) -> QPixmap:
    return room.page(FirstStartPage(Path("D:/crmdesk"), ["EPSON LQ-630K"], offers_sample=True))


def _sign_in(room: Room, _store: Path) -> QPixmap:
    return room.page(SignInPage(room.foundation.person.store.name, room.people(), room.clock))


# -- today ---------------------------------------------------------------------------------


def _today(room: Room, _store: Path) -> QPixmap:
    room.go("today")
    return room.picture()


def _search(room: Room, _store: Path) -> QPixmap:
    room.go("today")
    room.window.activateWindow()
    room.window.top.search.setFocus()
    QTest.keyClicks(room.window.top.search, "zhou")
    picture = room.picture()
    room.window.top.search.clear()
    room.window.top.search.close_results()
    return picture


# -- members -------------------------------------------------------------------------------


def _members(room: Room, _store: Path) -> QPixmap:
    room.go("members")
    return room.picture()


def _conditions(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.go("members")
    lately = Condition(About.NET_IN, Is.AT_LEAST, (100_000,), days=365)
    screen.show_wanted(Group((Condition(About.TIER, Is.ONE_OF, ("gold", "silver")), lately)))
    picture = room.picture()
    screen.segments.panel.empty()
    screen.segments.close()
    return picture


def _member(room: Room, _store: Path) -> QPixmap:
    row = _tickets(room, TicketView.LENT)[0]
    _show(room, EntityRef(EntityKind.MEMBER, _cast(room, row.member_name)))
    return room.picture()


def _import_columns(room: Room, store: Path) -> QPixmap:
    screen: Any = room.run("members.import")
    screen.take_file(_list_from_outside(store))
    return room.picture()


def _import_check(room: Room, store: Path) -> QPixmap:
    screen: Any = room.run("members.import")
    screen.take_file(_list_from_outside(store))
    room.calm()
    screen.go_on()
    return room.picture()


def _list_from_outside(store: Path) -> Path:
    path = store / "lists" / "members-2026.xlsx"
    write_ugly_workbook(path, Random(11))
    return path


# -- service -------------------------------------------------------------------------------


def _intake(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.run("service.repair")
    screen.begin(TicketKind.REPAIR, member_id=_cast(room, "周建国"), words=_SAID[room.language])
    room.calm()
    goods = screen.form.item.goods.box
    suitcase = next((at for at in range(goods.count()) if "拉杆箱" in goods.itemText(at)), 0)
    goods.setCurrentIndex(suitcase)
    room.calm()
    screen.form.item.faults.set_value(("wheel_broken",))
    return room.picture()


_SAID: Final = {"zh_CN": "托运后左前轮断了，下周五要出差", "en": "Left front wheel broken after a flight"}


def _service(room: Room, _store: Path) -> QPixmap:
    _show(room, _ticket(room, TicketKind.REPAIR, TicketState.QUOTED, TicketState.IN_WORK, TicketState.RECEIVED))
    return room.picture()


def _board(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.run("service.show")
    screen.turn_board()
    picture = room.picture()
    screen.turn_board()
    return picture


def _compare(room: Room, _store: Path) -> QPixmap:
    _show(room, EntityRef(EntityKind.TICKET, _things(room).compared))
    room.press(gettext("Compare gates"))
    return room.picture()


def _pick_up(room: Room, _store: Path) -> QPixmap:
    room.close_dialogs()
    room.navigator.run("service.pick_up", ticket_id=_things(room).to_collect)
    return room.picture()


def _batches(room: Room, _store: Path) -> QPixmap:
    _show(room, EntityRef(EntityKind.BATCH, _things(room).batch_sent))
    return room.picture()


def _uncollected(room: Room, _store: Path) -> QPixmap:
    room.run("service.uncollected")
    return room.picture()


def _things(room: Room) -> DeskThings:
    with room.foundation.database.reading() as session:
        return look_at_desk(session)


# -- loaners, cases, callbacks --------------------------------------------------------------


def _loaners(room: Room, _store: Path) -> QPixmap:
    room.go("loaners")
    return room.picture()


def _take_back(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.go("loaners")
    screen.chips.choose("out")
    room.calm()
    room.press(gettext("Take back"))
    return room.picture()


def _calendar(room: Room, _store: Path) -> QPixmap:
    room.run("loaners.calendar")
    return room.picture()


def _return(room: Room, _store: Path) -> QPixmap:
    screen = _show(room, EntityRef(EntityKind.TICKET, _things(room).return_open))
    screen.panel.run_primary()
    return room.picture()


def _complaint(room: Room, _store: Path) -> QPixmap:
    done = (TicketState.CLOSED,)
    open_ = (TicketState.DECIDED, TicketState.PROPOSED, TicketState.COMMUNICATED, TicketState.SATISFACTION_CALL)
    _show(room, _ticket(room, TicketKind.COMPLAINT, *open_, *done))
    return room.picture()


def _letters(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.run("papers.letters")
    screen.view.select_first()
    return room.picture()


def _calls(room: Room, _store: Path) -> QPixmap:
    room.go("care")
    return room.picture()


def _call(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.run("care.run")
    QTest.keyClick(screen, Qt.Key.Key_1)
    return room.picture()


# -- papers, reports, settings ---------------------------------------------------------------


def _papers(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.go("papers")
    screen.view.select_first()
    return room.picture()


def _lookalikes(room: Room, _store: Path) -> QPixmap:
    from sqlalchemy import select

    from crmdesk.models.member import Member, MemberPhone

    # Two files of one person each, as a busy counter makes them.
    with room.foundation.database.transaction() as session:
        people = session.scalars(select(Member).where(Member.phones.any()).order_by(Member.id).limit(3)).all()
        for at, one in enumerate(people):
            twin = Member(
                store_id=one.store_id, number=f"{one.number[:-3]}9{at}7", name=one.name, joined_on=one.joined_on
            )
            phone = one.phones[0]
            twin.phones = [MemberPhone(store_id=one.store_id, digits=phone.digits, tail=phone.tail)]
            session.add(twin)
    screen: Any = room.run("members.duplicates")
    screen.again.click()
    for _ in range(40):
        room.calm()
        QTest.qWait(100)
        if not screen.search.running:
            break
    screen.view.select_first()
    return room.picture()


def _cards(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.run("members.cards")
    screen.view.select_first()
    return room.picture()


def _reports(room: Room, _store: Path) -> QPixmap:
    room.go("reports")
    return room.picture()


def _rules(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.go("settings")
    screen.show_page(gettext("Loaners"))
    return room.picture()


def _backups(room: Room, _store: Path) -> QPixmap:
    screen: Any = room.go("settings")
    screen.show_page(gettext("Backups and history"))
    return room.picture()


def _commands(room: Room, _store: Path) -> QPixmap:
    room.go("today")
    room.window.activateWindow()
    room.window.top.search.setFocus()
    room.window.top.search.setText(gettext("Restore a backup …")[:4])
    QTest.keyClicks(room.window.top.search, " ")
    picture = room.picture()
    room.window.top.search.clear()
    room.window.top.search.close_results()
    return picture


def _recovery(room: Room, _store: Path) -> QPixmap:
    folder = Path("D:/crmdesk")
    trouble = trouble_of(DamagedFileError(str(folder / "crmdesk.db"), ("page 17",)), folder)
    make_backup(room.foundation.backup_plan(), BackupReason.HOURLY, room.clock)
    backups = offered(room.foundation.house.data.backups, room.clock)
    return room.page(RecoveryPage(trouble, backups))


def _keys(room: Room, _store: Path) -> QPixmap:
    room.go("service")
    room.window.setFocus()
    QTest.keyClicks(room.window, "?")
    picture = room.picture()
    room.window._key_sheet.dismiss()
    return picture


SCENES: Final[tuple[tuple[str, str, Scene], ...]] = (
    ("01-first-start", "", _first_start),
    ("01-sign-in", "", _sign_in),
    ("02-today", MANAGER, _today),
    ("02-search", MANAGER, _search),
    ("03-members", MANAGER, _members),
    ("03-conditions", MANAGER, _conditions),
    ("03-member", MANAGER, _member),
    ("03-lookalikes", MANAGER, _lookalikes),
    ("04-columns", MANAGER, _import_columns),
    ("04-check", MANAGER, _import_check),
    ("05-intake", MANAGER, _intake),
    ("05-service", MANAGER, _service),
    ("05-board", MANAGER, _board),
    ("05-compare", MANAGER, _compare),
    ("05-pick-up", MANAGER, _pick_up),
    ("05-batches", MANAGER, _batches),
    ("05-uncollected", MANAGER, _uncollected),
    ("06-loaners", MANAGER, _loaners),
    ("06-take-back", MANAGER, _take_back),
    ("06-calendar", MANAGER, _calendar),
    ("07-complaint", MANAGER, _complaint),
    ("07-return", MANAGER, _return),
    ("07-letters", MANAGER, _letters),
    ("08-list", MANAGER, _calls),
    ("08-call", MANAGER, _call),
    ("09-papers", MANAGER, _papers),
    ("09-cards", MANAGER, _cards),
    ("10-reports", MANAGER, _reports),
    ("12-commands", MANAGER, _commands),
    ("13-recovery", MANAGER, _recovery),
    ("14-keys", MANAGER, _keys),
    ("11-rules", OWNER, _rules),
    ("11-backups", OWNER, _backups),
)
