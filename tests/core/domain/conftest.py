"""The shipped rulebook, as the tests of the domain are given it."""

from __future__ import annotations

from pathlib import Path

import pytest

from brokerdesk.core.domain.rulebook import Rulebook
from brokerdesk.core.exchange.rulebook_reader import read_rulebook


@pytest.fixture(scope="session")
def rulebook(project: Path) -> Rulebook:
    """The tables as they are shipped."""
    return read_rulebook(project / "resources" / "rulebook")
