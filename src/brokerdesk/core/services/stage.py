"""An open desk that any of its officers signs in to, on a clock that is set: for the walk and the demo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from brokerdesk.core.domain.errors import PlaceError
from brokerdesk.core.services.desk import Desk


class Opened(Protocol):
    """An open desk, as the wiring makes one."""

    desk: Desk

    def sign_in(self, officer_name: str, passphrase: str) -> Desk:
        """A desk for another officer on the same open store."""

    def close(self, *, back_up: bool = True) -> None:
        """Give the lock back."""


class OpenStage:
    """The stage of a walk: each officer's keys are unlocked once."""

    def __init__(
        self, opened: Opened, passphrases: Mapping[str, str], set_clock: Callable[[datetime], None]
    ) -> None:
        self._open, self._passphrases = opened, passphrases
        self._desks = {opened.desk.operator.name: opened.desk}
        self.set_clock = set_clock

    def as_officer(self, name: str) -> Desk:
        """The desk with that officer signed in.

        Raises:
            PlaceError: she has no passphrase here, or it is not hers.
        """
        if name not in self._desks:
            if name not in self._passphrases:
                raise PlaceError(f"There is no passphrase for {name}, so she cannot sign in.")
            self._desks[name] = self._open.sign_in(name, self._passphrases[name])
        return self._desks[name]

    def __enter__(self) -> OpenStage:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close(back_up=False)
