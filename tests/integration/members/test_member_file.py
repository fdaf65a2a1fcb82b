"""The member form's save, what a role may see of a file, and that every look is noted."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from crmdesk.core.care import Channel, ConsentPurpose
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.members import TouchpointState
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.models.audit import AuditEntry
from crmdesk.models.callback import Consent
from crmdesk.models.member import Member, MemberPrivate
from crmdesk.queries.member_files import Alike, Lookalike, MemberFile, Probe, lookalikes, member_file
from crmdesk.queries.member_page import member_page
from crmdesk.services.consents import SetConsent, set_consent
from crmdesk.services.exports import ExportNote, note_export
from crmdesk.services.looks import note_look, note_private_look
from crmdesk.services.member_file import PrivateFacts, SaveMember, open_file, save
from crmdesk.services.members import MemberFacts, SharedPhoneError
from tests.builders.loaners import add_repair
from tests.builders.member_shop import ZHOU, people, shared_phone
from tests.builders.shop import Shop


@pytest.fixture
def zhou(shop: Shop) -> int:
    return people(shop)["周建国"]


def file_of(shop: Shop, member_id: int, role: Role = Role.MANAGER) -> MemberFile:
    with shop.reading() as session:
        return member_file(session, member_id, shop.context(role))


def request_of(known: MemberFile, **changes: object) -> SaveMember:
    facts = replace(ZHOU, phones=())
    request = SaveMember(facts, known.id, known.version, tuple(key for key, _digits in known.phones))
    return replace(request, **changes)  # type: ignore[arg-type]


def acts(shop: Shop, act: str) -> list[dict[str, object]]:
    with shop.reading() as session:
        found = session.execute(select(AuditEntry.detail).where(AuditEntry.act == act).order_by(AuditEntry.ordinal))
        return [json.loads(detail) for detail in found.scalars()]


def digits_of(shop: Shop, member_id: int) -> list[str]:
    with shop.reading() as session:
        return [phone.digits for phone in session.get_one(Member, member_id).phones]


def test_a_new_member_with_everything_in_one_save(shop: Shop) -> None:
    request = SaveMember(
        ZHOU,
        phones=(normalise("13805715678"),),
        private=PrivateFacts(income_band="20-30万", income_estimated=True, family="女儿上小学"),
        touchpoints={Channel.WECHAT: TouchpointState.ACTIVE, Channel.SMS: None},
        consents={ConsentPurpose.CALLBACKS: True, ConsentPurpose.MARKETING: False},
        consent_how="当面",
    )
    made = shop.do(save, request, shop.context(Role.MANAGER))
    with shop.reading() as session:
        page = member_page(session, made.id, shop.context(Role.MANAGER))
        columns = (MemberPrivate.income_band, MemberPrivate.income_estimated, MemberPrivate.family)
        private = session.execute(select(*columns)).one()
    assert page.touchpoints == {Channel.WECHAT: TouchpointState.ACTIVE}
    assert [(one.purpose, one.given, one.how) for one in page.consents] == [
        (ConsentPurpose.CALLBACKS, True, "当面"),
        (ConsentPurpose.MARKETING, False, "当面"),
    ]
    assert tuple(private) == ("20-30万", True, "女儿上小学")


def test_whoever_may_not_see_a_phone_gets_it_masked_and_cannot_lose_it(shop: Shop, zhou: int) -> None:
    known = file_of(shop, zhou, Role.CLERK)
    assert not known.seen
    assert [text for _key, text in known.phones] == ["138****5678", "057****6666"]
    assert (known.email, known.address) == ("z***@example.com", "杭州市西湖区****")
    wanted = request_of(known, phones=(normalise("18800001111"),), kept=frozenset({"email", "address"}))
    wanted = replace(wanted, facts=replace(wanted.facts, email="", address="", preferences="蓝色"))
    shop.do(save, wanted, shop.context(Role.CLERK))
    assert digits_of(shop, zhou) == ["13805715678", "057188886666", "18800001111"]
    after = file_of(shop, zhou)
    assert (after.email, after.address, after.preferences) == (ZHOU.email, ZHOU.address, "蓝色")


def test_whoever_may_see_them_can_take_one_away(shop: Shop, zhou: int) -> None:
    known = file_of(shop, zhou)
    shop.do(save, request_of(known, phones=known.phones[:1][0][:1]), shop.context(Role.MANAGER))
    assert digits_of(shop, zhou) == ["13805715678"]


def test_two_people_edit_one_file(shop: Shop, zhou: int) -> None:
    known = file_of(shop, zhou)
    shop.do(save, request_of(known), shop.context(Role.MANAGER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(save, request_of(known), shop.context(Role.MANAGER))


def test_the_private_profile_is_for_those_with_the_right(shop: Shop, zhou: int) -> None:
    for role in (Role.CLERK, Role.GUIDE):
        with pytest.raises(NotAllowedError):
            shop.do(note_private_look, zhou, shop.context(role))
        with pytest.raises(NotAllowedError):
            shop.do(save, request_of(file_of(shop, zhou), private=PrivateFacts("x")), shop.context(role))
    assert shop.do(note_private_look, zhou, shop.context(Role.MANAGER)).notes == ""
    assert acts(shop, "member.look") == [{"what": "private"}]


def test_who_may_look_at_a_phone(shop: Shop, zhou: int) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(note_look, zhou, shop.context(Role.CLERK))
    assert shop.do(note_look, zhou, shop.context(Role.GUIDE)).phones[0][1] == "13805715678"  # her own member
    assert shop.do(note_look, zhou, shop.context(Role.OWNER)).address == ZHOU.address
    add_repair(shop, zhou)
    assert shop.do(note_look, zhou, shop.context(Role.CLERK)).email == ZHOU.email
    assert acts(shop, "member.look") == [{"what": "contact"}] * 3


def test_opening_the_form_is_a_look_when_it_shows_phones(shop: Shop, zhou: int) -> None:
    shop.do(open_file, zhou, shop.context(Role.CLERK))
    assert acts(shop, "member.look") == []
    shop.do(open_file, zhou, shop.context(Role.MANAGER))
    assert acts(shop, "member.look") == [{"what": "contact"}]
    with pytest.raises(NotAllowedError):
        shop.do(open_file, zhou, shop.context(Role.HEAD_OFFICE))


def test_consents_are_added_never_overwritten(shop: Shop, zhou: int) -> None:
    for given in (True, True, False):
        shop.do(set_consent, SetConsent(zhou, ConsentPurpose.CALLBACKS, given, "电话"), shop.context())
    with shop.reading() as session:
        rows = session.execute(select(Consent.given).order_by(Consent.id)).scalars().all()
    assert list(rows) == [True, False]
    with pytest.raises(InvalidFieldError):
        shop.do(set_consent, SetConsent(zhou, ConsentPurpose.SERVICE, given=True, how=" "), shop.context())


def test_exports_are_for_those_with_the_right_and_noted(shop: Shop) -> None:
    for role in (Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            shop.do(note_export, ExportNote("members", 7), shop.context(role))
    shop.do(note_export, ExportNote("members", 7, "silent"), shop.context(Role.MANAGER))
    assert acts(shop, "list.export") == [{"list": "members", "rows": 7, "view": "silent"}]


def probe(shop: Shop, wanted: Probe) -> tuple[Lookalike, ...]:
    with shop.reading() as session:
        return lookalikes(session, wanted, shop.context())


def test_lookalikes_by_phone_name_and_birthday(shop: Shop, zhou: int) -> None:
    by_phone = probe(shop, Probe(phones=(normalise("+86 138-0571-5678"),)))
    assert [(one.id, one.why, one.phone) for one in by_phone] == [(zhou, Alike.PHONE, "138****5678")]
    assert probe(shop, Probe("周建国", birthday=ZHOU.birthday))[0].why is Alike.NAME_AND_BIRTHDAY
    assert probe(shop, Probe("周 建国"))[0].why is Alike.NAME
    assert probe(shop, Probe("周建国", ZHOU.phones, ZHOU.birthday, own_id=zhou)) == ()
    assert probe(shop, Probe("周")) == ()


def test_a_shared_phone_links_a_household(shop: Shop, zhou: int) -> None:
    with pytest.raises(SharedPhoneError):
        shop.do(save, SaveMember(MemberFacts("周小燕"), phones=ZHOU.phones[:1]), shop.context())
    other = shared_phone(shop)
    with shop.reading() as session:
        page = member_page(session, zhou, shop.context())
    assert [(one.id, one.name) for one in page.related] == [(other, "周小燕")]


def test_a_page_is_not_for_everybody(shop: Shop, zhou: int) -> None:
    with shop.reading() as session, pytest.raises(NotFoundError):
        member_page(session, zhou, shop.context(Role.ADMINISTRATOR))
    with shop.reading() as session:
        page = member_page(session, zhou, shop.context())
    assert (page.may_look, page.may_look_private) == (False, False)
    assert [one.masked for one in page.phones] == ["138****5678", "057****6666"]
