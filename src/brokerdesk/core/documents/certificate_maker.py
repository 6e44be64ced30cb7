"""Makes the certificates of a desk: the authority's own, and those that it issues to its officers."""

from __future__ import annotations

from datetime import datetime

from brokerdesk.core.domain.officer import Officer
from brokerdesk.core.ports import SigningKey

# An officer's certificate lasts about as long as a post; the authority's outlasts every letter's limitation
# period of six years by four.
_ISSUER_YEARS, _OFFICER_YEARS = 10, 3


class CertificateMaker:
    """Makes the certificates that an authority issues on its desk."""

    def make_authority(self, name: str, at: datetime) -> tuple[bytes, bytes]:
        """The authority's issuing key and its certificate, both PEM."""
        from brokerdesk.core.documents.certificates import make_desk_issuer

        made = make_desk_issuer(name, at=at, years=_ISSUER_YEARS)
        return made.key, made.certificate

    def make_officer(
        self, officer: Officer, *, authority: str, authority_key: bytes, authority_certificate: bytes,
        at: datetime,
    ) -> SigningKey:
        """An officer's signing key with a certificate that the authority issued."""
        from brokerdesk.core.documents.certificates import issue_officer_certificate
        from brokerdesk.core.domain.signing import DeskIssuer

        made = issue_officer_certificate(
            DeskIssuer(authority_certificate, authority_key), name=officer.name, post=officer.post,
            authority=authority, at=at, years=_OFFICER_YEARS,
        )
        return SigningKey(made.key, made.certificate, made.chain)
