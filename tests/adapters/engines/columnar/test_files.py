"""Files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from shuiheng.adapters.engines.columnar.files import NewFiles, write_whole


def test_a_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.json", b"1")
    write_whole(tmp_path / "a.json", b"22")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.json", b"22")]


def test_files_of_a_commit_have_names_of_their_own_and_can_be_discarded(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    new = NewFiles(tmp_path, 7)
    table = pa.table({"a": [1]})
    names = {new.write("state", "days", table), new.write("state", "days", table)}
    assert len(names) == 2 and all(name.startswith("0000000007-days") for name in names)
    new.discard()
    assert not list((tmp_path / "state").iterdir())
    new.write("state", "days", table)
    new.sync()
    assert new.names
    new.committed()
    new.discard()
    assert len(list((tmp_path / "state").iterdir())) == 1
