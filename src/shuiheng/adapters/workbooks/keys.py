"""Digests by which a caller knows a file, a row and its content again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from shuiheng.adapters.containers.stamp import FoundStamp
from shuiheng.adapters.workbooks.checked import CheckedRow
from shuiheng.adapters.workbooks.template import Row, Template, Value


def row_key(template: Template, values: Row) -> str:
    """Return the digest of the key columns: the same row has it in every file."""
    return _digest([template.id, *(_plain(values.get(key)) for key in template.keys)])


def row_digest(template: Template, values: Row, reason: str) -> str:
    """Return the digest of all values of a row."""
    words = [_plain(values.get(column.key)) for column in template.columns]
    return _digest([template.id, *words, reason])


def table_key(template: Template, stamp: FoundStamp | None, rows: Iterable[CheckedRow]) -> str:
    """Return the digest of a whole return, whatever the file looks like."""
    whose = [stamp.unit, stamp.period] if stamp is not None else ["", ""]
    return _digest([template.id, *whose, *sorted(row.digest for row in rows)])


def _plain(value: Value) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _digest(words: list[str]) -> str:
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode("utf-8")).hexdigest()
