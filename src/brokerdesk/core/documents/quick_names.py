"""Prepares a name for comparison once; pyHanko compares signer and issuer several times for each signature.

WORKAROUND: may go when the library for certificates remembers what it prepared.
"""

from __future__ import annotations

from functools import lru_cache

from asn1crypto.x509 import NameTypeAndValue

_by_the_book = NameTypeAndValue._ldap_string_prep


def remember_names() -> None:
    """From now on the same words are prepared once; a second call changes nothing."""
    NameTypeAndValue._ldap_string_prep = lambda _, words: prepared(words)


@lru_cache(maxsize=256)
def prepared(words: str) -> str:
    """Words of a name, ready to be compared; the same as the library makes of them."""
    return str(_by_the_book(None, words))
