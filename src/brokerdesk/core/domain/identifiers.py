"""Numbers and codes that identify people, places and companies: how they are read, checked and shown."""

from __future__ import annotations

import re

_NHS = re.compile(r"[0-9]{10}")
_VAT = re.compile(r"(?:GB)?([0-9]{9})(?:[0-9]{3})?")
_POSTCODE = re.compile(
    r"(?P<out>[A-PR-UWYZ](?:[0-9]{1,2}|[0-9][A-Z]|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][A-Z]))"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2})"
)
_NO_FIXED_ABODE = re.compile(r"(?P<out>ZZ99)(?P<inward>[0-9][A-Z]{2})")
_CQC = re.compile(r"1-[0-9]{6,12}|[A-Z0-9]{3,6}")
_COMPANY = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|(?:IP|SP|RS)[A-Z0-9]{6}|R0[0-9]{6}")


def _without_spaces(text: str) -> str:
    return "".join(text.split())


def postal_lines(address: tuple[str, ...], postcode: str) -> tuple[str, ...]:
    """An address as it stands on an envelope: a line for each part, the postcode last and only once.

    A comma ends a part, but not after a number: `Flat 2, 14 Elm Close, Demoton` is two lines.
    """
    code = r"\s*".join(map(re.escape, _without_spaces(postcode)))
    ending = re.compile(rf"(?:^|[\s,]+){code}[\s,.]*$", re.IGNORECASE)
    parts = (part for line in address for part in re.split(r"(?<!\d),", ending.sub("", line)))
    return (*filter(None, (part.strip(" ,") for part in parts)), postcode)


def tidy_nhs_number(text: str) -> str:
    """The number without its spaces and hyphens, as it is kept. Source: docs/rules.md R149."""
    return _without_spaces(text).replace("-", "")


def nhs_check_digit(first_nine: str) -> int | None:
    """The tenth digit that belongs to nine digits; none where no number begins so.

    Source: docs/rules.md R149.
    """
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), first_nine, strict=True))
    check = 11 - total % 11
    return {11: 0, 10: None}.get(check, check)


def is_valid_nhs_number(text: str) -> bool:
    """Whether it has ten digits and the tenth is the check digit. Source: docs/rules.md R149."""
    digits = tidy_nhs_number(text)
    return bool(_NHS.fullmatch(digits)) and nhs_check_digit(digits[:9]) == int(digits[9])


def show_nhs_number(text: str) -> str:
    """As people read it, in groups of 3, 3 and 4. Source: docs/rules.md R149."""
    digits = tidy_nhs_number(text)
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def is_test_nhs_number(text: str) -> bool:
    """Whether it lies in the 999 range, which is never given to a person. Source: docs/rules.md R149."""
    return tidy_nhs_number(text).startswith("999")


def is_valid_vat_number(text: str) -> bool:
    """Whether the last two digits check, in the old or the 9755 series; a branch number by its first nine.

    Source: docs/rules.md R154.
    """
    found = _VAT.fullmatch(_without_spaces(text).upper())
    if not found:
        return False
    digits = found.group(1)
    weighted = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), digits[:7], strict=True))
    return any((weighted + series + int(digits[7:])) % 97 == 0 for series in (0, 55))


def tidy_postcode(text: str) -> str | None:
    """The postcode as `WN5 9AA`, whatever its case and spacing; none where it is not one.

    ZZ99 codes (no fixed abode) are postcodes too. Source: docs/rules.md R155.
    """
    written = _without_spaces(text).upper()
    found = _NO_FIXED_ABODE.fullmatch(written) or _POSTCODE.fullmatch(written)
    return f"{found['out']} {found['inward']}" if found else None


def outcode(postcode: str) -> str:
    """The postcode district, which may leave the council in a request. Source: docs/rules.md R125, R155."""
    return _without_spaces(postcode).upper()[:-3]


def is_usual_cqc_id(text: str) -> bool:
    """Whether it has the usual shape of a CQC provider or location id; others are warned of, never refused.

    Source: docs/rules.md R150.
    """
    return bool(_CQC.fullmatch(text))


def tidy_company_number(text: str) -> str | None:
    """The company number in capitals and eight places (lost zeros put back); none where it is not one.

    Source: docs/rules.md R152.
    """
    number = _without_spaces(text).upper()
    if number.isascii() and number.isdigit():
        number = number.zfill(8)
    return number if _COMPANY.fullmatch(number) else None
