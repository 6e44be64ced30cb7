"""Files that come back, whatever they hold: read, or refused in a sentence; never a crash."""

from __future__ import annotations

import base64
import email
import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokerdesk.core.domain.errors import InputError
from brokerdesk.core.domain.returned_answer import PieceKind
from brokerdesk.core.exchange import answer_parts, return_parts
from brokerdesk.core.exchange.caps import read_caps
from brokerdesk.core.exchange.refusal import UnreadableError
from brokerdesk.core.exchange.returns import read_returned

CAPS = read_caps()
ANSWER = {"brokerdesk_offer": 1, "token": "BD1.a.b", "answer": {"fields": {"can_start": "no"}, "visits": []}}
TEXT = json.dumps(ANSWER)
SENTENCE_ENDS = (".", "”")


def armoured(text: str, end: str = "\n") -> str:
    letters = base64.b64encode(text.encode()).decode()
    lines = [letters[at : at + 64] for at in range(0, len(letters), 64)]
    return end.join(("-----BEGIN BROKERDESK OFFER-----", *lines, "-----END BROKERDESK OFFER-----"))


def pieces(name: str, content: bytes) -> list[list[Any]]:
    _, rows = return_parts.read_content(name, content, CAPS)
    return list(rows)


def read_or_refused(name: str, content: bytes) -> str:
    """What it is, or the sentence that refuses it; anything else is a crash."""
    try:
        found = pieces(name, content)
    except UnreadableError as why:
        return as_sentence(why.sentence)
    for row in found:
        if PieceKind(row[2]) is PieceKind.UNREADABLE:
            as_sentence(row[6])
    return str(found[0][2])


def as_sentence(text: str) -> str:
    assert text.endswith(SENTENCE_ENDS), text
    return text


def mail_of(*parts: tuple[str, bytes, str], body: str = "See attached.", charset: str = "utf-8") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "duty@provider.example", "b@council.example", "RE: Need"
    mail["Received"] = "from relay by mail.council.example; Tue, 08 Dec 2026 15:04:05 +0000"
    mail.set_content(body, charset=charset)
    for name, content, kind in parts:
        main, _, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


def test_a_saved_answer_is_read_with_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "offer-KVB-0007-R1.json"
    path.write_text(TEXT)
    found = read_returned(path)
    assert found.pieces[0].content == TEXT.encode()
    assert found.pieces[0].kind is PieceKind.ANSWER
    assert found.pieces[0].answer is not None
    assert not found.is_mail


def test_an_attachment_is_found_in_a_mail_whatever_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "RE requirement.eml"
    answer = ("réponse.json", TEXT.encode(), "application/json")
    logo = ("logo.png", b"\x89PNG....", "image/png")
    path.write_bytes(mail_of(logo, answer))
    found = read_returned(path)
    assert found.is_mail
    assert found.mail_at is not None
    assert found.mail_at.isoformat() == "2026-12-08T15:04:05+00:00"
    assert [piece.name for piece in found.pieces] == ["réponse.json"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-15", "windows-1252", "utf-16"])
def test_an_answer_as_text_is_found_in_the_body_whatever_its_charset(charset: str) -> None:
    body = "Guten Tag – ä\n\n" if charset != "iso-8859-15" else "Good morning é\n\n"
    (row,) = pieces("a.eml", mail_of(body=body + armoured(TEXT), charset=charset))
    assert row[2] == PieceKind.ANSWER.value


def test_an_answer_as_text_survives_quoting_html_and_a_forward() -> None:
    quoted = "\n".join(f"> > {line}" for line in armoured(TEXT).splitlines())
    assert pieces("a.txt", quoted.encode())[0][2] == PieceKind.ANSWER.value
    page = f"<html><body><p>{armoured(TEXT, '<br>' + chr(10))}</p></body></html>"
    assert pieces("a.html", page.encode())[0][2] == PieceKind.ANSWER.value
    inner = EmailMessage()
    inner["Subject"] = "forwarded"
    inner.set_content(armoured(TEXT))
    outer = EmailMessage()
    outer["Subject"] = "FW: Requirement"
    outer["From"] = "duty@provider.example"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    assert pieces("fw.eml", outer.as_bytes())[0][2] == PieceKind.ANSWER.value


def test_a_workbook_in_a_mail_is_handed_on_unopened() -> None:
    (row,) = pieces("a.eml", mail_of(("offer.xlsx", b"PK\x03\x04 not opened here", "application/zip")))
    assert (row[0], row[2], row[5]) == ("offer.xlsx", PieceKind.WORKBOOK.value, None)


def test_an_outlook_message_and_wrapped_attachments_say_what_to_do() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99
    assert "Outlook message (.msg)" in read_or_refused("a.msg", old)
    (row,) = pieces("a.eml", mail_of(("winmail.dat", b"x", "application/ms-tnef")))
    assert "winmail.dat" in row[6]


def test_a_mail_without_an_answer_says_so() -> None:
    assert "There is no answer in the e-mail" in read_or_refused("a.eml", mail_of())


def test_the_empty_form_sent_back_says_why_nothing_is_in_it() -> None:
    page = b'<!DOCTYPE html><html><script type="application/json" id="form-data">{"offer":1}</script></html>'
    (row,) = pieces("offer-KVB.html", page)
    assert (row[2], "without an answer in it" in row[6]) == (PieceKind.BLANK_FORM.value, True)


def test_text_that_was_cut_is_not_read_as_half_an_answer() -> None:
    cut = armoured(TEXT).replace("BROKERDESK OFFER-----\n", "BROKERDESK OFFER-----\n!", 1)
    assert "is not whole" in pieces("a.txt", cut.encode())[0][6]


def test_json_that_is_deep_or_of_another_shape_is_refused() -> None:
    deep = '{"brokerdesk_offer":1,"token":"t","answer":' + "[" * 5_000 + "]" * 5_000 + "}"
    assert "nested deeper" in pieces("a.json", deep.encode())[0][6]
    for bad in (
        {"brokerdesk_offer": 2, "token": "t", "sealed": "x"},
        {"brokerdesk_offer": 1, "token": 7, "sealed": "x"},
        {"brokerdesk_offer": 1, "token": "t", "sealed": "x", "answer": {}},
        {"brokerdesk_offer": 1, "token": "t", "answer": {"fields": {"a": 1}, "visits": []}},
        {"brokerdesk_offer": 1, "token": "t", "answer": {"fields": {}, "visits": [7]}},
        {"brokerdesk_offer": 1, "token": "t", "answer": {"fields": {"a": "x" * 99_999}, "visits": []}},
    ):
        assert "was changed after the form saved it" in pieces("a.json", json.dumps(bad).encode())[0][6]


NAMES = st.sampled_from(["a.json", "a.html", "a.eml", "a.txt", "a.xlsx", "a.msg", "a"])


@given(st.binary(max_size=400), NAMES)
def test_any_bytes_under_any_name_are_read_or_refused_in_a_sentence(content: bytes, name: str) -> None:
    read_or_refused(name, content)


@settings(max_examples=60)
@given(st.data())
def test_a_mail_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(mail_of(("a.json", TEXT.encode(), "application/json")))
    for _ in range(3):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused("a.eml", bytes(whole))


def test_hostile_files_are_read_or_refused_by_every_reader(shared_data: Path) -> None:
    files = [path for path in sorted((shared_data / "badinput").rglob("*")) if path.is_file()]
    assert len(files) > 50
    for path in files:
        content = path.read_bytes()[:2_000_000]
        for name in (path.name, "offer-a.json", "a.eml", "a.html"):
            read_or_refused(name, content)
        read_or_refused("a.eml", mail_of((path.name, content, "application/octet-stream")))
        try:
            list(answer_parts.read_content("offer-a.xlsx", content, CAPS)[1])
        except UnreadableError as why:
            as_sentence(why.sentence)


def test_hostile_words_in_an_answer_stay_words(shared_data: Path) -> None:
    folder = shared_data / "badinput"
    payloads = [
        line
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".txt", ".csv"} and path.stat().st_size < 200_000
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()[:200]
    ]
    for start in range(0, len(payloads), 90):
        fields = {f"q{at}": text[:2_000] for at, text in enumerate(payloads[start : start + 90])}
        value = {"brokerdesk_offer": 1, "token": "t", "answer": {"fields": fields, "visits": []}}
        (row,) = pieces("a.json", json.dumps(value).encode())
        assert row[2] == PieceKind.ANSWER.value


def test_what_the_child_refuses_is_an_input_problem_of_the_parent(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail_of())
    with pytest.raises(InputError, match="no answer in the e-mail") as refused:
        read_returned(path)
    assert refused.value.unreadable
    with pytest.raises(InputError, match="is a folder"):
        read_returned(tmp_path)


def test_marks_without_an_end_and_a_mail_of_countless_parts_are_refused_before_they_are_searched() -> None:
    """Each took a minute of processor time before it was given up with a sentence about something else."""
    marks = "-----BEGIN BROKERDESK OFFER-----\n" * 200_000
    assert read_or_refused("marks.txt", marks.encode()) == PieceKind.UNREADABLE.value
    mail = mail_of(("a.txt", b"a", "text/plain"))
    boundary = email.message_from_bytes(mail).get_boundary() or ""
    many = mail + f"\n--{boundary}\n\nx".encode() * 60_000
    with pytest.raises(UnreadableError, match="has more than 512 parts"):
        pieces("many.eml", many)
