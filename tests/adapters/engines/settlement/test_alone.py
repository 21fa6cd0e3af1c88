"""A settlement on one machine leaves its answers and nothing else."""

from __future__ import annotations

from pathlib import Path

from adapters.engines.columnar.worlds import random_world
from adapters.engines.settlement.stores import files_in, filled, job_of
from shuiheng.adapters.engines.settlement import KINDS, Asked, settle_alone, settle_embedded


def test_packs_that_waited_are_gone_and_the_answers_are_those_of_the_state(tmp_path: Path) -> None:
    with filled(tmp_path / "store", random_world(6, days=4)).snapshot() as reader:
        asked = Asked(kinds=KINDS, most_readings=1000)
        embedded = settle_embedded(reader, job_of(reader, tmp_path / "embedded", asked))
        assert settle_alone(job_of(reader, tmp_path / "alone", asked), rows_of_task=100) == embedded
    assert sorted(path.name for path in (tmp_path / "alone").iterdir()) == sorted([*KINDS, "settlement.json"])
    assert files_in(tmp_path / "alone") == files_in(tmp_path / "embedded")
