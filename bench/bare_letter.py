"""The same words as a bare script would sign them: reportlab paragraphs, then stock pyHanko."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from brokerdesk.core import places
from brokerdesk.core.domain.letter import Letter, texts_of
from brokerdesk.core.domain.signing import SigningIdentity

_FONT = "BenchSans"


class StockSigner:
    """pyHanko as its manual shows it; key and certificate are read from their files once."""

    def __init__(self, identity: SigningIdentity) -> None:
        from pyhanko.sign import signers

        with TemporaryDirectory() as place:
            key, certificate = Path(place) / "key.pem", Path(place) / "certificate.pem"
            key.write_bytes(identity.key)
            certificate.write_bytes(identity.certificate)
            load: Any = signers.SimpleSigner.load
            self._signer = load(str(key), str(certificate))

    def signed(self, drawn: bytes) -> bytes:
        """The file with a certifying signature that does not show on the page."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter

        wanted = signers.PdfSignatureMetadata(
            field_name="Signature", md_algorithm="sha256", certify=True, subfilter=SigSeedSubFilter.PADES
        )
        made = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(drawn)), wanted, signer=self._signer)
        return bytes(made.getvalue())


class BareLetters:
    """Draws with reportlab; the font is loaded once."""

    def __init__(self, signer: StockSigner) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        font = places.resource("fonts", "letters") / "NotoSans-Regular.ttf"
        pdfmetrics.registerFont(TTFont(_FONT, str(font)))
        self._signer = signer

    def make(self, letter: Letter) -> bytes:
        """Draw and sign one letter."""
        return self._signer.signed(_drawn(letter))


def _drawn(letter: Letter) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = ParagraphStyle("plain", fontName=_FONT, fontSize=10, leading=13)
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph(escape(t), style) for t in texts_of(letter)])
    return out.getvalue()
