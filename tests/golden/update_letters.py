"""Writes the golden letters anew, on purpose: run it, look at every picture, then commit."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE.parents[1] / "src"), str(_HERE.parent)]
GOLDEN = _HERE / "letters"
DPI = 45


def text_of(pdf: bytes) -> str:
    """The letter's words as poppler lays them out."""
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "\n".join(line.rstrip() for line in read.stdout.decode().splitlines()) + "\n"


def picture_of(pdf: bytes) -> Image.Image:
    """The first page, small."""
    from brokerdesk.core.documents.preview import render_pages

    width, height, dots = render_pages(pdf, DPI)[0]
    return Image.frombytes("RGBA", (width, height), dots).convert("RGB")


def main() -> None:
    """Write text and picture of every letter."""
    import letter_samples as samples
    from brokerdesk.core.documents.renderer import LetterRenderer

    renderer = LetterRenderer(samples.RESOURCES)
    for kind, compose in samples.LETTERS.items():
        pdf = renderer.render(compose())
        (GOLDEN / f"{kind}.txt").write_text(text_of(pdf), encoding="utf-8")
        out = BytesIO()
        picture_of(pdf).save(out, "PNG", optimize=True)
        (GOLDEN / f"{kind}.png").write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
