"""The hard cases of a complaint by keyboard: two proposals, a PIN at this desk, remedies one by one, tasks, lists."""

from datetime import date

from PySide6.QtCore import Qt

from crmdesk.core.complaints import ProposalState
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import Compensation, Level3, RootCause, TicketState
from crmdesk.queries import complaint_case, complaint_lists
from crmdesk.queries.board import board
from crmdesk.queries.complaint_lists import ComplaintView
from crmdesk.services import complaint_proposals, complaint_rounds, complaint_tasks, complaints, staff
from crmdesk.services.complaint_proposals import Propose
from crmdesk.services.complaint_tasks import GiveTask
from crmdesk.services.complaints import Assess, Investigate
from crmdesk.services.staff import ResetPin
from crmdesk.views.service.case_complaint_list import ComplaintsPage
from crmdesk.views.service.case_feature import COMPLAINTS
from crmdesk.views.support.fields import ChoiceField, LineField
from tests.builders.cases import add_complaint, decided, proposed, step, told, version
from tests.builders.repairs import seen
from tests.builders.shop import Shop, staff_id
from tests.gui.cases.test_complaint_by_keys import choose, known, refusals
from tests.gui.service.conftest import Counter


def beside(shop: Shop, ticket_id: int, yuan: int) -> None:
    wanted = Propose(ticket_id, version(shop, ticket_id), Compensation.VOUCHER, "赠券", Money.yuan(yuan))
    shop.do(complaint_proposals.propose, wanted, shop.context())


def test_one_of_two_proposals_is_refused_and_the_other_approved(counter: Counter) -> None:
    ticket_id = proposed(counter.shop)
    beside(counter.shop, ticket_id, 100)
    counter.open(ticket_id)
    assert counter.primary() == "Approve a proposal"
    choose(counter, "Refuse a proposal")
    counter.go_on()
    assert not counter.no_form(), "a refusal needs words"
    note = counter.form().fields.fields()["note"]
    note.setFocus()
    counter.type("She does not take vouchers")
    counter.go_on()
    assert counter.no_form()
    assert [one.state for one in known(counter, ticket_id).work.proposals] == [
        ProposalState.OPEN,
        ProposalState.DROPPED,
    ]
    assert counter.primary() == "Approve Refund ¥300"
    counter.go_on()
    assert seen(counter.shop, ticket_id).state is TicketState.PROPOSAL_APPROVED


def test_head_office_approves_at_the_managers_desk_with_a_pin(counter: Counter) -> None:
    head = staff_id(Role.HEAD_OFFICE)
    counter.shop.do(staff.reset_pin, ResetPin(head, "4826"), counter.shop.context(Role.OWNER))
    ticket_id = proposed(counter.shop, Money.yuan(3_000))
    counter.open(ticket_id)
    assert not counter.screen.panel.steps.primary.isEnabled()
    counter.screen.panel.steps.run(1)
    form = counter.form()
    person = form.fields.fields()["staff_id"]
    assert isinstance(person, ChoiceField)
    assert person.value() == head
    pin = form.fields.fields()["pin"]
    assert isinstance(pin, LineField)
    pin.setFocus()
    counter.type("1111")
    counter.go_on()
    assert pin.problem_text() == "This PIN is wrong."
    counter.type("4826")
    counter.go_on()
    assert counter.no_form()
    assert known(counter, ticket_id).approved_by == "总部·吴工"
    assert counter.primary() == "Decide"


def test_the_decision_is_split_and_carried_out_one_by_one(counter: Counter) -> None:
    ticket_id = proposed(counter.shop)
    counter.open(ticket_id)
    counter.go_on()
    assert counter.primary() == "Decide"
    counter.go_on()
    fields = counter.form().fields.fields()
    fields["kind_1"].set_value(Compensation.GIFT)
    fields["amount_1"].set_value(Money.yuan(301))
    counter.go_on()
    assert "The remedies cost" in fields["amount_1"].problem_text()
    fields["amount_1"].set_value(Money.yuan(50))
    counter.go_on()
    assert counter.no_form()
    rows = known(counter, ticket_id).work.remedies
    assert [(one.compensation, one.amount) for one in rows] == [
        (Compensation.REFUND, Money.yuan(250)),
        (Compensation.GIFT, Money.yuan(50)),
    ]
    counter.go_on()
    counter.go_on()
    for left, words in ((1, "Receipt 88"), (0, "Given to her")):
        assert counter.primary() == "Carry out the remedy"
        counter.go_on()
        counter.form().fields.fields()["note"].setFocus()
        counter.type(words)
        counter.go_on()
        assert counter.no_form()
        assert len([one for one in known(counter, ticket_id).work.remedies if one.done_at is None]) == left
    assert counter.primary() == "Ask for satisfaction"


def test_the_cause_is_found_by_typing_a_part(counter: Counter) -> None:
    ticket_id = told(counter.shop)
    counter.shop.do(complaint_rounds.reopen, step(counter.shop, ticket_id, "again"), counter.shop.context())
    counter.open(ticket_id)
    assert counter.primary() == "Add findings"
    counter.go_on()
    cause = counter.form().fields.fields()["cause_code"]
    assert isinstance(cause, LineField)
    cause.set_value("re")
    counter.go_on()
    assert cause.problem_text() == "Please choose one from the list."
    cause.set_value("hard selling")
    counter.go_on()
    assert counter.no_form()
    case = known(counter, ticket_id)
    assert (case.root_cause, case.cause_code) == (RootCause.SERVICE_ATTITUDE, "hard_selling")
    assert [one.number for one in case.work.rounds] == [1]


def test_a_task_is_given_and_finished_and_late_ones_are_red(counter: Counter) -> None:
    ticket_id = proposed(counter.shop)
    counter.open(ticket_id)
    choose(counter, "Give a task")
    counter.type("Ask the dyer")
    counter.form().fields.fields()["owner_id"].set_value(staff_id(Role.CLERK))
    counter.form().fields.fields()["due"].set_value(date(2026, 11, 22))
    counter.go_on()
    assert counter.no_form()
    task = known(counter, ticket_id).work.tasks[0]
    assert task.is_late(date(2026, 11, 23))
    assert not task.is_late(date(2026, 11, 22))
    choose(counter, "Finish a task")
    counter.form().fields.fields()["result"].setFocus()
    counter.type("Not fast")
    counter.go_on()
    assert counter.no_form()
    assert known(counter, ticket_id).work.tasks[0].result == "Not fast"
    assert refusals(counter)["Finish a task"] == "no open task"


def test_the_list_has_severe_cases_on_top_and_knows_whose_turn_it_is(counter: Counter) -> None:
    shop = counter.shop
    plain = add_complaint(shop)
    severe = proposed(shop, Money.yuan(800))
    ready = decided(shop)
    give = GiveTask(plain, version(shop, plain), "问顾客", staff_id(Role.MANAGER), date(2026, 11, 23))
    shop.do(complaint_tasks.give_task, give, shop.context())
    with shop.reading() as session:
        manager, owner = shop.context(Role.MANAGER), shop.context(Role.OWNER)
        found = [row.id for row in complaint_lists.first(session, ComplaintView.OPEN, manager, None, 10)]
        assert found == list(complaint_lists.ids(session, ComplaintView.OPEN, manager, None))
        assert found[-1] == plain
        assert set(found) == {plain, severe, ready}
        counts = complaint_lists.counts(session, manager)
        assert [counts[view] for view in ComplaintView] == [3, 0, 1, 1, 1, 0, 0]
        assert complaint_lists.counts(session, owner)[ComplaintView.MY_APPROVAL] == 1
        today = board(session, manager)
        assert (today.complaint_approvals, today.complaint_tasks) == (0, 1)
        assert board(session, owner).complaint_approvals == 1
    counter.desk.navigator.run("service.complaints", view="to_tell")
    counter.settle()
    page = counter.desk.navigator.screen(COMPLAINTS)
    assert isinstance(page, ComplaintsPage)
    counter.qtbot.waitUntil(lambda: page.table.rowCount() == 1)
    page.view.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert counter.screen.panel.case is not None
    assert counter.screen.panel.case.ticket.id == ready


def test_who_is_told_first_is_said_when_another_one_is_told(counter: Counter) -> None:
    shop = counter.shop
    decided(shop)
    ticket_id = add_complaint(shop)
    shop.do(complaints.acknowledge, step(shop, ticket_id), shop.context())
    assess_low(shop, ticket_id)
    with shop.reading() as session:
        case = complaint_case.case(session, ticket_id, shop.context())
    assert len(case.told_first) == 1
    assert "周敏霞" in case.told_first[0]


def assess_low(shop: Shop, ticket_id: int) -> None:
    shop.do(complaints.assess, Assess(ticket_id, version(shop, ticket_id), Level3.LOW, Level3.LOW), shop.context())
    found = Investigate(ticket_id, version(shop, ticket_id), RootCause.OTHER, "已查")
    shop.do(complaints.investigate, found, shop.context())
