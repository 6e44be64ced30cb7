"""Five hundred names from many languages, several to a letter, read back as they were typed."""

from __future__ import annotations

import random
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path

import letter_samples as samples
from brokerdesk.core.documents.preview import read_text
from brokerdesk.core.documents.renderer import LetterRenderer
from brokerdesk.core.domain.letter import Align, Bullets, Table

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


def _names(count: int) -> list[str]:
    chance = random.Random(2417)  # noqa: S311 - the same names every time
    words = [word for part in _PARTS for word in part.split()]
    names = [" ".join(chance.choices(words, k=chance.randint(1, 4))) for _ in range(count)]
    return [*_PARTS, *names][:count]


def _letters(renderer: LetterRenderer) -> list[tuple[list[str], bytes]]:
    names, drawn = _names(500), []
    for start in range(0, len(names), 25):
        some = names[start : start + 25]
        table = Table(
            "Names", ("Name", "No."), tuple((name, "1") for name in some), (Align.LEFT, Align.RIGHT)
        )
        letter = replace(samples.award_letter(), blocks=(table, Bullets(tuple(some))))
        drawn.append((some, renderer.render(letter)))
    return drawn


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_every_name_reads_back_with_two_readers(renderer: LetterRenderer, tmp_path: Path) -> None:
    path = tmp_path / "names.pdf"
    for names, pdf in _letters(renderer):
        path.write_bytes(pdf)
        poppler = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        for text in (_one_line(read_text(pdf)), _one_line(poppler.stdout.decode())):
            lost = [name for name in names if text.count(_one_line(name)) < 2]
            assert not lost


def test_a_decomposed_accent_reads_back_composed(renderer: LetterRenderer) -> None:
    letter = replace(
        samples.award_letter(), blocks=(Bullets((unicodedata.normalize("NFD", "Siân Ŵyn Ngọc"),)),)
    )
    assert "Siân Ŵyn Ngọc" in read_text(renderer.render(letter))
