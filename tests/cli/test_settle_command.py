"""`shuiheng readings settle` prints what it settled and refuses in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from adapters.engines.columnar.worlds import batch_table, event_table, meter_table, random_world
from shuiheng.adapters.engines.settlement import Difference
from shuiheng.cli import settle_command
from shuiheng.cli.main import main
from shuiheng.services.readings.reading_store import reading_store


@pytest.fixture
def readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some readings in the store of the installation."""
    monkeypatch.setenv("SHUIHENG_STATE", str(tmp_path))
    monkeypatch.setattr(settings, "STATE", tmp_path)
    world = random_world(2, days=3)
    with reading_store().writer() as writer:
        writer.put_meters(meter_table(world.meters))
        writer.put_events(event_table(world.meters))
        for name, rows in world.batches.items():
            writer.append(name, batch_table(rows))


@pytest.mark.django_db
@pytest.mark.usefixtures("readings")
def test_it_prints_what_was_settled(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    day = ["--from", "2025-01-30", "--to", "2025-01-31", "--kind", "days"]
    assert main(["readings", "settle", *day, "--out", str(tmp_path / "out")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2025-01-30 to 2025-01-31, generation ")
    assert lines[1].split()[0] == "days" and lines[1].split()[1] != "0"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["days", "settlement.json"]


@pytest.mark.django_db
@pytest.mark.usefixtures("readings")
def test_a_refusal_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "readings", "settle", "--engine", "http://there"]) == 2
    assert capsys.readouterr().err.startswith("shuiheng: readings.engine_address: ")


@pytest.mark.django_db
@pytest.mark.usefixtures("readings")
def test_a_state_that_follows_from_the_evidence_has_no_differences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["readings", "settle", "--check"]) == 0
    assert "  0 differences from the embedded state" in capsys.readouterr().out.splitlines()


def test_a_difference_says_which_figure_and_unknown_is_no_zero(capsys: pytest.CaptureFixture[str]) -> None:
    place = {"kind": "months", "meter": 7, "period": "2025-01-01"}
    settle_command.tell(Difference(**place, column="litres", ours=None, theirs=0))
    settle_command.tell(Difference(**place, column="", ours={"litres": 1}, theirs=None))
    assert capsys.readouterr().out.splitlines() == [
        "months of meter 7 in 2025-01-01: litres is unknown by the evidence, 0 in the state",
        "months of meter 7 in 2025-01-01: the row is only in the evidence",
    ]
