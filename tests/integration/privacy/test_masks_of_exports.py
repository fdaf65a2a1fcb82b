"""What leaves the program: who may export, but not see all phones, takes masked ones along."""

from dataclasses import replace

import pytest

from crmdesk.core.context import Context
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.roles import Right, Role
from crmdesk.queries import member_export, paper_register
from crmdesk.queries.find import find
from crmdesk.queries.paper_register import PaperFilter
from crmdesk.queries.workbook import owner_facts
from crmdesk.services.paper_register import RegisterPaper, give_out
from tests.builders.secrets import SPOKEN, Secrets, lived_in
from tests.builders.shop import Shop


def exporting(shop: Shop, role: Role) -> Context:
    context = shop.context(role)
    rights = (context.actor.rights | {Right.EXPORT, Right.SEE_REPORTS, Right.SEE_MONEY}) - {Right.SEE_PHONES}
    return replace(context, actor=replace(context.actor, rights=rights - {Right.SEE_PRIVATE}))


def leaks(secrets: Secrets, text: str) -> list[str]:
    return secrets.shown_in(text)


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.MANAGER])
def test_lists_and_workbook_are_masked_without_the_right(shop: Shop, role: Role) -> None:
    secrets = lived_in(shop).but({SPOKEN})
    context = exporting(shop, role)
    today = context.today()
    with shop.reading() as session:
        rows = [tuple(map(str, row)) for row in member_export.lines(session, context)]
        assert len(rows) == len(member_export.keys(session, context))
        assert leaks(secrets, repr(rows)) == []
        assert leaks(secrets, repr(owner_facts(session, today.replace(month=1, day=1), today, context))) == []


@pytest.mark.parametrize("role", list(Role))
def test_the_search_never_gives_a_number_in_full(shop: Shop, role: Role) -> None:
    secrets = lived_in(shop)
    with shop.reading() as session:
        for typed in ("周建国", "5678", "林", "R-01"):
            found = find(session, typed, shop.context(role))
            assert leaks(secrets, repr([*found.members, *found.tickets, *found.loaners, *found.cards])) == []


def test_papers_are_for_who_has_business_with_customers(shop: Shop) -> None:
    shop.do(give_out, RegisterPaper(PaperKind.LETTER, "L-9", "en"), GivenOut(b"%PDF", printer=""), shop.context())
    with shop.reading() as session:
        for role, count in ((Role.CLERK, 1), (Role.OWNER, 1), (Role.ADMINISTRATOR, 0)):
            context = shop.context(role)
            found = paper_register.first(session, PaperFilter(), context, None, 9)
            assert len(found) == len(list(paper_register.ids(session, PaperFilter(), context))) == count
