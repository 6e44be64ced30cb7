"""Every act there is: importing this module fills `ACTS`."""

from __future__ import annotations

import importlib
import pkgutil

from brokerdesk.core import services
from brokerdesk.core.services.acts import ACTS, Act


def all_acts() -> dict[str, Act]:
    """Every act by name, in order of the alphabet."""
    for module in pkgutil.iter_modules(services.__path__):
        importlib.import_module(f"{services.__name__}.{module.name}")
    return dict(sorted(ACTS.items()))
