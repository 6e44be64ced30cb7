"""The one module that signs with pyHanko: PAdES B-B or B-T, certified, visible."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Any

from asn1crypto import algos, cms, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from brokerdesk.core.documents.fields import AUTHORITY
from brokerdesk.core.documents.hands import SigningHand
from brokerdesk.core.documents.quick_names import remember_names
from brokerdesk.core.documents.quick_reader import read_signatures_in_one_step
from brokerdesk.core.documents.quiet_writer import keep_files_as_drawn
from brokerdesk.core.documents.stamps import Stamp
from brokerdesk.core.documents.time_stamps import ROOM, TimeStampService, UnreachableError
from brokerdesk.core.domain.signing import SigningIdentity

keep_files_as_drawn()
remember_names()
read_signatures_in_one_step()

TIME_STAMP = "TimeStamp"
"""Name of the field that a later time stamp fills."""
_ONE_AT_A_TIME = Lock()
"""Letters take turns at the page that their stamps share."""
_ROOM = 1536
"""Bytes beside the certificate: bare signature, attributes, algorithm names."""


def silence_pyhanko() -> None:
    """Keep pyHanko's long object listings out of the log; what they mean comes back as a verdict."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class HandSigner(signers.Signer):
    """Signs by a hand, wherever its key lies: in memory or on a card."""

    def __init__(self, identity: SigningIdentity, hand: SigningHand) -> None:
        super().__init__(
            signing_cert=_certificate(identity.certificate),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # no annotations there
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": hand.mechanism}),
        )
        self.certificate_bytes = len(pem.unarmor(identity.certificate)[2])
        self._hand = hand
        self._around_digest: tuple[bytes, bytes] | None = None

    async def signed_attrs(
        self, data_digest: bytes, digest_algorithm: str, *args: Any, **settings: Any
    ) -> cms.CMSAttributes:
        """The attributes that are signed; from one letter to the next only the digest differs among them.

        They are built with the first letter and kept as bytes, because building them anew takes longer than
        signing. PAdES keeps the time of signing out of them.
        """
        if self._around_digest is None:
            made = await super().signed_attrs(data_digest, digest_algorithm, *args, **settings)
            before, after = made.dump().split(data_digest)
            self._around_digest = before, after
        return cms.CMSAttributes.load(data_digest.join(self._around_digest))

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The bare signature over data; SHA-256 throughout."""
        if digest_algorithm != "sha256":
            raise ValueError(digest_algorithm)
        return self._hand.sign(data)


class _ClockedSigner(signers.PdfSigner):
    """Takes the time of signing from its caller, not from the computer."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self._at
        return session


def has_field(letter: PdfHandler, name: str | None) -> bool:
    """Whether a letter carries an empty signature field of that name."""
    found = enumerate_sig_fields(letter, filled_status=False, with_name=name)
    return any(True for _ in found)


class NoFieldError(Exception):
    """The letter has no empty field of that name to sign in."""


class _StampPage(ImportedPdfPage):
    """A stamp drawn in memory; pyHanko's own class wants a file, and reads it anew for each letter."""

    def __init__(self, stamp: Stamp) -> None:
        super().__init__(file_name="")  # type: ignore[no-untyped-call]  # as above
        self._stamp = stamp

    def render(self) -> bytes:
        writer = self._ensure_writer
        with _ONE_AT_A_TIME:
            page = _read(self._stamp.page).root["/Pages"]["/Kids"][0]
            resources = writer.import_object(page["/Resources"])
            edges = [float(edge) for edge in page["/MediaBox"]]
        form = generic.StreamObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
                generic.pdf_name("/BBox"): generic.ArrayObject(map(generic.FloatObject, edges)),
                generic.pdf_name("/Resources"): resources,
            },
            stream_data=self._stamp.strokes,
        )
        form.compress()  # type: ignore[no-untyped-call]  # as above
        self.resources.xobject["/Stamp"] = writer.add_object(form)
        left, bottom, right, top = edges
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Stamp Do"


@lru_cache(maxsize=16)
def _read(page: bytes) -> PdfFileReader:
    """The page of a stamp; letters of one officer share it."""
    return PdfFileReader(BytesIO(page))


def certify(
    pdf: bytes,
    *,
    signer: HandSigner,
    at: datetime,
    stamp: Stamp,
    may_be_countersigned: bool,
    service: TimeStampService | None = None,
) -> bytes:
    """Sign and certify a letter in the council's field; the bytes before stay as they are.

    Raises:
        NoFieldError: it has no such field, or that is signed already.

    Source: docs/rules.md R145, R146.
    """
    details = signers.PdfSignatureMetadata(
        field_name=AUTHORITY,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS if may_be_countersigned else MDPPerm.NO_CHANGES,
    )
    if service is not None:
        try:
            return sign_field(pdf, details=details, signer=signer, at=at, stamp=stamp, service=service)
        except UnreachableError:
            pass  # it is signed without, marked as waiting, and stamped by a later revision
    return sign_field(pdf, details=details, signer=signer, at=at, stamp=stamp)


def sign_field(
    pdf: bytes,
    *,
    details: signers.PdfSignatureMetadata,
    signer: HandSigner,
    at: datetime,
    stamp: Stamp,
    service: TimeStampService | None = None,
) -> bytes:
    """Sign in a field that the letter already has, and fill it with the stamp.

    Raises:
        NoFieldError: it has no such field, or that is signed already.
    """
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    if not has_field(writer, details.field_name):
        raise NoFieldError
    clocked = _ClockedSigner(details, signer=signer, stamp_style=_style(stamp), at=at, timestamper=service)
    out = BytesIO()
    clocked.sign_pdf(
        writer,
        existing_fields_only=True,
        output=out,
        bytes_reserved=_room_for(signer) + (ROOM if service else 0),
    )
    return out.getvalue()


def stamp_time(pdf: bytes, service: TimeStampService) -> bytes:
    """Append a time stamp over all that stands there; the bytes before stay as they are.

    Raises:
        UnreachableError: the service does not answer.
    """
    stamper = signers.PdfTimeStamper(service, field_name=TIME_STAMP)
    out = BytesIO()
    stamper.timestamp_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), "sha256", bytes_reserved=ROOM, output=out)
    return out.getvalue()


def _room_for(signer: HandSigner) -> int:
    """Room for the signature in hex digits; told so, pyHanko need not sign twice to measure it."""
    return 2 * (signer.certificate_bytes + _ROOM)


def _style(stamp: Stamp) -> StaticStampStyle:
    middle = AxisAlignment.ALIGN_MID
    margins = Margins.uniform(0)  # type: ignore[no-untyped-call]  # as above
    layout = SimpleBoxLayoutRule(x_align=middle, y_align=middle, margins=margins)
    return StaticStampStyle(
        border_width=0, background=_StampPage(stamp), background_opacity=1.0, background_layout=layout
    )


def _certificate(pem_bytes: bytes) -> x509.Certificate:
    _, _, der = pem.unarmor(pem_bytes)
    return x509.Certificate.load(der)
