"""Reads the hole of a signature in one step; pyHanko reads it digit by digit, thousands of them, many times.

WORKAROUND: may go when pyHanko reads such strings in one step.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from typing import Any

from pyhanko.pdf_utils import generic

_PLAIN = re.compile(rb"<((?:[0-9A-Fa-f]{2})*)>")
_MOST = 1 << 16
"""Bytes that are looked at in one step; longer strings are read by pyHanko."""
_digit_by_digit = generic.read_hex_string_from_stream


def read_signatures_in_one_step() -> None:
    """From now on pyHanko reads plain strings of hex digits at once; a second call changes nothing."""
    generic.read_hex_string_from_stream = read_hex_string


def read_hex_string(stream: Any) -> Any:
    """The string that begins here; one with anything but whole pairs of digits in it is left to pyHanko.

    Args:
        stream: stands at the `<`; afterwards behind the `>`.
    """
    start = stream.tell()
    found = _PLAIN.match(stream.read(_MOST))
    if found is None:
        stream.seek(start)
        return _digit_by_digit(stream)
    stream.seek(start + found.end())
    return generic.pdf_string(unhexlify(found[1]))
