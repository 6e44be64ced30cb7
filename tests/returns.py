"""What providers do with a letter: sign it, change it, print it; and a time-stamp service here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from brokerdesk.core.documents.certificates import issue_officer_certificate, make_desk_issuer
from brokerdesk.core.documents.hands import key_in_memory
from brokerdesk.core.documents.pades import HandSigner, _ClockedSigner
from brokerdesk.core.domain.letter_return import PROVIDER_FIELD
from brokerdesk.core.domain.signing import SigningIdentity

MANAGER = "Wren Oakapple"


def provider_identity(at: datetime, name: str = MANAGER) -> SigningIdentity:
    """A provider's own certificate, of an issuer that the council has never heard of."""
    above = make_desk_issuer("Wrenhollow Home Care", at=at, years=5)
    return issue_officer_certificate(
        above, name=name, post="Registered manager", authority="Wrenhollow Home Care", at=at, years=2
    )


def signed_by(
    pdf: bytes, identity: SigningIdentity, at: datetime, *, field: str = PROVIDER_FIELD
) -> bytes:
    """The letter with one more signature, as any program for PDF puts it there."""
    made = SigFieldSpec(field, on_page=0, box=(60, 60, 200, 100))
    is_there = field in (PROVIDER_FIELD, "Authority")
    details = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = _ClockedSigner(
        details,
        signer=HandSigner(identity, key_in_memory(identity)),
        new_field_spec=None if is_there else made,
        at=at,
    )
    out = BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def signed_in_another_program(
    pdf: bytes, at: datetime, *, name: str = MANAGER, pades: bool = False, pss: bool = False
) -> bytes:
    """The letter signed in the provider's field with a bought certificate: RSA, its whole chain sent along.

    As Acrobat and its like do it, by stock pyHanko and none of the project's own signer.
    """
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3)]
    names = [f"Trust Root of {name}", f"Trust Issuer of {name}", name]
    chain = [_certificate(names, keys, level, at) for level in range(3)]
    signer = signers.SimpleSigner(
        signing_cert=_asn1(chain[2]), signing_key=_asn1_key(keys[2]), prefer_pss=pss,
        cert_registry=_store([_asn1(one) for one in chain[:2]]),
    )  # fmt: skip
    details = signers.PdfSignatureMetadata(
        field_name=PROVIDER_FIELD, md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES if pades else SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
    )  # fmt: skip
    out = BytesIO()
    signers.PdfSigner(details, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=out)
    return out.getvalue()


def _certificate(
    names: list[str], keys: list[rsa.RSAPrivateKey], level: int, at: datetime
) -> x509.Certificate:
    above = max(0, level - 1)
    subject, issuer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[held])]) for held in (level, above)
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(keys[level].public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=30))
        .not_valid_after(at + timedelta(days=700))
        .add_extension(x509.BasicConstraints(ca=level < 2, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(keys[level].public_key()), critical=False)
    )
    return built.sign(keys[above], hashes.SHA256())


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _asn1_key(key: rsa.RSAPrivateKey) -> asn1_keys.PrivateKeyInfo:
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return asn1_keys.PrivateKeyInfo.load(plain)


def _store(certificates: list[asn1_x509.Certificate]) -> SimpleCertificateStore:
    held = SimpleCertificateStore()
    held.register_multiple(certificates)
    return held


def turned(pdf: bytes) -> bytes:
    """The first page turned on its side, as an update after signing."""
    from pyhanko.pdf_utils import generic

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    reference, _ = writer.find_page_for_modification(0)
    reference.get_object()["/Rotate"] = generic.NumberObject(90)
    writer.mark_update(reference)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned(pdf: bytes, *, dpi: int = 150, kind: str = "PNG", page: int = -1) -> bytes:
    """One page as a scanner makes a picture of it."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        index = page % len(document)
        picture = document[index].render(scale=dpi / 72, may_draw_forms=True).to_pil().convert("L")
    out = BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def scanned_pdf(pdf: bytes) -> bytes:
    """Every page as a picture, in a PDF as scanners write it."""
    from PIL import Image

    with_pages = len(list(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"]))
    pictures = [Image.open(BytesIO(scanned(pdf, page=number))) for number in range(with_pages)]
    out = BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


class LocalService:
    """A time-stamp service on this computer: counts who asks it."""

    def __init__(self, *, now: datetime | None = None) -> None:
        self.asked = 0
        self.address = ""
        key = rsa.generate_private_key(65537, 2048)
        moment = now or datetime.now(UTC)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Northmere time stamps")])
        certificate = (
            x509.CertificateBuilder(
                subject_name=name, issuer_name=name, public_key=key.public_key(), serial_number=11
            )
            .not_valid_before(moment - timedelta(days=400))
            .not_valid_after(moment + timedelta(days=4000))
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
            .sign(key, hashes.SHA256())
        )
        der = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self._stamper = DummyTimeStamper(
            tsa_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            tsa_key=asn1_keys.PrivateKeyInfo.load(der),
            certs_to_embed=SimpleCertificateStore(),
            fixed_dt=now,
        )

    def answer(self, question: bytes) -> bytes:
        """The answer to one question."""
        self.asked += 1
        found: bytes = self._stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        return found


@contextmanager
def time_stamp_service(now: datetime | None = None) -> Iterator[LocalService]:
    """A service that listens on this computer for as long as the block lasts."""
    service = LocalService(now=now)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = service.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Desk)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_port}/stamps"
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ec_key() -> ec.EllipticCurvePrivateKey:
    """A key as the desk makes them."""
    return ec.generate_private_key(ec.SECP256R1())
