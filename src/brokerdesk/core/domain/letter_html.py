"""A letter as one plain web page, for readers on a screen and for screen readers."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Letter,
    Paragraph,
    Table,
)
from brokerdesk.core.domain.letter_words import written_day

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<style>
body{{font:1.125rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}}
body.large{{font-size:1.6rem}}
table{{border-collapse:collapse;width:100%}}
th,td{{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid}}
.right{{text-align:right}}
</style></head><body{look}>
<header><p>{sender}</p><p>{recipient}</p><p>{day}<br>Our reference: {reference}</p></header>
<main><h1>{title}</h1><p>{subject}</p>
{body}
</main></body></html>
"""


def letter_html(letter: Letter) -> str:
    """The letter as HTML: every word escaped, headings and tables marked up, nothing fetched."""
    return _PAGE.format(
        language=escape(letter.language), title=escape(letter.title), sender=_lines(letter.sender),
        recipient=_lines(letter.recipient), day=escape(written_day(letter.issued_on)),
        reference=escape(letter.reference), subject=escape(letter.subject),
        look=' class="large"' if letter.is_large_print else "",
        body="\n".join(_block(block) for block in letter.blocks),
    )  # fmt: skip


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(escape(line) for line in lines)


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(text=text):
            return f"<p>{escape(text)}</p>"
        case Bullets(points=points):
            return "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"
        case Facts(rows=rows):
            cells = "".join(
                f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
                for label, value in rows
            )
            return f"<table>{cells}</table>"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _figure(figure: Figure) -> str:
    """A picture inside the page; of a QR code, which only a camera reads, what it says."""
    words = escape(figure.alternative)
    if figure.qr:
        return f"<p>{words}: {escape(figure.qr)}</p>"
    kind = "png" if figure.picture.startswith(b"\x89PNG") else "jpeg"
    data = b64encode(figure.picture).decode()
    source, width = f"data:image/{kind};base64,{data}", f"width:{figure.width_mm}mm"
    return f'<p><img src="{source}" alt="{words}" style="{width}"></p>'


def _table(table: Table) -> str:
    right = [' class="right"' if side is Align.RIGHT else "" for side in table.align]
    heads = "".join(
        f'<th scope="col"{look}>{escape(head)}</th>' for head, look in zip(table.heads, right, strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td{look}>{escape(c)}</td>" for c, look in zip(row, right, strict=True)) + "</tr>"
        for row in table.cells
    )
    return f"<table><caption>{escape(table.caption)}</caption><tr>{heads}</tr>{rows}</table>"
