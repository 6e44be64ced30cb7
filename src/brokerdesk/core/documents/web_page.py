"""A letter as one web page that needs nothing else: for screens, screen readers and any size of type."""

from __future__ import annotations

from html import escape

from brokerdesk.core.documents.drawing import tidy
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
    texts_in,
)
from brokerdesk.core.domain.letter_words import written_day

_STYLE = """
:root{color-scheme:light dark}
body{font:1.25rem/1.6 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem;
background:#fff;color:#1b2428}
h1{font-size:1.8rem;line-height:1.25}h2{font-size:1.35rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;padding:.3rem 0}
th,td{text-align:left;vertical-align:top;padding:.45rem .5rem;border-bottom:1px solid #6b777c}
td.sum,th.sum{text-align:right}tr.total td{font-weight:bold}
header address,header p{font-style:normal;margin:.6rem 0}footer{margin-top:2.5rem;font-size:1rem}
.crest{max-height:5rem;max-width:12rem}
.demo{border:2px solid;padding:.4rem .6rem;font-weight:bold}
@media (prefers-color-scheme:dark){body{background:#14191b;color:#eef1f1}th,td{border-color:#8d9a9f}}
@media print{body{max-width:none}}
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def letter_page(letter: Letter) -> bytes:
    """The letter as HTML: the same words in the same order, no script, nothing from elsewhere.

    Every word is escaped. Source: docs/rules.md R147.
    """
    body = "\n".join(
        (
            _head(letter),
            "<main>",
            f"<h1>{_text(letter.title)}</h1>",
            f"<p>{_text(letter.subject)}</p>" if letter.subject else "",
            *(_block(block) for block in letter.blocks),
            "</main>",
            _foot(letter),
        )
    )
    return (
        f'<!doctype html>\n<html lang="{escape(letter.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(letter.title)}: {_text(letter.sender[0])}</title>\n<style>{_STYLE}</style>\n"
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _text(words: str) -> str:
    return escape(tidy(words))


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(_text(line) for line in lines)


def _head(letter: Letter) -> str:
    demo = '<p class="demo">DEMO: nobody in it is real</p>' if letter.is_demo else ""
    day, reference = _text(written_day(letter.issued_on)), _text(letter.reference)
    look = letter.look
    crest = ""
    if look is not None and look.crest:
        crest = f'<img class="crest" alt="{_text(look.crest_alt)}" src="data:image/png;base64,{look.crest}">'
    return (
        f"<header>{demo}{crest}<address>{_lines(letter.sender)}</address><p>{_lines(letter.recipient)}</p>"
        f"<p>{day}<br>Our reference: {reference}</p></header>"
    )


def _foot(letter: Letter) -> str:
    signed = ""
    if letter.signature:
        line = letter.signature
        signed = f"<p>{_lines((line.closing, line.name, line.post, f'For {line.on_behalf_of}'))}</p>"
    version = f"{_text(letter.reference)}, version {letter.version}"
    return (
        f"<footer>{signed}<p>{version}. This page says what the signed letter says. The signed letter is the "
        "one that counts.</p></footer>"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"<h{level}>{_text(text)}</h{level}>"
        case Paragraph(text=text) | Idea(text=text):
            return f"<p>{_text(text)}</p>"
        case Bullets(points=points):
            return f"<ul>{''.join(f'<li>{_text(point)}</li>' for point in points)}</ul>"
        case Facts(rows=rows):
            cells = (f'<th scope="row">{_text(label)}</th><td>{_text(value)}</td>' for label, value in rows)
            return f"<table>{''.join(f'<tr>{cell}</tr>' for cell in cells)}</table>"
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)


def _figure(block: Figure) -> str:
    """A picture with its words; what cannot be shown is said."""
    return f"<p>{' '.join(_text(text) for text in texts_in(block))}</p>"


def _table(block: Table) -> str:
    sides = [' class="sum"' if side is Align.RIGHT else "" for side in block.align]
    heads = "".join(
        f'<th scope="col"{side}>{_text(head)}</th>' for head, side in zip(block.heads, sides, strict=True)
    )
    last, total = len(block.cells) - 1, '<tr class="total">'
    rows = "".join(
        (total if block.has_total and at == last else "<tr>")
        + "".join(f"<td{side}>{_text(cell)}</td>" for cell, side in zip(row, sides, strict=True))
        + "</tr>"
        for at, row in enumerate(block.cells)
    )
    caption = _text(block.caption)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
