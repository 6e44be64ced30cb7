"""Every sentence on the screen passes through here, so that it can one day be said in another language."""

from __future__ import annotations

import gettext
from pathlib import Path

_DOMAIN = "brokerdesk"


class _Voice:
    """The language now spoken."""

    translation: gettext.NullTranslations = gettext.NullTranslations()
    """What turns English sentences into the user's; itself where there is nothing to turn."""


def speak(locale_folder: Path, *languages: str) -> None:
    """Speak the first of these languages that the folder knows, else English.

    Args:
        locale_folder: where `LANGUAGE/LC_MESSAGES/brokerdesk.mo` lie.
        languages: codes such as `cy`, most wanted first; none means English.
    """
    _Voice.translation = gettext.translation(_DOMAIN, locale_folder, languages or ["en"], fallback=True)


def say(text: str, **values: object) -> str:
    """A sentence in the user's language with its values filled in: `say("{count} rows", count=3)`.

    Values are shown as they are: braces inside a value stay braces. A text without values stays as written.
    """
    said = _Voice.translation.gettext(text)
    return said.format(**values) if values else said


def say_many(one: str, many: str, count: int, **values: object) -> str:
    """The sentence for one thing or for many: `say_many("{count} row", "{count} rows", 3)`."""
    return _Voice.translation.ngettext(one, many, count).format(count=count, **values)
