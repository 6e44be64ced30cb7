"""Names from many languages, several to a letter, read back and are spoken as they were typed.

Five hundred each time; ten thousand with `BROKERDESK_LONG=1`.
"""

from __future__ import annotations

import os
import random
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import letter_samples as samples
from brokerdesk.core.documents.preview import read_text
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.domain.letter import Align, Bullets, Letter, Table
from spoken_text import meant, spoken

_PARTS = (
    "Ŵyn Tŷ Siân Llŷr Gwenllïan",
    "Łucja Żółć Świątek Bąk Ćwiek",
    "İpek Şahin Gülçağ Iğdır Öz",  # noqa: RUF001 - Turkish has a dotless i
    "Nguyễn Thị Ngọc Ẩn Đặng Ửng",
    "O'Neill O’Brien d’Ávila Mc-Kay St.",
    "Åse Øyvind Ærø Jökull Þóra",
    "Zoë Françoise Noël Œuvré Ñandú",
    "Őze Űrményi Ţepeş Ștefan Răzvan",
    "Μαρία Ελένη Ωρίων Ψαράς",
    "Ольга Йосиф Ґалаґан Їжак Щукин",
    "Rose <Leeds> Lodge & Sons",
    'A&amp;B <b>Care</b> "Home" 100%',
    "Ĝis Ħamrun Ķekava Ļubov Ņina",
    "1st (No. 2) [Annexe] {West} #4 ~ 5/6",
    "fi fl ffi Offaly fjord",
)


_COUNT = 10_000 if os.environ.get("BROKERDESK_LONG") else 500


def _names(count: int) -> list[str]:
    chance = random.Random(2417)  # noqa: S311 - the same names every time
    words = [word for part in _PARTS for word in part.split()]
    names = [" ".join(chance.choices(words, k=chance.randint(1, 4))) for _ in range(count)]
    # Signs alone (`& &`) are no name, and poppler's layout closes them up as it does letters set wide.
    spelled = (name for name in names if any(sign.isalnum() for sign in name))
    return [*_PARTS, *_every_latin_letter(), *spelled][:count]


def _every_latin_letter() -> list[str]:
    """All letters of Latin-1, Latin Extended-A, -B and Additional, eight to a name."""
    points = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
    letters = [chr(point) for point in points if unicodedata.category(chr(point)).startswith("L")]
    return ["".join(letters[at : at + 8]) for at in range(0, len(letters), 8)]


def _letters(renderer: LetterRenderer) -> Iterator[tuple[list[str], Letter, bytes]]:
    names = _names(_COUNT)
    for start in range(0, len(names), 25):
        some = names[start : start + 25]
        table = Table(
            "Names", ("Name", "No."), tuple((name, "1") for name in some), (Align.LEFT, Align.RIGHT)
        )
        letter = replace(samples.award_letter(), blocks=(table, Bullets(tuple(some))))
        yield some, letter, renderer.render(letter)


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_every_name_reads_back_with_two_readers_and_is_spoken_in_its_place(
    renderer: LetterRenderer, tmp_path: Path
) -> None:
    path = tmp_path / "names.pdf"
    for names, letter, pdf in _letters(renderer):
        path.write_bytes(pdf)
        poppler = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        for text in (_one_line(read_text(pdf)), _one_line(poppler.stdout.decode())):
            lost = [name for name in names if text.count(_one_line(name)) < 2]
            assert not lost
        assert spoken(path) == meant(letter)


def test_a_decomposed_accent_reads_back_composed(renderer: LetterRenderer) -> None:
    letter = replace(
        samples.award_letter(), blocks=(Bullets((unicodedata.normalize("NFD", "Siân Ŵyn Ngọc"),)),)
    )
    assert "Siân Ŵyn Ngọc" in read_text(renderer.render(letter))
