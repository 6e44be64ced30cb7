"""Columns as the changes of the schema write them: named by what they hold."""

from __future__ import annotations

from functools import partial
from typing import Any

import sqlalchemy as sa


def column(
    kind: type[Any], name: str, *, key: bool = False, unique: bool = False, blank: bool = False,
    filled: str | None = None,
) -> sa.Column[Any]:
    """A column of a new table, or of an old one: `filled` is what the rows there already have in it."""
    is_bytes = filled is not None and kind is sa.LargeBinary
    # SQLite keeps a default of '' in a column of bytes as text, which no program can write back as bytes.
    before = sa.text(f"x'{filled.encode().hex()}'") if filled is not None and is_bytes else filled
    return sa.Column(
        name, kind(), primary_key=key, unique=unique or None, nullable=blank, server_default=before
    )


text = partial(column, sa.Text)
whole = partial(column, sa.BigInteger)
count = partial(column, sa.Integer)
flag = partial(column, sa.Boolean)
number = partial(column, sa.Float)
binary = partial(column, sa.LargeBinary)
