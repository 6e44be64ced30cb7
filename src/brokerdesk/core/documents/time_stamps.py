"""Asks the council's time-stamp service, and nobody else, to vouch for a moment."""

from __future__ import annotations

import asyncio
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

ROOM = 24_000
"""Hex digits kept for one token: a service sends its certificates along."""
_WAIT_SECONDS = 8
_QUIET_SECONDS = 60
"""After a service did not answer it is not asked again for so long, so that a batch is not held up "
"by it."""
_LARGEST = 64 * 1024
"""Bytes of an answer; a token has a few thousand."""


class UnreachableError(Exception):
    """The service did not answer, or not with a time stamp."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """The address in the settings is the only one that is ever asked."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nobody elsewhere."""


class TimeStampService(TimeStamper):
    """One service, asked over HTTP or HTTPS. Source: docs/rules.md R145.

    Args:
        address: from the settings.
    """

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # no annotations there
        self.address = address
        self._quiet_until = 0.0
        self._opener = urllib.request.build_opener(_StayHere)

    @property
    def is_awake(self) -> bool:
        """Whether it is worth asking now."""
        return time.monotonic() >= self._quiet_until

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Ask; off the event loop, because the answer is waited for."""
        return await asyncio.to_thread(self._ask, req.dump())

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over a digest.

        Raises:
            UnreachableError: no answer, or none that is a time stamp of this digest.
        """
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed
            if stamped["message_imprint"]["hashed_message"].native != message_digest:
                raise TimestampRequestError("the token is of something else")
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as why:
            self._quiet_until = time.monotonic() + _QUIET_SECONDS
            raise UnreachableError(str(why)) from why
        return token

    def _ask(self, question: bytes) -> tsp.TimeStampResp:
        if urlsplit(self.address).scheme not in ("http", "https"):
            raise TimestampRequestError("the address is not one of the web")
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at above
            self.address,
            data=question,
            headers={"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"},
        )
        with self._opener.open(request, timeout=_WAIT_SECONDS) as answer:
            return tsp.TimeStampResp.load(answer.read(_LARGEST))
