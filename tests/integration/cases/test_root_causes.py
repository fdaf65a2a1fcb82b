"""The owner's root-cause tree: shipped causes, her own, renamed, moved, retired; what was used stays readable."""

import pytest

from crmdesk.core.cause_tree import shipped
from crmdesk.core.complaint_errors import CauseNameTakenError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.roles import Role
from crmdesk.core.tickets import RootCause
from crmdesk.queries.root_causes import CauseTree, cause_tree
from crmdesk.services import complaints, root_causes
from crmdesk.services.complaints import Investigate
from crmdesk.services.root_causes import AddCause, EditCause, NameCategory
from tests.builders.cases import proposed, version
from tests.builders.shop import Shop


def tree(shop: Shop) -> CauseTree:
    with shop.reading() as session:
        return cause_tree(session, shop.context(Role.OWNER))


def found(shop: Shop, category: RootCause, code: str) -> int:
    ticket_id = proposed(shop)
    request = Investigate(ticket_id, version(shop, ticket_id), category, "查明", cause_code=code)
    shop.do(complaints.investigate, request, shop.context())
    return ticket_id


def test_every_shipped_cause_has_both_languages_and_its_own_code() -> None:
    assert len({one.code for one in shipped()}) == len(shipped())
    assert {one.category for one in shipped()} == set(RootCause)
    assert all({"zh_CN", "en"} == set(dict(one.names)) for one in shipped())
    assert not {one.code for one in shipped()} & {one.value for one in RootCause}


def test_the_owner_adds_renames_moves_and_retires(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    code = shop.do(root_causes.add_cause, AddCause(RootCause.PROCESS, " 门店  交接遗漏 "), owner)
    shop.do(root_causes.edit_cause, EditCause("colour_loss", "褪色", RootCause.PRODUCT), owner)
    shop.do(root_causes.name_category, NameCategory(RootCause.PRICE, "价保"), owner)
    found(shop, RootCause.PROCESS, code)
    book = tree(shop).book
    assert book.path(RootCause.PROCESS, code, "zh_CN") == "流程 › 门店 交接遗漏"
    assert book.path(RootCause.PRODUCT, "colour_loss", "en") == "Product › 褪色"
    assert book.category_name(RootCause.PRICE) == "价保"
    shop.do(root_causes.edit_cause, EditCause(code, "交接遗漏", RootCause.SERVICE_ATTITUDE), owner)
    moved = tree(shop)
    cause = moved.book.cause(code)
    assert cause is not None
    assert (cause.category, cause.name()) == (RootCause.SERVICE_ATTITUDE, "交接遗漏")
    assert (moved.used(cause), moved.of_category(RootCause.PROCESS)) == (1, 1)


def test_a_retired_cause_is_not_offered_but_stays_where_it_was_found(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    ticket_id = found(shop, RootCause.PRODUCT, "allergy")
    shop.do(root_causes.retire, "allergy", owner)
    assert "allergy" not in {one.code for one in tree(shop).book.below(RootCause.PRODUCT)}
    assert "allergy" in {one.code for one in tree(shop).book.below(RootCause.PRODUCT, retired=True)}
    again = Investigate(ticket_id, version(shop, ticket_id), RootCause.PRODUCT, "补充", cause_code="allergy")
    shop.do(complaints.investigate, again, shop.context())
    with pytest.raises(InvalidFieldError):
        found(shop, RootCause.PRODUCT, "allergy")
    shop.do(root_causes.restore, "allergy", owner)
    found(shop, RootCause.PRODUCT, "allergy")


def test_a_cause_belongs_to_its_category(shop: Shop) -> None:
    with pytest.raises(InvalidFieldError) as refused:
        found(shop, RootCause.PRICE, "colour_loss")
    assert refused.value.field == "cause_code"


def test_names_are_not_doubled_and_only_the_owner_edits(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    shop.do(root_causes.add_cause, AddCause(RootCause.OTHER, "停电"), owner)
    with pytest.raises(CauseNameTakenError):
        shop.do(root_causes.add_cause, AddCause(RootCause.OTHER, "停电"), owner)
    for name in (" ", "长" * 121):
        with pytest.raises(InvalidFieldError):
            shop.do(root_causes.add_cause, AddCause(RootCause.OTHER, name), owner)
    for role in (Role.CLERK, Role.MANAGER, Role.HEAD_OFFICE):
        with pytest.raises(NotAllowedError):
            shop.do(root_causes.add_cause, AddCause(RootCause.OTHER, "噪音"), shop.context(role))


def test_a_shipped_cause_gets_its_own_name_back(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    shop.do(root_causes.edit_cause, EditCause("bought_dear", "买贵了", RootCause.PRICE), owner)
    shop.do(root_causes.edit_cause, EditCause("bought_dear", "", RootCause.PRICE), owner)
    cause = tree(shop).book.cause("bought_dear")
    assert cause is not None
    assert cause.name("zh_CN") == "买贵、降价补差"
