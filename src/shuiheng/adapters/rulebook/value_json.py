"""Values of rules as JSON and back, and the hash by which a check knows the value that it is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shuiheng.adapters.rulebook.parameter_values import read_value
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.rules.parameter import DatedValue, Parameter, Value


def value_json(value: Value) -> Any:
    """Return a value as JSON; numbers are strings, so that they stay exact."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {name: value_json(part) for name, part in value.items()}
    return [value_json(part) for part in value]


def read_json_value(rule: Parameter, kept: object) -> Value:
    """Return the value that JSON tells, held against the shape and the fields of its rule.

    Raises:
        RulebookError: It has another shape, an unknown field, or a number that is none.
    """
    entry = Entry(kept, file=rule.id, line=1, lines={})
    return read_value(entry, rule)


def value_hash(value: DatedValue) -> str:
    """Return the hash of what a person held against the source: the value, its days, source and clause.

    `0.10` and `0.1` are the same number and have the same hash.
    """
    ends = value.valid_to.isoformat() if value.valid_to else ""
    days = [value.valid_from.isoformat(), ends]
    said = [_plain(value.value), *days, value.source, value.clause]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, str):
        return {"word": value}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value]
