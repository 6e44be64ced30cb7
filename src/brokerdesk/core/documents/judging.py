"""The one module that reads signatures with pyHanko: facts of each signature, no judgement of trust."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, core, parser
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from brokerdesk.core.documents.certificates import common_name, may_sign
from brokerdesk.core.documents.pades import silence_pyhanko
from brokerdesk.core.documents.signature_facts import SignatureFacts

_ANY_USE = KeyUsageConstraints(key_usage=set())
_SIGNED_DATA = ((0, 2), (0, 17), (0, 16), (2, 0), (0, 17))
"""Class and tag of a signature's parts: version, digests, content, certificates, signers."""
_WITH_LISTS = (*_SIGNED_DATA[:4], (2, 1), _SIGNED_DATA[4])
"""The same with lists of revoked certificates, as a time-stamp service may send along."""
_SIGNER = ((0, 2), (0, 16), (0, 16), (2, 0), (0, 16), (0, 4))
"""Of a signer's: version, name, digest, what is signed, algorithm, the bare signature."""
_WITH_MORE = (*_SIGNER, (2, 1))
"""The same with what is added without being signed; any other part would be passed over in silence."""
_LATER = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
"""What may follow a signature where it allows it; a time stamp itself allows or forbids nothing further."""


def read_signatures(pdf: bytes) -> tuple[SignatureFacts, ...]:
    """Every signature and time stamp, oldest first; anything unreadable raises whatever pyHanko raises."""
    silence_pyhanko()
    reader = PdfFileReader(BytesIO(pdf))
    return tuple(
        _time_stamp(found, pdf) if found.sig_object_type == "/DocTimeStamp" else _facts(found, pdf)
        for found in reader.embedded_signatures
    )


def _facts(found: Any, pdf: bytes) -> SignatureFacts:
    nowhere = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_signature(
        found, signer_validation_context=nowhere, ts_validation_context=nowhere, key_usage_settings=_ANY_USE
    )
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    signed_at = status.signer_reported_dt
    stamp = status.timestamp_validity
    return SignatureFacts(
        signer=common_name(certificate.subject),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        signed_at=signed_at,
        is_intact=bool(status.intact and status.valid and (stamp is None or (stamp.intact and stamp.valid))),
        is_tight=_is_tight(found, pdf, _is_plain if found.docmdp_level is not None else _is_a_providers),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        later_changes_allowed=_allows_what_followed(status),
        is_certified=found.docmdp_level is not None,
        was_in_date=_was_in_date(certificate, signed_at),
        may_sign=may_sign(certificate),
        field=str(found.field_name),
        ends_at=_end_of(found),
        stamped_at=stamp.timestamp if stamp is not None else None,
        runs_out_at=certificate.not_valid_after_utc,
    )


def _time_stamp(found: Any, pdf: bytes) -> SignatureFacts:
    nowhere = ValidationContext(trust_roots=[], allow_fetching=False)
    status = validate_pdf_timestamp(found, validation_context=nowhere)
    certificate = x509.load_der_x509_certificate(status.signing_cert.dump())
    return SignatureFacts(
        signer=common_name(certificate.subject),
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
        signed_at=status.timestamp,
        is_intact=bool(status.intact and status.valid),
        is_tight=_is_tight(found, pdf, _is_plain_token),
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        later_changes_allowed=_covers(status) or status.modification_level in _LATER,
        is_certified=False,
        was_in_date=_was_in_date(certificate, status.timestamp),
        may_sign=True,
        field=str(found.field_name),
        ends_at=_end_of(found),
        stamped_at=status.timestamp,
        runs_out_at=certificate.not_valid_after_utc,
        is_time_stamp=True,
    )


def _was_in_date(certificate: x509.Certificate, at: datetime | None) -> bool:
    return at is not None and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _end_of(found: Any) -> int:
    _, _, second_start, second_length = (int(edge) for edge in found.byte_range)
    return second_start + second_length


def _allows_what_followed(status: Any) -> bool:
    return _covers(status) or (bool(status.docmdp_ok) and status.modification_level in _LATER)


def _covers(status: Any) -> bool:
    return status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def _is_tight(found: Any, pdf: bytes, is_plain: Callable[[cms.SignedData], bool]) -> bool:
    """Whether the hole left unsigned holds the signature and noughts, in one spelling, and no more."""
    _, first_end, second_start, _ = (int(edge) for edge in found.byte_range)
    hole = pdf[first_end:second_start]
    written = re.fullmatch(rb"<((?:[0-9a-f]{2})+|(?:[0-9A-F]{2})+)>", hole)
    if written is None:
        return False
    der = bytes.fromhex(written[1].decode())
    exact = der[: parser.peek(der)]
    if der[len(exact) :].strip(b"\0") or not _is_whole(exact):
        return False
    return is_plain(cms.ContentInfo.load(exact)["content"])


def _is_whole(values: bytes) -> bool:
    """Whether nested values fill their lengths exactly, with no padding among them."""
    at = 0
    while at < len(values):
        size = parser.peek(values[at:])
        kind, method, tag, _, inner, _ = parser.parse(values[at : at + size], strict=True)
        if (kind, tag) == (0, 0) or (method == 1 and not _is_whole(inner)):
            return False
        at += size
    return True


def _is_plain(content: cms.SignedData) -> bool:
    """Whether the parts of the council's signature that it does not itself sign are what they must be."""
    return _is_sound(content) and content["version"].native == "v1" and len(content["certificates"]) == 1


def _is_a_providers(content: cms.SignedData) -> bool:
    """Whether a signature made in any other program is as plain; it may send along who issued its own."""
    return _is_sound(content) and content["version"].native in ("v1", "v3")


def _is_sound(content: cms.SignedData) -> bool:
    info = content["signer_infos"][0]
    algorithm = info["digest_algorithm"]
    held = [x509.load_der_x509_certificate(entry.chosen.dump()) for entry in content["certificates"]]
    own = [one for one in held if _is_named(one, info["sid"].chosen)]
    return (
        [entry.dump() for entry in content["digest_algorithms"]] == [algorithm.dump()]
        and _takes_no_parameters(algorithm)
        and _takes_known_parameters(info["signature_algorithm"])
        and info["version"].native == "v1"
        and len(content["signer_infos"]) == len(own) == 1
        and _parts_of(content) == _SIGNED_DATA
        and _parts_of(info) in (_SIGNER, _WITH_MORE)
        and all(_belongs(one, held) for one in held if one is not own[0])
        and _adds_only_a_token(info["unsigned_attrs"])
    )


def _adds_only_a_token(unsigned: Any) -> bool:
    """Whether nothing is added to a signature without being signed, but for one plain time stamp."""
    if isinstance(unsigned, core.Void):
        return True
    return (
        len(unsigned) == 1
        and unsigned[0]["type"].native == "signature_time_stamp_token"
        and len(unsigned[0]["values"]) == 1
        and _is_plain_token(unsigned[0]["values"][0]["content"])
    )


def _is_plain_token(content: cms.SignedData) -> bool:
    """Whether a time stamp is as plain; its service may send along the certificates of its issuers."""
    info = content["signer_infos"][0]
    algorithm = info["digest_algorithm"]
    held = [x509.load_der_x509_certificate(entry.chosen.dump()) for entry in content["certificates"]]
    own = [one for one in held if _is_named(one, info["sid"].chosen)]
    return (
        [entry.dump() for entry in content["digest_algorithms"]] == [algorithm.dump()]
        and _takes_no_parameters(algorithm)
        and _takes_no_parameters(info["signature_algorithm"])
        and content["version"].native == "v3"
        and info["version"].native == "v1"
        and len(content["signer_infos"]) == len(own) == 1
        and _parts_of(content) in (_SIGNED_DATA, _WITH_LISTS)
        and _parts_of(info) == _SIGNER
        and isinstance(info["unsigned_attrs"], core.Void)
        and all(_belongs(one, held) for one in held if one is not own[0])
    )


def _parts_of(value: core.Sequence) -> tuple[tuple[int, int], ...]:
    """Class and tag of each value directly inside another."""
    values, at, found = value.contents, 0, []
    while at < len(values):
        size = parser.peek(values[at:])
        kind, _, tag, _, _, _ = parser.parse(values[at : at + size])
        found.append((kind, tag))
        at += size
    return tuple(found)


def _is_named(certificate: x509.Certificate, identifier: Any) -> bool:
    return bool(
        certificate.serial_number == identifier["serial_number"].native
        and certificate.issuer.public_bytes() == identifier["issuer"].dump()
    )


def _belongs(issuer: x509.Certificate, held: list[x509.Certificate]) -> bool:
    """Whether a certificate that came along vouches for another, and is as its own issuer signed it."""
    vouches = any(_issued(one, issuer) for one in held if one is not issuer)
    above = [one for one in held if one.subject == issuer.issuer]
    return vouches and all(_issued(issuer, one) for one in above)


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _takes_known_parameters(algorithm: cms.SignedDigestAlgorithm) -> bool:
    """Whether an algorithm has no parameters, or those of RSA-PSS, which are checked with the signature."""
    return algorithm["algorithm"].native == "rsassa_pss" or _takes_no_parameters(algorithm)


def _takes_no_parameters(algorithm: cms.DigestAlgorithm | cms.SignedDigestAlgorithm) -> bool:
    """Whether an algorithm stands alone or with NULL, the two spellings that readers treat alike."""
    name = algorithm["algorithm"].dump()
    return algorithm.contents in (name, name + core.Null().dump())
