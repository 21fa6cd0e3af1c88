"""Pins: files go only when nobody needs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.engines.columnar.test_writer import hours
from adapters.engines.columnar.worlds import batch_table, store_at
from shuiheng.adapters.engines.columnar import DamagedStoreError
from shuiheng.adapters.engines.columnar.manifest import generations
from shuiheng.adapters.engines.columnar.pins import newest_manifest, pin_generation, remove_unneeded


def _appended(folder: Path, count: int) -> None:
    with store_at(folder).writer() as writer:
        for number in range(count):
            writer.append(f"{folder}{number}", batch_table(hours(1, [number], recorded_at=number + 1)))


def test_files_of_a_pinned_generation_stay_until_it_is_released(tmp_path: Path) -> None:
    _appended(tmp_path, 2)
    manifest, pin = pin_generation(tmp_path)
    with store_at(tmp_path).writer() as writer:
        writer.append("more", batch_table(hours(1, [50], recorded_at=10**9)))
        writer.compact()
    files = {path.name for path in (tmp_path / "state").iterdir()}
    assert manifest.state_files() <= files
    pin.release()
    remove_unneeded(tmp_path, newest_manifest(tmp_path))
    assert {path.name for path in (tmp_path / "state").iterdir()} == newest_manifest(tmp_path).state_files()
    assert len(generations(tmp_path)) == 1


def test_the_pin_of_a_reader_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    _appended(tmp_path, 1)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from shuiheng.adapters.engines.columnar.pins import pin_generation\n"
        "pin_generation(Path(sys.argv[1])); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert len(list((tmp_path / "pins").iterdir())) == 1
    remove_unneeded(tmp_path, newest_manifest(tmp_path))
    assert not list((tmp_path / "pins").iterdir())


def test_files_that_a_crash_left_are_removed_by_the_next_writer(tmp_path: Path) -> None:
    _appended(tmp_path, 1)
    for room in ("state", "evidence"):
        (tmp_path / room / "0000000099-left-0.parquet").write_bytes(b"half a file")
    (tmp_path / "manifests" / "0000000099.77.tmp").write_bytes(b"half")
    store_at(tmp_path).writer().close()
    assert not list(tmp_path.rglob("0000000099*"))


def test_a_damaged_newest_manifest_is_an_error_and_not_an_older_state(tmp_path: Path) -> None:
    _appended(tmp_path, 2)
    path = sorted((tmp_path / "manifests").iterdir())[-1]
    path.write_bytes(path.read_bytes().replace(b'"rows":1', b'"rows":2', 1))
    with pytest.raises(DamagedStoreError, match="checksum"):
        newest_manifest(tmp_path)
