"""E-mail drafts: unsent, the same each time, and no header can be smuggled in."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

from brokerdesk.core.exchange.email_draft import eml_draft

SHEET = (("requirement-KVB-0007.pdf", b"%PDF-1.7 sheet"),)


def test_a_draft_opens_unsent_with_its_attachment() -> None:
    raw = eml_draft(
        "office@rosewood.example", "Home care in WN5", "Dear Rosewood,\n\nCan you help?\n", SHEET, "r1"
    )
    draft = message_from_bytes(raw, policy=default)
    assert (draft["X-Unsent"], draft["To"], draft["Subject"]) == (
        "1",
        "office@rosewood.example",
        "Home care in WN5",
    )
    (attachment,) = draft.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == (SHEET[0][0], "application/pdf")
    assert attachment.get_content() == SHEET[0][1]
    assert draft.get_body().get_content().splitlines() == ["Dear Rosewood,", "", "Can you help?"]


def test_the_same_draft_is_the_same_bytes_and_another_seed_another_boundary() -> None:
    first = eml_draft("a@b.example", "Subject", "Body", SHEET, "r1")
    assert eml_draft("a@b.example", "Subject", "Body", SHEET, "r1") == first
    assert eml_draft("a@b.example", "Subject", "Body", SHEET, "r2") != first


def test_a_line_break_in_a_subject_adds_no_header() -> None:
    raw = eml_draft("a@b.example", "Care\r\nBcc: spy@c.example", "Body")
    draft = message_from_bytes(raw, policy=default)
    assert draft["Bcc"] is None
    assert draft["Subject"] == "Care Bcc: spy@c.example"


def test_names_and_words_beyond_ascii_come_through() -> None:
    draft = message_from_bytes(eml_draft("", "Gofal Ŵyn – £5", "Zoë’s call", SHEET), policy=default)
    assert draft["To"] is None
    assert draft["Subject"] == "Gofal Ŵyn – £5"
    assert draft.get_body().get_content().strip() == "Zoë’s call"
