"""What the desk knows that identifies a person, as patterns that find it in any usual spelling."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from brokerdesk.core.domain.identifiers import outcode, show_nhs_number, tidy_nhs_number, tidy_postcode
from brokerdesk.core.domain.package import Contact, Need

_WORDS = (
    "adult age april august away bank bath bed best bill birch black borough bridge brook brown care "
    "carer chance child church city close cook cost council court cross dale dawn day demo drew drink "
    "east end ends faith field fields first forest frank free friday friend gate gay good grace grant "
    "gray green grey hall hand hart heath help hill home hope hour hours house joy june king lake lane "
    "law lee letter little lodge long lot love major man march mark marsh may mayor mead meadow mile "
    "miles mill monday moon moor moss need needs new night noble north oak offer old page parish park "
    "pat people person pike place pool power price priest provider quick rate read reed rich river rose "
    "ruby sale saturday service sharp shore short south spring start state steel stone street summer "
    "sunday sunny sure test thorn thursday tier town tuesday visit visits ward way wednesday week well "
    "wells west white wild will winter wise woman wood woods work worth young "
)
ORDINARY = frozenset(_WORDS.split())
"""Words that are names too: alone they count only with a capital in free text, never in our own wording."""
_EDGE, _EDGE_AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Where a word begins and ends; an underscore is no letter of a name."""
_LEAST = 2
_LEAST_DIGITS = 6
_TITLES = r"(?:mr|mrs|ms|miss|mx|dr|sir|dame|lady|lord|rev)\.?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that identifies the person, and how it is found in folded text."""

    what: str
    """In words: `family name`."""
    pattern: re.Pattern[str]


def without_unseen(text: str) -> str:
    """The text in NFC without what nobody sees and what would part a name: soft hyphens, joiners, marks."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")


def fold(text: str) -> str:
    """Lower case without accents, quotes alike; as long as the NFC text, so that places stay comparable."""
    return "".join(_fold_character(character) for character in unicodedata.normalize("NFC", text))


def _fold_character(character: str) -> str:
    if character in "’‘ʼ`´":  # noqa: RUF001 - the quotes that people type are what is folded
        return "'"
    if character in "‐‑‒–−":  # noqa: RUF001 - so are the dashes
        return "-"
    if character.isspace():
        return " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def name_parts(need: Need) -> tuple[str, ...]:
    """Every part of both names with two letters or more, folded, the longest first."""
    return parts_of(need.person_name)


def contact_parts(need: Need) -> tuple[str, ...]:
    """The same of the names of those close to the person, without what is in her own."""
    own, found = set(name_parts(need)), {part for held in need.contacts for part in parts_of(held.name)}
    return tuple(sorted(found - own, key=lambda part: (-len(part), part)))


def parts_of(name: str) -> tuple[str, ...]:
    """Every part of a name with two letters or more, folded, the longest first."""
    found: set[str] = set()
    for word in fold(name).split():
        found.update((word, *word.split("-")))
    return tuple(sorted((part for part in found if len(part) >= _LEAST), key=lambda part: (-len(part), part)))


def _alternatives(parts: tuple[str, ...]) -> str:
    return "|".join(re.escape(part) for part in parts)


def any_name(parts_known: tuple[str, ...]) -> re.Pattern[str] | None:
    """Titles and names that stand together, as one run; none where no name is known."""
    parts = _alternatives(parts_known)
    if not parts:
        return None
    return re.compile(rf"{_EDGE}(?:{_TITLES} +)?(?:{parts})(?:[ -]+(?:{parts}))*{_EDGE_AFTER}")


def traces_of(need: Need) -> tuple[Trace, ...]:
    """Everything by which our own papers would give the person away. Source: docs/rules.md R125."""
    contacts = (trace for held in need.contacts for trace in _contact_traces(held))
    own = (*_number_traces(need), *_place_traces(need), *_birth_traces(need))
    return (*_name_traces("name", need.person_name), *own, *_reach_traces(need), *contacts)


def _name_traces(what: str, name: str) -> tuple[Trace, ...]:
    parts = parts_of(name)
    telling = tuple(part for part in parts if part not in ORDINARY)
    alone = [Trace(what, re.compile(rf"{_EDGE}(?:{_alternatives(telling)}){_EDGE_AFTER}"))] if telling else []
    if not parts:
        return ()
    run, names = _alternatives(parts), fold(name).split()
    titled = Trace(what, re.compile(rf"{_EDGE}{_TITLES} +(?:{run}){_EDGE_AFTER}"))
    whole = [Trace(what, _spelled(" ".join(names)))] if len(names) > 1 else []
    return (*alone, titled, *whole)


def _contact_traces(held: Contact) -> tuple[Trace, ...]:
    """By name only in full or with a title where every part is an ordinary word, as for the person."""
    return (*_name_traces("contact’s name", held.name), *_ways_to_reach(held.telephone, held.email))


def _reach_traces(need: Need) -> tuple[Trace, ...]:
    street = known_address(need)
    known = [Trace("address", street)] if street else []
    return (*known, *_ways_to_reach(need.telephone, need.email))


def known_address(need: Need) -> re.Pattern[str] | None:
    """The first line of the person's address in folded text, whatever its commas; none where not known."""
    words = re.findall(r"[^\s,]+", fold(need.address[0])) if need.address else []
    if not words:
        return None
    return re.compile(r"(?<!\w)" + r"[ ,]+".join(re.escape(word) for word in words) + r"(?!\w)")


def _ways_to_reach(telephone: str, email: str) -> tuple[Trace, ...]:
    digits = re.sub(r"\D", "", telephone)
    found = [Trace("telephone number", _digits(digits))] if len(digits) >= _LEAST_DIGITS else []
    if email.strip():
        found.append(Trace("e-mail address", re.compile(re.escape(fold(email.strip())))))
    return tuple(found)


def _spelled(words: str) -> re.Pattern[str]:
    return re.compile(_EDGE + r"[ \-]+".join(re.escape(word) for word in words.split()) + _EDGE_AFTER)


def _digits(number: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\d)" + r"[ .\-]*".join(number) + r"(?!\d)")


def _number_traces(need: Need) -> tuple[Trace, ...]:
    if not need.nhs_number:
        return ()
    return (Trace("NHS number", _digits(tidy_nhs_number(need.nhs_number))),)


def _place_traces(need: Need) -> tuple[Trace, ...]:
    postcode = tidy_postcode(need.postcode)
    if postcode is None:
        return ()
    outward, inward = fold(postcode).split()
    return (Trace("postcode", re.compile(rf"(?<!\w){outward}[ .\-]*{inward}(?!\w)")),)


def _birth_traces(need: Need) -> tuple[Trace, ...]:
    return () if need.born_on is None else (Trace("date of birth", birth_pattern(need.born_on)),)


def birth_pattern(born_on: date) -> re.Pattern[str]:
    """A date of birth as figures in either order, or with the month in words."""
    day, month = f"0?{born_on.day}(?:st|nd|rd|th)?", f"0?{born_on.month}"
    year = f"(?:{born_on.year}|'?{born_on.year % 100:02d})"
    word, gap = rf"{_MONTHS[born_on.month - 1]}[a-z]*\.?", r"[ /.,\-]+(?:of +)?"
    ways = (
        rf"{day}{gap}{month}{gap}{year}",
        rf"{month}{gap}{day}{gap}{year}",
        rf"{born_on.year}{gap}{month}{gap}{day}",
        rf"{day}{gap}{word}{gap}{year}",
        rf"{word}{gap}{day}{gap}{year}",
        f"{born_on:%d%m%Y}",
        f"{born_on:%Y%m%d}",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def private_words(need: Need) -> tuple[str, ...]:
    """The same things as plain words; names that are ordinary words stand only in full."""
    telling = tuple(part for part in name_parts(need) if part not in ORDINARY)
    whole = (need.person_name,) if " " in need.person_name else ()
    nhs = (tidy_nhs_number(need.nhs_number), show_nhs_number(need.nhs_number)) if need.nhs_number else ()
    postcode = tidy_postcode(need.postcode)
    place = (postcode, postcode.replace(" ", "")) if postcode else ()
    born = need.born_on
    spelled = () if born is None else (f"{born:%d/%m/%Y}", born.isoformat(), f"{born.day} {born:%B %Y}")
    return (*whole, *telling, *nhs, *place, *spelled)


def district(need: Need) -> str:
    """The postcode district, all of the place that may leave. Source: docs/rules.md R125."""
    return outcode(need.postcode)
