"""The lines of an export."""

from __future__ import annotations

import json
from collections.abc import Iterator

from audit.making import BEGAN, batches_of, event, exported
from shuiheng.audit import LoggedEvent, Seal, logged
from shuiheng.audit.canonical import canonical_text
from shuiheng.audit.export_form import LogHead, export_lines


def _lines(events: int = 60) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in exported(batches_of(events), unsealed=[logged(event(1))]).splitlines()
    ]


def test_a_log_is_head_seals_each_with_its_rows_the_unsealed_rows_and_an_end() -> None:
    kinds = [line["line"] for line in _lines()]
    assert kinds[0] == "head" and kinds[1] == "seal" and kinds[-3:] == ["unsealed", "event", "end"]
    assert kinds.count("event") == 61


def test_sealed_rows_are_numbered_without_gaps_and_unsealed_ones_not_at_all() -> None:
    numbers = [line["sequence"] for line in _lines() if line["line"] == "event"]
    assert numbers == [*range(1, 61), None]


def test_the_last_line_counts_what_stands_above_it() -> None:
    lines = _lines()
    seals = [line for line in lines if line["line"] == "seal"]
    counts = {"seals": len(seals), "rows": 60, "withheld": 0, "unsealed": 1}
    assert lines[-1] == {"line": "end", "last": seals[-1]["value"], **counts}


def test_each_line_is_written_canonically() -> None:
    for line in exported(batches_of(20)).decode().splitlines():
        assert line == canonical_text(json.loads(line))


def test_rows_are_taken_one_batch_at_a_time() -> None:
    asked: list[int] = []

    def batches() -> Iterator[tuple[Seal, list[LoggedEvent]]]:
        for seal, rows in batches_of(200):
            asked.append(seal.number)
            yield seal, rows

    head = LogHead(city=None, exported_at=BEGAN, last_seal=9)
    lines = export_lines(head, batches())
    assert '"head"' in next(lines) and not asked
    assert '"seal"' in next(lines) and asked == [1]
