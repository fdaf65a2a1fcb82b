"""Cards and slips: a thousand VIP cards to one PDF, and one slip from facts to its picture in the preview."""

import io
from collections.abc import Iterator
from statistics import median

from tests.bench.people import names
from tests.bench.row import BenchRow, Ctx, Timing, in_own_process, once, timed, timing

CARDS = 1000
NAIVE_CARDS = 50
ROUNDS = 3
KILOBYTE = 1000
PREVIEW_DPI = 110


def rows(ctx: Ctx) -> Iterator[BenchRow]:
    """Give the rows of papers."""
    ours = [in_own_process("tests.bench.papers:cards") for _ in range(ROUNDS)]
    floor = [in_own_process("tests.bench.papers:only_text") for _ in range(ROUNDS)]
    slow = in_own_process("tests.bench.papers:naive")
    size = ours[0].value["bytes"] / CARDS / KILOBYTE
    yield BenchRow(
        f"{CARDS} VIP cards to one PDF",
        timing([one.value["ms"] for one in ours]),
        {
            "reportlab drawing only their text": median(one.value["ms"] for one in floor),
            "reportlab's own codes": slow.value["ms"],
        },
        max(one.peak_mb for one in ours),
        "≤ 2 × the best found (1.5 s where naive reportlab took 20.4 s); ≤ 5 KB a card",
        f"{size:.1f} KB a card; Chinese name, Code 128, QR, front and back",
    )
    first, later = in_own_process("tests.bench.papers:slip", ctx.rounds), "≤ 300 ms to preview"
    value = first.value
    yield BenchRow("slip: facts → PDF → first page in the preview", Timing(value["median"], value["p95"]), reach=later)
    yield BenchRow(
        "the same, first slip after the start", Timing(value["first"], value["first"]), {}, first.peak_mb, later
    )


def cards() -> dict[str, float]:
    """Render the cards; called in a process of its own."""
    from crmdesk.core.numbers import running_number
    from crmdesk.core.paper_facts.card import CardDesignFacts, CardFacts, CardsFacts
    from crmdesk.documents.pdf import card

    people = enumerate(names(7, CARDS))
    facts = CardsFacts(
        tuple(CardFacts(running_number("V", "01", number), name, "金卡") for number, name in people),
        CardDesignFacts("文三路店", phone="0571-88881234", address="杭州市文三路 388 号", back_lines=("凭卡积分",)),
    )
    made: list[bytes] = []
    milliseconds = once(lambda: made.append(card.render(facts, "zh_CN")))
    return {"ms": milliseconds, "bytes": len(made[0])}


def only_text() -> dict[str, float]:
    """Draw the same pages with nothing but name, number and level; called in a process of its own."""
    return {"ms": once(lambda: _draw(CARDS, codes=False))}


def naive() -> dict[str, float]:
    """Draw a part of them with reportlab's own barcode and QR, as its manual does; called in a process of its own."""
    return {"ms": once(lambda: _draw(NAIVE_CARDS, codes=True)) * CARDS / NAIVE_CARDS}


def _draw(count: int, *, codes: bool) -> None:
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode import code128, qr
    from reportlab.graphics.shapes import Drawing
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from crmdesk.core.numbers import running_number
    from crmdesk.core.resources import resource_path

    pdfmetrics.registerFont(TTFont("plain", str(resource_path("fonts", "NotoSansSC-Regular.ttf"))))
    canvas = Canvas(io.BytesIO(), pagesize=(243, 153))
    for place, name in enumerate(names(7, count)):
        number = running_number("V", "01", place)
        for side in ("front", "back"):
            canvas.setFont("plain", 12)
            for height, text in ((100, name), (60, number), (30, f"金卡 {side}")):
                canvas.drawString(20, height, text)
            if codes and side == "front":
                code128.Code128(number, barHeight=20).drawOn(canvas, 20, 5)
                drawing = Drawing(60, 60)
                drawing.add(qr.QrCodeWidget(number, barWidth=60, barHeight=60))
                renderPDF.draw(drawing, canvas, 170, 20)
            canvas.showPage()
    canvas.save()


def slip(rounds: int) -> dict[str, float]:
    """Render a slip and draw its first page as the preview does; called in a process of its own."""
    from crmdesk.documents.pdf import service_slip
    from crmdesk.views.support.pdf_pages import page_image
    from tests.builders import paper_facts

    def preview() -> None:
        page_image(service_slip.render(paper_facts.slip(), "zh_CN"), 0, PREVIEW_DPI)

    first = once(preview)
    later = timed(preview, rounds)
    return {"first": first, "median": later.median, "p95": later.p95}
