"""A council's standard paragraphs, with places for facts that are checked before a letter is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from brokerdesk.core.domain.errors import InputError, InputProblem
from brokerdesk.core.domain.letter import LetterKind

_PLACE = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Wordings:
    """The standard paragraphs of one kind of letter."""

    kind: LetterKind
    paragraphs: Mapping[str, str]
    """Text by the paragraph's name; `{name}` marks where a fact goes."""

    def say(self, paragraph: str, facts: Mapping[str, str]) -> str:
        """The paragraph with its facts in place; a brace inside a fact stays what it is."""
        return _PLACE.sub(lambda place: facts[place[1]], self.paragraphs[paragraph])


def check_wordings(wordings: Wordings, *, names: frozenset[str], variables: frozenset[str]) -> None:
    """Refuse paragraphs that a letter could not use.

    Args:
        wordings: what the council's file says.
        names: the paragraphs that the letter prints.
        variables: the facts that the letter can put in.

    Raises:
        InputError: a paragraph is missing or unknown, a variable is unknown, or a brace stands alone.
    """
    problems = [
        InputProblem(None, name, "nothing", "this paragraph")
        for name in sorted(names - set(wordings.paragraphs))
    ]
    for name, text in wordings.paragraphs.items():
        if name not in names:
            problems.append(InputProblem(None, name, name, _one_of(name, names)))
        problems.extend(_problems_in(name, text, variables))
    if problems:
        first = problems[0]
        raise InputError(
            f"The standard paragraphs for the {wordings.kind.value} letter cannot be used: in "
            f"“{first.column}”, {first.found} was found where {first.wanted} is wanted. "
            "Correct the file and try again.",
            problems=tuple(problems),
        )


def _problems_in(name: str, text: str, variables: frozenset[str]) -> list[InputProblem]:
    problems = [
        InputProblem(None, name, f"{{{found}}}", _one_of(found, variables))
        for found in _PLACE.findall(text)
        if found not in variables
    ]
    if re.search(r"[{}]", _PLACE.sub("", text)):
        problems.append(
            InputProblem(None, name, "a brace on its own", "braces only around a name, as in {lot}")
        )
    return problems


def _one_of(found: str, known: frozenset[str]) -> str:
    near = difflib.get_close_matches(found, sorted(known), n=1)
    return f"{{{near[0]}}} (the nearest name)" if near else "one of " + ", ".join(sorted(known))
