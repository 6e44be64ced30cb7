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
    Idea,
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
.idea{{display:grid;grid-template-columns:4.5rem 1fr;align-items:center}}
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
    said = f' lang="{escape(block.language)}"' if block.language else ""
    match block:
        case Heading(level=level, text=text):
            return f"<h{level}{said}>{escape(text)}</h{level}>"
        case Paragraph():
            return f"<p{said}>{_spans(block)}</p>"
        case Bullets(points=points):
            return f"<ul{said}>" + "".join(f"<li>{escape(point)}</li>" for point in points) + "</ul>"
        case Facts(rows=rows):
            cells = "".join(
                f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
                for label, value in rows
            )
            return f"<table{said}>{cells}</table>"
        case Table():
            return _table(block, said)
        case Figure():
            return _figure(block, said)
        case Idea():
            return _idea(block, said)


def _spans(block: Paragraph) -> str:
    """The paragraph's words, those that lead somewhere as links."""
    parts, at = [], 0
    for span in block.spans:
        start = block.text.index(span.words, at)
        said = f' lang="{escape(span.language)}"' if span.language else ""
        tag, led = ("a", f' href="{escape(span.address)}"') if span.address else ("span", "")
        parts += [escape(block.text[at:start]), f"<{tag}{led}{said}>{escape(span.words)}</{tag}>"]
        at = start + len(span.words)
    return "".join((*parts, escape(block.text[at:])))


def _figure(figure: Figure, said: str) -> str:
    """A picture inside the page; of a QR code, which only a camera reads, what it says."""
    words = escape(figure.alternative)
    if figure.qr:
        return f"<p{said}>{words}: {escape(figure.qr)}</p>"
    shown = _picture(figure.picture, figure.alternative, f"width:{figure.width_mm}mm")
    return f"<p{said}>{shown}</p>"


def _idea(idea: Idea, said: str) -> str:
    """A line with its picture at the left."""
    shown = _picture(idea.picture, idea.alternative, "width:3.5rem") if idea.picture else ""
    return f'<p class="idea"{said}><span>{shown}</span><span>{escape(idea.text)}</span></p>'


def _picture(picture: bytes, words: str, style: str) -> str:
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    source = f"data:image/{kind};base64,{b64encode(picture).decode()}"
    return f'<img src="{source}" alt="{escape(words)}" style="{style}">'


def _table(table: Table, said: str) -> str:
    right = [' class="right"' if side is Align.RIGHT else "" for side in table.align]
    heads = "".join(
        f'<th scope="col"{look}>{escape(head)}</th>' for head, look in zip(table.heads, right, strict=True)
    )
    rows = "".join(f"<tr>{_cells(table, at, right)}</tr>" for at in range(len(table.cells)))
    return f"<table{said}><caption>{escape(table.caption)}</caption><tr>{heads}</tr>{rows}</table>"


def _cells(table: Table, at: int, right: list[str]) -> str:
    cells, column = [], 0
    while column < len(right):
        wide = table.columns_of(at, column)
        over = f' colspan="{wide}"' if wide > 1 else ""
        cells.append(f"<td{right[column]}{over}>{escape(table.cells[at][column])}</td>")
        column += wide
    return "".join(cells)
