"""Whatever takes a file apart is named here with whose bytes it opens: never a stranger's in the program."""

from __future__ import annotations

import re
from pathlib import Path

from brokerdesk.core.exchange.child import READERS

OPENERS = re.compile(
    r"PdfFileReader\(|IncrementalPdfFileWriter\(|pypdfium2\.PdfDocument\(|Image\.open\(|ImageReader\(|read_barcodes\("
    r"|CalamineWorkbook\.|message_from_bytes\(|BytesParser\(|load_pkcs12\(|zipfile\.ZipFile\(|load_\w+_x509_crl\("
    r"|loadFromData\(|QImageReader\(|QPixmap\(\w*path|etree\.|minidom|html\.parser"
)
IN_THE_READING_PROCESS = {
    "core/documents/page_parts.py",
    "core/documents/returned_parts.py",
    "core/documents/revocation_parts.py",
    "core/exchange/crest_parts.py",
    "core/exchange/formulas.py",
    "core/exchange/mail_parts.py",
    "core/exchange/packed.py",
    "core/exchange/tables.py",
}
"""Readers of the reading process, and modules that only they use."""
OWN_BYTES = {
    "core/documents/certificates.py": "a file in the reading process; here what it handed over",
    "core/documents/judging.py": "a stranger's in the reading process; here letters as they are issued",
    "core/documents/pades.py": "letters that were just drawn or were judged good",
    "core/documents/preview.py": "letters that this desk issued",
    "core/documents/tagging/figure.py": "pictures that the reading process wrote anew, and drawn signatures",
    "core/services/letter_packs.py": "writes a pack, reads none",
}


def openers(project: Path) -> set[str]:
    source = project / "src" / "brokerdesk"
    return {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if OPENERS.search(path.read_text(encoding="utf-8"))
    }


def test_every_module_that_opens_files_is_known_with_whose_bytes_it_opens(project: Path) -> None:
    assert openers(project) == IN_THE_READING_PROCESS | set(OWN_BYTES)


def test_no_module_of_the_reading_process_is_used_outside_it(project: Path) -> None:
    source = project / "src" / "brokerdesk"
    inside = {name.rpartition(".")[2]: name for name in READERS.values()}
    for path in source.rglob("*.py"):
        if path.stem in inside or path.parent.name == "exchange":
            continue
        text = path.read_text(encoding="utf-8")
        assert [name for name in inside.values() if name in text] == [], path
