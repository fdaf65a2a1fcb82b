"""A whole complaint at the service screen, by keyboard alone: from the acknowledgement to the letter and the end."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crmdesk.core.care import CallOutcome
from crmdesk.core.i18n import set_language
from crmdesk.core.money import Money
from crmdesk.core.papers import PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Compensation, RootCause, Severity, TellChannel, TicketState
from crmdesk.queries import complaint_case, letter_facts, paper_register
from crmdesk.queries.complaint_case import ComplaintCase
from crmdesk.queries.letter_facts import LetterBody
from crmdesk.queries.paper_register import PaperFilter, PaperRow
from crmdesk.services import complaint_rounds, letters
from crmdesk.services.letters import IssueLetter
from crmdesk.views.service.case_complaint_part import ComplaintPart
from crmdesk.views.service.case_letter_composer import LetterComposer
from crmdesk.views.service.case_letter_page import LettersPage
from crmdesk.views.service.case_letter_send import SendDialog
from crmdesk.views.service.case_letter_steps import PAGE
from tests.builders.cases import add_complaint, decided, proposed, step, told
from tests.builders.repairs import seen
from tests.builders.shop import staff_id
from tests.gui.service.conftest import Counter

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def known(counter: Counter, ticket_id: int) -> ComplaintCase:
    with counter.shop.reading() as session:
        return complaint_case.case(session, ticket_id, counter.person.context())


def register(counter: Counter) -> list[PaperRow]:
    with counter.shop.reading() as session:
        return paper_register.first(session, PaperFilter(PaperKind.LETTER), counter.person.context(), None, 20)


def composer(counter: Counter) -> LetterComposer:
    form = counter.form()
    assert isinstance(form, LetterComposer)
    return form


def choose(counter: Counter, words: str) -> None:
    """Run a step of the menu by its words."""
    menu = counter.screen.panel.menu()
    assert menu is not None
    action = next(one for one in menu.actions() if one.text().startswith(words))
    assert action.isEnabled(), action.text()
    action.trigger()
    menu.deleteLater()
    counter.settle()


def refusals(counter: Counter) -> dict[str, str]:
    """Give the greyed steps of the menu with their reasons."""
    menu = counter.screen.panel.menu()
    assert menu is not None
    found = {one.text().split("\t")[0]: one.toolTip() for one in menu.actions() if not one.isEnabled()}
    menu.deleteLater()
    return found


def test_from_the_counter_to_the_end(counter: Counter) -> None:
    ticket_id = add_complaint(counter.shop)
    counter.open(ticket_id)
    for wanted, typed in (
        ("Acknowledge", ("Told her at once",)),
        ("Assess", ("High", "Medium")),
        ("Investigate", ("Product", "Dye", "The dye of this lot is not fast.")),
        ("Propose a remedy", ("Refund", "300", "Money back and the dry cleaning")),
    ):
        assert counter.primary() == wanted
        counter.go_on()
        counter.type(*typed)
        counter.go_on()
        assert counter.no_form(), wanted
    assert counter.primary() == "Approve Refund ¥300"
    counter.go_on()
    assert counter.primary() == "Decide"
    counter.go_on()
    counter.go_on()
    assert counter.primary() == "Tell the decision"
    counter.go_on()
    counter.go_on()
    assert counter.primary() == "Carry out the remedy"
    counter.go_on()
    counter.type("Paid back by WeChat")
    counter.go_on()
    assert counter.primary() == "Ask for satisfaction"
    counter.go_on()
    counter.type("Sat", "Well done")
    counter.go_on()
    assert counter.primary() == "Close the complaint"
    counter.go_on()
    counter.settle()
    now, case = seen(counter.shop, ticket_id), known(counter, ticket_id)
    assert now.state is TicketState.CLOSED
    assert (case.severity, case.root_cause, case.root_cause_detail) == (Severity.HIGH, RootCause.PRODUCT, "Dye")
    assert (case.compensation, case.amount) == (Compensation.REFUND, Money.yuan(300))
    assert (case.told_channel, case.satisfaction) == (TellChannel.PHONE, CallOutcome.SATISFIED)
    assert "Money back and the dry cleaning" in case.told_words
    assert [event.act for event in now.events].count(TicketAct.REMEDY_DONE) == 1


def test_severity_steps_and_key_member_stand_above_the_step(counter: Counter) -> None:
    counter.open(proposed(counter.shop, Money.yuan(800)))
    head = counter.screen.panel._heads[counter.screen.panel.case.ticket.kind]  # type: ignore[union-attr]
    assert isinstance(head, ComplaintPart)
    assert head.severity.accessibleName() == "Severity: High"
    assert head.stepper.accessibleName() == "6/11 approve"
    assert head.waits.text() == "Next to approve: 总部·吴工 (Head office staff)"
    assert not counter.screen.panel.steps.primary.isEnabled()
    assert counter.screen.panel.steps.primary.toolTip() == "above your limit of ¥500"
    assert refusals(counter)["Decide"] == "above your limit of ¥500"
    assert refusals(counter)["Close the complaint"] == "missing: the decision, telling the customer"


def test_a_clerk_sees_that_the_manager_decides(counter: Counter) -> None:
    counter.person.role = Role.CLERK
    counter.open(proposed(counter.shop, Money.yuan(100)))
    assert counter.screen.panel.steps.primary.toolTip() == "manager only"


def test_a_letter_is_written_issued_printed_and_sent(counter: Counter) -> None:
    ticket_id = decided(counter.shop)
    counter.open(ticket_id)
    counter.screen.panel.steps.run(1)
    form = composer(counter)
    counter.qtbot.waitUntil(lambda: form.paper.pages == 1)
    assert form.language.current == "zh_CN"
    form.words["zh_CN"].promise.set_value("退款当日到账。最终解释权归本店所有。")
    counter.qtbot.waitUntil(lambda: "最终解释权" in form.warning.accessibleName())
    assert "侵害消费者权益行为处罚办法" in form.warning.accessibleName()
    form.words["zh_CN"].promise.set_value("退款当日到账。")
    counter.qtbot.waitUntil(lambda: not form.warning.isVisible())
    counter.go_on()
    assert counter.no_form()
    issued = register(counter)[0]
    assert counter.toasts.texts[-1] == f"Letter {issued.number} issued, version 1"
    assert (issued.version, issued.prints, issued.sent_at) == (1, 0, None)
    counter.press(Qt.Key.Key_P, CTRL)
    with counter.shop.reading() as session:
        assert counter.papers.made["letter"] == paper_register.content(session, issued.id)
    counter.press(Qt.Key.Key_P, CTRL)
    assert "Reprint 1" in PdfReader(BytesIO(counter.papers.made["letter"])).pages[0].extract_text() or (
        "补打" in PdfReader(BytesIO(counter.papers.made["letter"])).pages[0].extract_text()
    )
    choose(counter, "Mark the letter as sent")
    assert isinstance(counter.form(), SendDialog)
    counter.go_on()
    sent = register(counter)[0]
    assert (sent.sent_channel, sent.prints) == (TellChannel.LETTER, 2)
    assert known(counter, ticket_id).told_channel is TellChannel.LETTER
    assert counter.primary() == "Carry out the remedy"


def test_a_part_that_is_missing_is_said_at_its_field(counter: Counter) -> None:
    counter.open(decided(counter.shop))
    counter.screen.panel.steps.run(1)
    form = composer(counter)
    form.words["zh_CN"].remedy.set_value("")
    counter.go_on()
    assert form.words["zh_CN"].remedy.problem_text() == "Please fill this in."
    assert not register(counter)


def test_both_languages_stand_side_by_side(counter: Counter) -> None:
    counter.open(decided(counter.shop))
    counter.screen.panel.steps.run(1)
    form = composer(counter)
    form.language.choose("both")
    assert form.words["en"].isVisible()
    counter.go_on()
    assert counter.no_form()
    issued = register(counter)[0]
    assert issued.language == "both"
    with counter.shop.reading() as session:
        text = PdfReader(BytesIO(paper_register.content(session, issued.id))).pages[0].extract_text()
    assert "What we do" in text
    assert "¥300.00" in text


def test_somebody_else_was_faster_with_the_letter(counter: Counter) -> None:
    ticket_id = decided(counter.shop)
    counter.open(ticket_id)
    counter.screen.panel.steps.run(1)
    form = composer(counter)
    with counter.shop.reading() as session:
        draft = letter_facts.compose(session, ticket_id, counter.shop.context(Role.CLERK, "desk-2"))
    body = LetterBody(draft.facts.words, draft.facts.contact)
    counter.shop.do(letters.issue, IssueLetter(ticket_id, "zh_CN", body), counter.shop.context(Role.CLERK, "desk-2"))
    form.words["zh_CN"].facts.set_value("另外的说法。")
    counter.go_on()
    assert "Version 1 was issued by somebody else" in form.notice.accessibleName()
    assert form.words["zh_CN"].facts.typed() == "另外的说法。"
    counter.go_on()
    assert counter.no_form()
    assert [row.version for row in register(counter)] == [2, 1]


def test_the_register_opens_the_exact_document(counter: Counter) -> None:
    ticket_id = decided(counter.shop)
    counter.open(ticket_id)
    counter.screen.panel.steps.run(1)
    composer(counter)
    counter.go_on()
    assert counter.no_form()
    navigator = counter.desk.navigator
    navigator.run("papers.letters")
    counter.settle()
    page = navigator.screen(PAGE)
    assert isinstance(page, LettersPage)
    counter.qtbot.waitUntil(lambda: page.paper.pages == 1)
    with counter.shop.reading() as session:
        assert page.paper._pdf == paper_register.content(session, register(counter)[0].id)
    counter.press(Qt.Key.Key_Return)
    assert navigator.here is not None
    assert navigator.here.screen == "service"
    assert counter.screen.panel.case is not None
    assert counter.screen.panel.case.ticket.id == ticket_id


def test_another_round_begins_with_a_reason(counter: Counter) -> None:
    ticket_id = told(counter.shop)
    counter.open(ticket_id)
    choose(counter, "Open it again")
    counter.go_on()
    assert not counter.no_form()
    counter.type("The coat is still stained")
    counter.go_on()
    assert counter.no_form()
    assert counter.primary() == "Add findings"
    assert known(counter, ticket_id).decided_at is None


def test_a_corrective_action_has_an_owner_and_a_day(counter: Counter) -> None:
    ticket_id = told(counter.shop)
    counter.open(ticket_id)
    choose(counter, "Corrective action")
    counter.type("Send the lot back", "", "+10")
    counter.form().fields.fields()["owner_id"].set_value(staff_id(Role.MANAGER))
    counter.go_on()
    assert counter.no_form()
    case = known(counter, ticket_id)
    assert (case.corrective_owner, case.corrective_due) == ("周敏", date(2026, 12, 1))


def test_what_was_typed_stays_when_somebody_else_was_faster(counter: Counter) -> None:
    ticket_id = proposed(counter.shop)
    counter.open(ticket_id)
    choose(counter, "Decide")
    counter.shop.do(
        complaint_rounds.escalate,
        step(counter.shop, ticket_id, "金额有争议"),
        counter.shop.context(Role.CLERK, "desk-2"),
    )
    counter.go_on()
    form = counter.form()
    assert "Somebody else has changed this order meanwhile" in form.notice.accessibleName()
    counter.go_on()
    assert counter.no_form()
    assert seen(counter.shop, ticket_id).state is TicketState.DECIDED


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_cut_in_either_language(counter: Counter, language: str) -> None:
    set_language(language)
    counter.open(told(counter.shop))
    assert QApplication.activeWindow() is counter.window
    assert counter.screen.panel.steps.primary.text()
