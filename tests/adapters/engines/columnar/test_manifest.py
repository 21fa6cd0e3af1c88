"""The manifest."""

from __future__ import annotations

from pathlib import Path

from shuiheng.adapters.engines.columnar.manifest import (
    Batch,
    Manifest,
    Month,
    Run,
    generations,
    read_manifest,
    write_manifest,
)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "manifests").mkdir()
    batch = Batch(
        id="水厂 1",
        file="a",
        form="litres",
        rows=2,
        first_at=1,
        last_at=2,
        recorded_from=3,
        recorded_to=4,
        checksum=(2, -5),
        is_settled=True,
    )
    run = Run(file="r", first_day=1, last_day=2, rows=3, is_patch=False)
    month = Month(runs=(run,), blocks=("b",), summary="s", newest={7: 9}, has_withdrawals=True)
    manifest = Manifest(generation=3, meters="m", batches=(batch,), months={661: month}, kept={"x": 1})
    write_manifest(tmp_path, manifest)
    assert generations(tmp_path) == [3]
    assert read_manifest(tmp_path, 3) == manifest
    assert manifest.state_files() == {"r", "b", "s", "m"} and manifest.evidence_files() == {"a"}
    assert manifest.next(meters="n").generation == 4
