"""What somebody could do to a signed letter: shadows, turned pages, forged fields, single bytes."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO

import pytest
from asn1crypto import parser
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

import letter_samples as samples
from brokerdesk.core.documents.checker import check
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.documents.signer import LetterSigner
from brokerdesk.core.domain.signing import SigningIdentity, VerdictState
from returns import provider_identity, signed_by, time_stamp_service, turned

MUTATIONS = int(os.environ.get("BROKERDESK_MUTATIONS", "60"))
"""Of each kind of file; a long run says 1000."""

Attack = Callable[[IncrementalPdfFileWriter], None]


def updated(pdf: bytes, attack: Attack) -> bytes:
    """The file with one incremental update more."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    attack(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    reference, _ = writer.find_page_for_modification(0)
    writer.mark_update(reference)
    page: generic.DictionaryObject = reference.get_object()
    return page


def other_words(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf 80 600 Td (GBP 9,999 a week) Tj ET")
    first_page(writer)["/Contents"] = writer.add_object(stream)


def a_shadow_over_the_page(writer: IncrementalPdfFileWriter) -> None:
    """A note whose picture covers the price."""
    look = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 500 700 re f")
    look["/Type"], look["/Subtype"] = generic.NameObject("/XObject"), generic.NameObject("/Form")
    look["/BBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 700)))
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/Stamp"),
            generic.NameObject("/Rect"): generic.ArrayObject(map(generic.NumberObject, (40, 60, 540, 760))),
            generic.NameObject("/AP"): generic.DictionaryObject(
                {generic.NameObject("/N"): writer.add_object(look)}
            ),
        }
    )
    page = first_page(writer)
    notes = generic.ArrayObject(page.get("/Annots", generic.ArrayObject()))
    notes.append(writer.add_object(note))
    page["/Annots"] = notes


def another_look_of_the_signature(writer: IncrementalPdfFileWriter) -> None:
    for field in writer.root["/AcroForm"]["/Fields"]:
        held = field.get_object()
        if held["/T"] == "Authority":
            look = generic.StreamObject(stream_data=b"1 0 0 rg 0 0 200 60 re f")
            look["/Type"], look["/Subtype"] = generic.NameObject("/XObject"), generic.NameObject("/Form")
            look["/BBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 60)))
            held["/AP"] = generic.DictionaryObject({generic.NameObject("/N"): writer.add_object(look)})
            writer.update_container(held)


def another_font(writer: IncrementalPdfFileWriter) -> None:
    """The same codes, other letters."""
    page = first_page(writer)
    fonts = page["/Resources"]["/Font"]
    name = next(iter(fonts))
    fonts[name] = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Font"),
            generic.NameObject("/Subtype"): generic.NameObject("/Type1"),
            generic.NameObject("/BaseFont"): generic.NameObject("/Symbol"),
        }
    )
    writer.update_container(fonts)


def a_hidden_layer(writer: IncrementalPdfFileWriter) -> None:
    layers = generic.DictionaryObject()
    layers["/OCGs"], layers["/D"] = generic.ArrayObject(), generic.DictionaryObject()
    writer.root["/OCProperties"] = layers
    writer.update_root()


def a_script(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.NameObject("/S"): generic.NameObject("/JavaScript"),
            generic.NameObject("/JS"): generic.pdf_string("app.alert('x')"),
        }
    )
    writer.update_root()


def one_page_less(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject(list(pages["/Kids"])[:-1])
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def the_providers_field_over_the_page(writer: IncrementalPdfFileWriter) -> None:
    for field in writer.root["/AcroForm"]["/Fields"]:
        held = field.get_object()
        if held["/T"] == "Provider":
            held["/Rect"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
            writer.update_container(held)


ATTACKS: tuple[Attack, ...] = (
    other_words, a_shadow_over_the_page, another_look_of_the_signature, another_font, a_hidden_layer,
    a_script, one_page_less, the_providers_field_over_the_page,
)  # fmt: skip


@pytest.fixture(scope="module")
def award(renderer: LetterRenderer, identity: SigningIdentity, at: datetime) -> bytes:
    letter = samples.award_letter()
    return LetterSigner().sign(renderer.render(letter), identity=identity, at=at, letter=letter)


@pytest.fixture(scope="module")
def agreed(award: bytes, at: datetime) -> bytes:
    return signed_by(award, provider_identity(at), at)


@pytest.fixture(scope="module")
def stamped(renderer: LetterRenderer, identity: SigningIdentity, at: datetime) -> bytes:
    letter = samples.award_letter()
    with time_stamp_service(at) as service:
        signer = LetterSigner(time_stamp_service=service.address)
        return signer.sign(renderer.render(letter), identity=identity, at=at, letter=letter)


@pytest.fixture(scope="module")
def stamped_later(award: bytes, at: datetime) -> bytes:
    with time_stamp_service(at) as service:
        return LetterSigner(time_stamp_service=service.address).time_stamp(award)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("state", ["award", "agreed", "stamped", "stamped_later"])
def test_an_update_that_shows_something_else_is_caught(
    request: pytest.FixtureRequest, attack: Attack, state: str
) -> None:
    pdf: bytes = request.getfixturevalue(state)
    assert check(pdf).is_good
    forged = updated(pdf, attack)
    assert forged.startswith(pdf)
    verdict = check(forged)
    assert verdict.state is VerdictState.CHANGED, verdict.sentence


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_update_between_the_two_signatures_is_caught(attack: Attack, award: bytes, at: datetime) -> None:
    forged = signed_by(updated(award, attack), provider_identity(at), at)
    assert not check(forged).is_good


def test_a_page_turned_after_both_signed_is_caught(agreed: bytes) -> None:
    assert check(agreed).is_good
    assert check(turned(agreed)).state is VerdictState.CHANGED


def test_the_first_revision_of_an_agreed_letter_is_the_issued_file(award: bytes, agreed: bytes) -> None:
    assert agreed.startswith(award)
    assert check(agreed[: len(award)]).is_good, "only the register can tell that it was cut back"


@pytest.mark.parametrize("state", ["award", "agreed", "stamped", "stamped_later"])
def test_no_single_changed_byte_is_accepted(request: pytest.FixtureRequest, state: str) -> None:
    pdf: bytes = request.getfixturevalue(state)
    chance = random.Random(f"bytes of {state}")  # noqa: S311 - the same bytes every time
    for _ in range(MUTATIONS):
        at = chance.randrange(5, len(pdf))
        value = chance.choice([byte for byte in range(256) if byte != pdf[at]])
        assert not check(pdf[:at] + bytes([value]) + pdf[at + 1 :]).is_good, (state, at, value)


@pytest.mark.parametrize("state", ["agreed", "stamped", "stamped_later"])
def test_no_changed_digit_of_a_signature_or_time_stamp_is_accepted(
    request: pytest.FixtureRequest, state: str
) -> None:
    pdf: bytes = request.getfixturevalue(state)
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    chance = random.Random(f"digits of {state}")  # noqa: S311 - the same digits every time
    used = len(pdf[start : pdf.index(b">", start)].rstrip(b"0"))
    for at in (*range(start, start + 60), *chance.sample(range(start, start + used), MUTATIONS)):
        value = chance.choice([digit for digit in b"0123456789abcdefABCDEF" if digit != pdf[at]])
        assert not check(pdf[:at] + bytes([value]) + pdf[at + 1 :]).is_good, (state, at - start, value)


@pytest.mark.parametrize("state", ["award", "agreed", "stamped", "stamped_later"])
def test_no_part_of_a_signature_can_be_made_to_pass_for_another(
    request: pytest.FixtureRequest, state: str
) -> None:
    pdf: bytes = request.getfixturevalue(state)
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    held = bytes.fromhex(pdf[start : pdf.index(b">", start)].decode())
    tags = [start + 2 * at for at in _tags(held, 0, parser.peek(held))]
    places = [at for tag in tags for at in (tag, tag + 1)]
    changes = [(at, digit) for at in places for digit in b"0123456789ABCDEF" if digit != pdf[at]]
    chance = random.Random(f"parts of {state}")  # noqa: S311 - the same parts every time
    for at, value in chance.sample(changes, min(len(changes), MUTATIONS)):
        assert not check(pdf[:at] + bytes([value]) + pdf[at + 1 :]).is_good, (state, at - start, value)


def _tags(held: bytes, start: int, end: int) -> Iterator[int]:
    """Where each value begins, however deep inside others."""
    at = start
    while at < end:
        _, is_made_of_others, _, head, inner, _ = parser.parse(held[at : at + parser.peek(held[at:])])
        yield at
        if is_made_of_others:
            yield from _tags(held, at + len(head), at + len(head) + len(inner))
        at += len(head) + len(inner)


def test_the_tag_of_what_is_added_to_a_signature_cannot_hide_its_time_stamp(stamped: bytes) -> None:
    verdict = check(stamped)
    assert verdict.stamped_at is not None
    start = stamped.rindex(b"/Contents <") + len(b"/Contents <")
    token = stamped.index(b"060B2A864886F70D010910020E", start)
    at = stamped.rindex(b"A1", start, token)
    for digit in b"023456789ABCDEF":
        assert not check(stamped[: at + 1] + bytes([digit]) + stamped[at + 2 :]).is_good, digit


def test_an_attack_really_changes_what_is_shown(award: bytes) -> None:
    forged = PdfFileReader(BytesIO(updated(award, other_words)))
    assert b"9,999" in forged.root["/Pages"]["/Kids"][0]["/Contents"].data
