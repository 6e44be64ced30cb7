"""Writes an offer form as one HTML file that needs nothing else: no network, no file beside it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from html import escape

from brokerdesk.core.domain.letter import (
    Align,
    Block,
    Bullets,
    Facts,
    Figure,
    Heading,
    Idea,
    Paragraph,
    Table,
)
from brokerdesk.core.domain.offer_form import (
    LONGEST_WORDS,
    NO,
    OTHER_TIME,
    YES,
    Kind,
    OfferForm,
    Question,
    When,
    file_stem,
    questions,
)
from brokerdesk.core.places import resource
from brokerdesk.core.wording import say

_PAD = 8_192
"""Bytes to whose multiple a sealed answer is filled up, so that its length tells nothing."""


def offer_html(form: OfferForm) -> bytes:
    """The form as one file; same input, same bytes.

    What it may load or run is named in its own security policy: its one style and its one script by their
    hashes, and nothing else.

    Source: docs/rules.md R024, R125.
    """
    style, script = (
        resource("forms", f"offer_form.{kind}").read_text(encoding="utf-8") for kind in ("css", "js")
    )
    title = say("Offer form {reference}", reference=form.reference)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en-GB">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{_text(title)} – {_text(form.authority)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f'<a class="skip" href="#form">{_text(say("Go to the questions"))}</a>',
            "<main>",
            *_head(form, title),
            *_requirement(form),
            *_form(form),
            "</main>",
            f'<script type="application/json" id="form-data">{_data(form, title)}</script>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        )
    ).encode()


def _policy(style: str, script: str) -> str:
    parts = (
        "default-src 'none'",
        f"style-src '{_hash(style)}'",
        f"script-src '{_hash(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(parts)


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _text(words: object) -> str:
    return escape(str(words), quote=True)


def _head(form: OfferForm, title: str) -> Iterable[str]:
    until = f"{form.answer_by:%H:%M} on {form.answer_by.day} {form.answer_by:%B %Y}"
    if form.sheet.is_demo:
        yield f'<p class="demo">{_text(say("DEMO: invented, not a real request"))}</p>'
    yield f"<h1>{_text(title)}</h1>"
    yield f'<p class="from">{_text(say("For {provider}", provider=form.provider))}</p>'
    asks = say(
        "{authority} asks whether you can offer this care. Answer by {until}; the time is the same for "
        "everyone who is asked.", authority=form.authority, until=until,
    )  # fmt: skip
    yield f"<p>{_text(asks)}</p>"
    steps = say("Fill in the form, save the answer and send the file to {address}.", address=form.send_to)
    alone = say("The form works without the internet and sends nothing by itself.")
    yield f"<p>{_text(steps)} {_text(alone)}</p>"
    if form.is_sealed:
        told = say(
            "Your answer is sealed: this page encrypts it before it is saved, and two officers open all "
            "answers together after the deadline. Nobody can read it earlier, not even who receives it."
        )
        yield f"<p><strong>{_text(told)}</strong></p>"
    off = say("This page needs JavaScript, which is turned off. Use the workbook of the same e-mail.")
    yield f"<noscript><p><strong>{_text(off)}</strong></p></noscript>"


def _requirement(form: OfferForm) -> Iterable[str]:
    yield '<section aria-labelledby="asked">'
    yield f'<h2 id="asked">{_text(say("What is asked"))}</h2>'
    yield f"<p>{_text(form.sheet.subject)}</p>"
    for block in form.sheet.blocks:
        yield from _block(block)
    yield "</section>"


def _block(block: Block) -> Iterable[str]:
    match block:
        case Heading(text=words):
            yield f"<h3>{_text(words)}</h3>"
        case Paragraph(text=words) | Idea(text=words) | Figure(alternative=words):
            yield f"<p>{_text(words)}</p>"
        case Facts(rows=rows):
            yield "<dl>"
            yield from (f"<dt>{_text(label)}</dt><dd>{_text(value)}</dd>" for label, value in rows)
            yield "</dl>"
        case Bullets(points=points):
            yield "<ul>"
            yield from (f"<li>{_text(point)}</li>" for point in points)
            yield "</ul>"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterable[str]:
    sides = ['class="right"' if side is Align.RIGHT else "" for side in table.align]
    yield f'<div class="wrap"><table><caption>{_text(table.caption)}</caption><thead><tr>'
    yield from (
        f'<th scope="col" {side}>{_text(head)}</th>' for head, side in zip(table.heads, sides, strict=True)
    )
    yield "</tr></thead><tbody>"
    for row in table.cells:
        cells = (f"<td {side}>{_text(cell)}</td>" for cell, side in zip(row, sides, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _form(form: OfferForm) -> Iterable[str]:
    asked = questions(form.unit, form.bands)
    yield '<section class="summary" id="summary" role="alert" tabindex="-1" '
    yield 'aria-labelledby="summary-title" hidden>'
    yield f'<h2 id="summary-title">{_text(say("Some answers are missing or cannot be read"))}</h2>'
    yield '<ul id="summary-list"></ul></section>'
    yield '<form id="form" novalidate autocomplete="off">'
    first, last = asked[0], asked[-1]
    yield from _part("start-part", say("Your answer"), _question(first), hidden=False)
    yield from _part("offer-part", say("Your offer"), _offer(form, asked), hidden=True)
    declines = (line for question in asked if question.when is When.DECLINE for line in _question(question))
    yield from _part("decline-part", say("Your reason"), declines, hidden=True)
    yield from _part("name-part", say("Who answers"), _question(last), hidden=True)
    yield f'<p><button class="main" type="submit" id="save">{_text(say("Save the answer"))}</button>'
    yield f'<button type="button" id="copy">{_text(say("Copy the answer as text"))}</button></p>'
    yield "</form>"
    yield '<section class="done" id="done" role="status" tabindex="-1" aria-labelledby="done-title" hidden>'
    yield f'<h2 id="done-title">{_text(say("Your answer is ready"))}</h2><p id="done-words"></p>'
    as_text = say("The answer as text, for those whose browser saves no files: paste it into an e-mail")
    yield f'<div class="question"><label for="answer-text">{_text(as_text)}</label>'
    yield '<textarea class="code" id="answer-text" readonly></textarea></div></section>'


def _part(name: str, legend: str, lines: Iterable[str], *, hidden: bool) -> Iterable[str]:
    yield f'<fieldset class="part" id="{name}"{" hidden" if hidden else ""}><legend>{_text(legend)}</legend>'
    yield from lines
    yield "</fieldset>"


def _offer(form: OfferForm, asked: tuple[Question, ...]) -> Iterable[str]:
    for question in asked:
        if question.when is When.OFFER:
            yield from _question(question)
            if question.key == "conditions" and form.visits:
                yield from _visits(form)


def _question(question: Question) -> Iterable[str]:
    key, described = question.key, f"{question.key}-hint {question.key}-error"
    hint = f'<p class="hint" id="{key}-hint">{_text(question.hint)}</p>'
    error = f'<p class="error" id="{key}-error" hidden></p>'
    label = _text(question.label if question.must else say("{label} (optional)", label=question.label))
    if question.kind is Kind.CHOICE:
        must = ' aria-required="true"' if question.must else ""
        yield f'<fieldset class="question" role="radiogroup" aria-describedby="{described}"{must}>'
        yield f"<legend>{label}</legend>{hint}{error}"
        for place, (value, words) in enumerate(question.choices):
            button = f'<input type="radio" name="{key}" id="{key}-{place}" value="{_text(value)}">'
            yield f'<div class="pick">{button}<label for="{key}-{place}">{_text(words)}</label></div>'
        yield "</fieldset>"
        return
    must = ' aria-required="true"' if question.must else ""
    yield f'<div class="question"><label for="{key}">{label}</label>{hint}{error}'
    if question.kind is Kind.LINES:
        yield f'<textarea id="{key}" name="{key}" aria-describedby="{described}"{must}></textarea></div>'
        return
    wide = ' class="wide"' if question.kind is Kind.WORDS else ""
    yield f'<input type="text" id="{key}" name="{key}" aria-describedby="{described}"{wide}{must}></div>'


def _visits(form: OfferForm) -> Iterable[str]:
    yours = (say("Can you do it?"), say("Your time"), say("Your minutes"))
    heads = (say("Visit"), say("Minutes"), say("Carers"), *yours)
    yield '<fieldset class="question" aria-describedby="visits-hint visits-error">'
    yield f"<legend>{_text(say('The visits that you offer'))}</legend>"
    hint = say("Each visit as asked says yes already. Change those that differ.")
    yield f'<p class="hint" id="visits-hint">{_text(hint)}</p>'
    yield '<p class="error" id="visits-error" hidden></p><div class="wrap"><table><thead><tr>'
    yield from (f'<th scope="col">{_text(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for place, label in enumerate(visit_labels(form)):
        visit = form.visits[place]
        options = "".join(
            f'<option value="{value}">{_text(words)}</option>'
            for value, words in ((YES, say("Yes")), (NO, say("No")), (OTHER_TIME, say("At another time")))
        )
        named = (say("{visit}: can you do it?", visit=label), say("{visit}: your time", visit=label))
        yield f'<tr><th scope="row">{_text(label)}</th><td>{visit.minutes}</td><td>{visit.carers}</td>'
        yield f'<td><select id="visit-{place}" aria-label="{_text(named[0])}">{options}</select></td>'
        last = say("{visit}: your minutes", visit=label)
        for name, words in ((f"visit-at-{place}", named[1]), (f"visit-minutes-{place}", last)):
            yield f'<td><input type="text" id="{name}" aria-label="{_text(words)}" disabled></td>'
        yield "</tr>"
    yield "</tbody></table></div></fieldset>"


def visit_labels(form: OfferForm) -> tuple[str, ...]:
    """Each visit asked, as the form names it: `Mon 08:00`."""
    return tuple(f"{visit.day.value} {visit.at:%H:%M}" for visit in form.visits)


def _data(form: OfferForm, title: str) -> str:
    asked = [
        {
            "key": question.key, "label": question.label, "kind": question.kind.value,
            "when": question.when.value, "must": question.must,
        }
        for question in questions(form.unit, form.bands)
    ]  # fmt: skip
    data = {
        "token": form.token, "file": f"{file_stem(form.reference)}.json",
        "title": f"{title} – {form.authority}",
        "public_key": form.public_key, "pad": _PAD, "longest": LONGEST_WORDS, "questions": asked,
        "visits": visit_labels(form), "words": _words(form),
    }  # fmt: skip
    # So that no text can end the script element or begin a comment in it.
    plain = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _words(form: OfferForm) -> dict[str, str]:
    saved = say(
        "It is saved among your downloads as {file}. Send that file to {address}.",
        file=f"{file_stem(form.reference)}.json", address=form.send_to,
    )  # fmt: skip
    return {
        "want_day": say("Give a day such as 14 12 2026."),
        "want_money": say("Give pounds above nought, such as 24.10."),
        "want_choice": say("Choose one."),
        "want_words": say("Write a few words."),
        "want_time": say("Give a time such as 08:30."),
        "want_minutes": say("Give whole minutes such as 45."),
        "visits_wrong": say("Look at the visits that differ."),
        "no_visit": say("You say no to every visit. Offer at least one, or say no to the package."),
        "too_long": say("This is longer than the form takes. Shorten it."),
        "wrong_title": say("Look again"),
        "saved": saved,
        "copied": say("It is copied. Paste it into an e-mail to {address}.", address=form.send_to),
        "copy_by_hand": say(
            "Copy the text below by hand and paste it into an e-mail to {address}.", address=form.send_to
        ),
        "cannot_seal": say(
            "This browser cannot seal an answer. Open the form in another browser, or use the workbook."
        ),
    }
