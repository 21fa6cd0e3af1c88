"""Compaction changes files, never figures."""

from __future__ import annotations

from pathlib import Path

from adapters.engines.columnar.test_writer import hours
from adapters.engines.columnar.worlds import START, batch_table, found_in, store_at
from shuiheng.adapters.engines.columnar.compacting import is_compact
from shuiheng.adapters.engines.columnar.manifest import Month, Run


def _run(*, first: int, last: int, is_patch: bool = False) -> Run:
    return Run(file="r", first_day=first, last_day=last, rows=1, is_patch=is_patch)


def test_an_open_month_is_by_day_and_a_closed_one_in_one_file() -> None:
    by_day = Month(runs=(_run(first=1, last=1), _run(first=2, last=2)), blocks=("b",))
    assert is_compact(by_day, is_open=True) and not is_compact(by_day, is_open=False)
    whole = Month(runs=(_run(first=1, last=31),), blocks=("b",))
    assert is_compact(whole, is_open=False)
    assert not is_compact(Month(runs=(_run(first=1, last=1, is_patch=True),), blocks=("b",)), is_open=True)
    assert not is_compact(Month(runs=(_run(first=1, last=1),), blocks=("b", "c")), is_open=True)


def test_older_days_of_an_open_month_go_into_one_file_when_many_have_come() -> None:
    days = tuple(_run(first=day, last=day) for day in range(1, 31))
    assert is_compact(Month(runs=days[:14], blocks=("b",)), is_open=True)
    assert not is_compact(Month(runs=days[:15], blocks=("b",)), is_open=True)
    wide = _run(first=1, last=10)
    assert is_compact(Month(runs=(wide, *days[10:24]), blocks=("b",)), is_open=True)
    assert not is_compact(Month(runs=(wide, *days[10:25]), blocks=("b",)), is_open=True)


def test_many_days_with_corrections_compact_to_the_same_readings(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        for day in range(2, 22):  # the first days of February
            at = START + day * 86400
            rows = [
                (meter, at + hour * 3600, day * 100 + hour + meter, at)
                for meter in (4, 2)
                for hour in range(1, 25)
            ]
            writer.append(f"d{day}", batch_table(rows))
            if day % 5 == 0:
                writer.append(f"c{day}", batch_table([(4, at - 2 * 86400 + 3600, day, at + 1)]))
            if day % 8 == 0:
                writer.compact()
        with store.snapshot() as reader:
            before = found_in(reader, (2, 4))
        writer.compact()
        runs = writer.manifest.months[max(writer.manifest.months)].runs
        assert len(runs) <= 15 and not any(run.is_patch for run in runs)
        assert sum(run.rows for run in runs) == len(before["readings"][2]) + len(before["readings"][4])
        with store.snapshot() as reader:
            assert found_in(reader, (2, 4)) == before
        writer.rebuild()
        with store.snapshot() as reader:
            assert found_in(reader, (2, 4)) == before


def test_a_closed_month_is_sealed_and_its_readings_stay(tmp_path: Path) -> None:
    store = store_at(tmp_path)
    with store.writer() as writer:
        for meter in (5, 1):
            for part in range(3):
                rows = hours(meter, [meter * 100 + hour for hour in range(72)])[part::3]
                writer.append(f"{meter}-{part}", batch_table(rows))
        writer.append(
            "off", batch_table([(1, START + 17, 99, START + 10**6), (5, START + 7200, None, START + 10**6)])
        )
        with store.snapshot() as reader:
            before = found_in(reader, (1, 5))
        assert writer.compact() == 2
        january, february = (writer.manifest.months[number] for number in sorted(writer.manifest.months))
        assert len(january.runs) == len(january.blocks) == 1
        assert is_compact(february, is_open=True)
        with store.snapshot() as reader:
            assert found_in(reader, (1, 5)) == before
