"""A whole period is settled into a folder; what cannot be done is refused before anything is written."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from adapters.engines.columnar.worlds import batch_table, random_world, store_at
from adapters.engines.settlement.stores import filled, spoil
from shuiheng.adapters.engines.columnar import Store
from shuiheng.adapters.engines.settlement import Difference, read_answers
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings import settle_whole as service
from shuiheng.services.readings.settle_whole import Wanted, settle_whole


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with some readings, and a batch that waits."""
    found = filled(tmp_path / "readings", random_world(1, days=3))
    with found.writer() as writer:
        writer.append("late", batch_table([(3, 1_800_000_000, 1, 1_800_000_000)]), settle=False)
    return found


def _refusal(store: Store, wanted: Wanted) -> str:
    with pytest.raises(ServiceError) as refusal:
        settle_whole(store, wanted)
    return refusal.value.code


def test_the_answers_are_written_and_waiting_batches_counted(store: Store, tmp_path: Path) -> None:
    outcome = settle_whole(store, Wanted(out=tmp_path / "out", kinds=("months", "days")))
    assert (outcome.waiting, outcome.differences) == (1, None)
    assert outcome.summary.rows["days"] == read_answers(tmp_path / "out", "days").num_rows > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "readings"]


def test_without_a_folder_nothing_is_left(store: Store, tmp_path: Path) -> None:
    assert settle_whole(store, Wanted()).summary.rows["months"] > 0
    assert [path.name for path in tmp_path.iterdir()] == ["readings"]


def test_a_folder_with_files_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    assert _refusal(store, Wanted(out=tmp_path / "out")) == "readings.folder_not_empty"


def test_an_address_that_is_none_is_refused(store: Store) -> None:
    assert _refusal(store, Wanted(engine="http://there")) == "readings.engine_address"


def test_without_the_extra_a_cluster_is_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(_name: str) -> ModuleSpec | None:
        return None

    monkeypatch.setattr(service, "find_spec", find)
    assert _refusal(store, Wanted(engine="spark://there:7077")) == "readings.engine_missing"


def test_a_spoiled_state_is_found_without_a_cluster(store: Store, tmp_path: Path) -> None:
    told: list[Difference] = []
    assert settle_whole(store, Wanted(tell=told.append)).differences == 0 == len(told)
    with store.snapshot() as reader:
        summary = store.folder / "state" / reader.manifest.months[min(reader.manifest.months)].summary
    spoil(summary)
    outcome = settle_whole(store, Wanted(tell=told.append, out=tmp_path / "out"))
    assert outcome.differences == len(told) > 0
    assert {each.column for each in told if each.kind == "quality"} == {"readings"}


def test_an_empty_store_has_nothing_to_settle(tmp_path: Path) -> None:
    assert _refusal(store_at(tmp_path / "empty"), Wanted()) == "readings.nothing_to_settle"
