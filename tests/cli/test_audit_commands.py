"""`shuiheng audit …` from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.making import batches_of, exported
from shuiheng.adapters.rulebook import finding_texts
from shuiheng.audit import verify
from shuiheng.cli.main import main

BATCHES = batches_of(80, seed=21, batch=10)
LAST = BATCHES[-1][0]


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """An exported log that holds."""
    path = tmp_path / "events.jsonl"
    path.write_bytes(exported(BATCHES))
    return path


def test_a_log_that_holds_is_said_to_hold_with_its_last_seal(
    log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", str(log_file), "--anchor", f"{LAST.number}:{LAST.value}"]) == 0
    assert f"{LAST.number}:{LAST.value}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "与封存时不同"), ("en", "not the one that was sealed")]
)
def test_an_altered_row_is_named_in_the_language_asked_for(
    log_file: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    text = log_file.read_text("utf-8")
    log_file.write_text(text.replace('"state":"filed"', '"state":"late"', 1), "utf-8")
    assert main(["--language", language, "audit", "verify", str(log_file)]) == 1
    out = capsys.readouterr().out
    assert out.startswith("audit.row_changed: ") and said in out and out.count("\n") == 1


def test_what_is_no_log_and_what_is_no_file_end_with_two(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", str(plan_file)]) == 2
    assert "audit.not_a_log" in capsys.readouterr().out
    assert main(["audit", "verify", "nowhere.jsonl"]) == 2
    assert "services.file_missing" in capsys.readouterr().err


def test_a_proof_is_printed_and_verified_against_the_printed_seal(
    log_file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "proof.json"
    key = BATCHES[1][1][0].record.key
    number, value = BATCHES[3][0].number, BATCHES[3][0].value
    assert main(["audit", "proof", str(log_file), key, "--to", str(number), "--out", str(out)]) == 0
    assert main(["audit", "verify", "--proof", str(out), "--anchor", f"{number}:{value}"]) == 0
    assert f"{number}:{value}" in capsys.readouterr().out
    assert main(["audit", "verify", "--proof", str(out), "--anchor", f"{number}:{'0' * 64}"]) == 1
    assert "audit.anchor_differs" in capsys.readouterr().out
    assert main(["audit", "proof", str(log_file), key]) == 0
    assert capsys.readouterr().out.startswith('{"algorithm":')


def test_no_proof_is_made_for_an_unknown_event_or_from_an_altered_log(
    log_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "proof", str(log_file), "none"]) == 2
    assert "audit.event_not_sealed" in capsys.readouterr().err
    log_file.write_bytes(log_file.read_bytes()[:-200])
    assert main(["audit", "proof", str(log_file), BATCHES[0][1][0].record.key]) == 2
    assert "audit.proof_of_other_log" in capsys.readouterr().err


def test_every_code_of_the_verifier_has_its_sentence_in_the_rulebook() -> None:
    assert set(verify.SAYS) <= set(finding_texts("zh"))
