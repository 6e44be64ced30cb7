"""Keeps the person out of what goes to providers: cleans free text, and proves that nothing is left."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.care_setting import age_on
from brokerdesk.core.domain.errors import RuleError
from brokerdesk.core.domain.identifiers import is_valid_nhs_number, outcode, tidy_postcode
from brokerdesk.core.domain.identity_words import (
    ORDINARY,
    any_name,
    birth_pattern,
    contact_parts,
    district,
    fold,
    known_address,
    name_parts,
    traces_of,
    without_unseen,
)
from brokerdesk.core.domain.package import Need

THE_PERSON = "the person"
A_CONTACT = "a contact"
_CALLED = re.compile(rf"called {THE_PERSON}(?!\w)")
"""What is left of `likes to be called Elsie`; it would tell a provider nothing."""
_OLDEST = 90
_CHILD_BANDS = ((0, 4), (5, 9), (10, 15), (16, 17))
_EMAIL = re.compile(r"[^\s@<>(),;]{1,64}@[^\s@<>(),;]{1,255}\.[A-Za-z]{2,24}")
_PHONE = re.compile(r"(?<![\w+])(?:\+44[ \-.]?(?:\(0\))?|\(?0)[1-9](?:[ \-.()]{0,2}\d){7,9}(?!\d)")
_TEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-]*\d){9}(?!\d)")
_POSTCODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,2}\d[A-Za-z\d]?[ .\-]{0,3}\d[A-Za-z]{2}(?![A-Za-z0-9])")
_STREET = (
    "street|st|road|rd|lane|ln|avenue|ave|drive|dr|close|cl|crescent|cres|terrace|court|ct|gardens|gdns|grove|place"
    "|way|walk|row|mews|square|hill|view|rise|green|parade|house|flats"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:(?:flat|apartment|apt|unit) {0,3}\w{1,8},? {0,3})?"
    rf"\d{{1,5}}[a-z]?,? {{1,3}}(?:[A-Z][\w'’]{{0,40}},? {{1,3}}){{1,4}}(?:{_STREET})\b\.?",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?:aged?:? *(?P<after>\d{1,3})(?!\d)|(?P<before>\d{1,3})[ \-]*(?:years?|yrs?|y)[ \-]*(?:old|o)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Portrait:
    """What providers are told of a person: a pen portrait, not an identity. Source: docs/rules.md R125."""

    cohort: str
    """`Adult` or `Child`."""
    age_band: str
    """`80 to 89`; `not stated` where the date of birth is not known."""
    outcode: str
    needs: tuple[str, ...]
    preferences: tuple[str, ...]
    """In sentences or lines, cleaned."""
    tasks: tuple[str, ...]


def portrait_of(need: Need, *, on: date) -> Portrait:
    """The person as providers may know them: age band, district and cleaned words. Source: R125."""
    lines = (line.strip() for line in need.preferences.splitlines())
    return Portrait(
        cohort=need.cohort.value.capitalize(),
        age_band=age_band(need.born_on, on=on),
        outcode=district(need),
        needs=tuple(cleaned(words, need) for words in need.needs),
        preferences=tuple(cleaned(line, need) for line in lines if line),
        tasks=tuple(cleaned(words, need) for words in need.tasks),
    )


def age_band(born_on: date | None, *, on: date) -> str:
    """The band of an age: tens for adults, `90 or over`, finer for children; `not stated` where not known."""
    return "not stated" if born_on is None else band_of_age(age_on(born_on, on))


def band_of_age(age: int) -> str:
    """The band in which an age lies."""
    for first, last in _CHILD_BANDS:
        if first <= age <= last:
            return f"{first} to {last}"
    if age >= _OLDEST:
        return f"{_OLDEST} or over"
    tens = age - age % 10
    return f"{max(18, tens)} to {tens + 9}"


def cleaned(text: str, need: Need) -> str:
    """Free text without what identifies the person or anyone's number, address or e-mail. Source: R125.

    Names become `the person` or `a contact`, full postcodes their district, exact ages their band.
    """
    return clean(text, need).text


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Free text as it may leave, and what was taken out of it."""

    text: str
    taken_out: tuple[str, ...]
    """In words, once for each place: `name`, `postcode`; never the words themselves."""


def clean(text: str, need: Need) -> Cleaned:
    """Take out what the desk knows and what looks like a number, address or e-mail. Source: R125."""
    text, taken = without_unseen(text), []

    def put(what: str, words: Callable[[str], str]) -> Callable[[str], str]:
        def noted(found: str) -> str:
            replaced = words(found)
            if replaced != found:
                taken.append(what)
            return replaced

        return noted

    for what, pattern, is_folded, words in _sweeps(need):
        sweep = put(what, words)
        if is_folded:
            text = _replaced(text, pattern, sweep)
        else:
            text = pattern.sub(lambda found, sweep=sweep: sweep(found[0]), text)  # type: ignore[misc]  # bound now
    return Cleaned(_CALLED.sub("called by a name of their own", text), tuple(taken))


Sweep = tuple[str, re.Pattern[str], bool, Callable[[str], str]]


def _sweeps(need: Need) -> tuple[Sweep, ...]:
    """What is looked for, in order: its name, its pattern, whether in folded text, what takes its place."""
    birth = need.born_on and birth_pattern(need.born_on)
    address = known_address(need)
    own, contacts = any_name(name_parts(need)), any_name(contact_parts(need))
    found: list[Sweep] = [
        ("e-mail address", _EMAIL, False, lambda _: "[e-mail removed]"),
        ("number", _TEN_DIGITS, False, lambda words: _without_nhs_number(words, need)),
    ]
    if birth:
        found.append(("date of birth", birth, True, lambda _: "[date of birth removed]"))
    found.append(("telephone number", _PHONE, False, lambda _: "[telephone removed]"))
    if address:
        found.append(("address", address, True, lambda _: "[address removed]"))
    found += [
        ("address", _ADDRESS, False, lambda _: "[address removed]"),
        ("postcode", _POSTCODE, False, _district_only),
        ("age", _AGE, False, _age_as_band),
    ]
    if own:
        parts = name_parts(need)
        found.append(("name", own, True, lambda words: _unnamed(words, parts, THE_PERSON)))
    if contacts:
        others = contact_parts(need)
        found.append(("contact’s name", contacts, True, lambda words: _unnamed(words, others, A_CONTACT)))
    return tuple(found)


def _replaced(text: str, pattern: re.Pattern[str], put: Callable[[str], str]) -> str:
    """Replace in the text what the pattern finds in its folded copy, which is as long."""
    pieces, at = [], 0
    for found in pattern.finditer(fold(text)):
        pieces += [text[at : found.start()], put(text[found.start() : found.end()])]
        at = found.end()
    return "".join((*pieces, text[at:]))


def _unnamed(words: str, parts: tuple[str, ...], instead: str) -> str:
    """The name taken out, unless it is one ordinary word in small letters: `she may need help` of Mrs May."""
    is_ordinary = fold(words) in ORDINARY and words == words.lower()
    return words if is_ordinary and fold(words) in parts else instead


def _without_nhs_number(words: str, need: Need) -> str:
    digits = re.sub(r"\D", "", words)
    own = need.nhs_number is not None and digits == re.sub(r"\D", "", need.nhs_number)
    return "[number removed]" if own or is_valid_nhs_number(digits) else words


def _district_only(words: str) -> str:
    postcode = tidy_postcode(re.sub(r"[.\-]", "", words))
    return words if postcode is None else outcode(postcode)


def _age_as_band(words: str) -> str:
    digits = re.search(r"\d+", words)
    return f"aged {band_of_age(int(digits[0]))}" if digits else words


def identity_left(text: str, need: Need, *, own_words: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What identifies the person in a text that is to leave the desk: `name`, `NHS number`, `postcode` ...

    Hard block 11: the words of every finished file are looked through before it goes out. A name that is an
    ordinary word (May, Person) counts where a title or the other names stand with it.

    Args:
        text: all words of the finished paper, in their reading order.
        need: whose identity it is.
        own_words: phrases that the paper says for itself, such as the council's and the framework's name.

    Returns:
        What was found, each once, in a fixed order; empty where nothing was. Source: docs/rules.md R125.
    """
    searched = " ".join(fold(without_unseen(text)).split())
    for phrase in sorted(own_words, key=len, reverse=True):
        said = " ".join(fold(phrase).split())
        searched = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", " ", searched) if said else searched
    found = [trace.what for trace in traces_of(need) if trace.pattern.search(searched)]
    return tuple(dict.fromkeys(found))


def refuse_what_sheets_leave_out(words: str, need: Need) -> None:
    """Refuse a broker's own words to all who were asked that hold what a sheet would have taken out.

    Anyone's number, address or e-mail, not only those that the desk knows. Source: docs/rules.md R125.

    Raises:
        RuleError: with what stands in them, not with the words themselves.
    """
    found = [what for what in clean(words, need).taken_out if what != "age"]
    if found:
        raise RuleError(
            f"Everyone who was asked would read this {' and '.join(dict.fromkeys(found))}. Take it out of "
            "your words, then try again.",
            rule="R125",
        )


def refuse_identity(text: str, need: Need, *, own_words: tuple[str, ...] = ()) -> None:
    """Refuse a paper that would tell who the person is. Source: docs/rules.md R125, hard block 11.

    Raises:
        RuleError: with what stands in it, not with the words themselves.
    """
    found = identity_left(text, need, own_words=own_words)
    if found:
        raise RuleError(
            f"The paper for providers would show the person’s {' and '.join(found)}. "
            "Take it out of the needs, tasks or preferences, then try again.",
            rule="R125",
        )
