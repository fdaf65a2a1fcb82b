"""Photos on the condition report: below the gate they were taken at; a file that is gone leaves nothing behind."""

from functools import partial
from io import BytesIO

from PIL import Image
from pypdf import PdfReader

from crmdesk.core.paper_facts.condition import ConditionReportFacts
from crmdesk.core.tickets import Gate
from crmdesk.db.photo_store import photos_of
from crmdesk.documents.pdf import condition_report
from crmdesk.documents.pdf.pictures import small
from crmdesk.exchange.pictures import take_picture
from crmdesk.queries.condition_papers import ticket_report
from crmdesk.services.photos import AddPhoto, add_to_ticket
from tests.builders.repairs import taken_in
from tests.builders.shop import Shop


def _drawn(colour: str, size: tuple[int, int] = (1600, 1200)) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "PNG")
    return made.getvalue()


def _with_photos(shop: Shop, count: int) -> int:
    ticket = taken_in(shop)
    with shop.reading() as session:
        store = photos_of(session)
    assert store is not None
    for number in range(count):
        request = AddPhoto(ticket, take_picture(_drawn(f"#{number * 20:02x}5577")), Gate.INTAKE)
        shop.do(partial(add_to_ticket, store=store), request, shop.context())
    return ticket


def _report(shop: Shop, ticket: int) -> ConditionReportFacts:
    with shop.reading() as session:
        return ticket_report(session, ticket, shop.context(), "zh_CN")


def _images(facts: ConditionReportFacts) -> int:
    pdf = condition_report.render(facts, "zh_CN")
    return sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages)


def test_photos_stand_below_their_gate(shop: Shop) -> None:
    facts = _report(shop, _with_photos(shop, 2))
    assert [len(gate.pictures) for gate in facts.gates] == [2, 0, 0, 0]
    assert _images(facts) == 2


def test_many_photos_are_counted_and_some_shown(shop: Shop) -> None:
    facts = _report(shop, _with_photos(shop, 9))
    assert (facts.gates[0].photos, len(facts.gates[0].pictures)) == (9, 6)
    assert len(condition_report.render(facts, "en")) < 400_000


def test_a_photo_whose_file_is_gone_or_broken_is_left_out(shop: Shop) -> None:
    ticket = _with_photos(shop, 2)
    with shop.reading() as session:
        store = photos_of(session)
    assert store is not None
    first, second = sorted(store.folder.rglob("*.jpg"))
    first.unlink()
    second.write_bytes(b"\xff\xd8 no picture any more")
    assert _images(_report(shop, ticket)) == 0


def test_a_picture_is_as_small_as_paper_needs_it() -> None:
    made = BytesIO()
    Image.new("RGB", (2000, 500), "#335577").save(made, "JPEG")
    image = small(made.getvalue())
    assert image is not None
    assert image.width <= 208
    assert image.height <= 156
