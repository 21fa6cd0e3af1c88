"""Commands on plan files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from office import TEXT
from shuiheng.cli.main import main


def _json(capsys: pytest.CaptureFixture[str]) -> object:
    return json.loads(capsys.readouterr().out)


def test_compile_prints_the_compiled_plan_format(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "compile", str(plan_file), "--json"]) == 0
    plan = _json(capsys)
    assert isinstance(plan, dict)
    assert (plan["format"], len(plan["tasks"])) == ("shuiheng.plan/1", 4)


def test_compile_in_short_names_tasks_and_their_leads(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "compile", str(plan_file)]) == 0
    assert "牵头 市水利局  参与 市农业农村局、市财政局" in capsys.readouterr().out


def test_lint_prints_place_severity_code_sentence_and_remedy(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "lint", str(plan_file), "--as-of", "2024-01-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines and lines[-1].endswith("提示")
    for line in lines[:-1]:
        place, severity, code = line.split(" ")[:3]
        assert place.startswith(f"{plan_file}:") and place.count(":") == 3
        assert severity in {"note", "warn", "disqualify"} and code.startswith(("plans.", "documents."))
        assert " / " in line or "同类提示" in line


def test_strict_lint_fails_on_a_warning_only(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "lint", "--strict", str(plan_file), "--as-of", "2024-01-01"]) == 1
    clean = tmp_path / "clean.txt"
    clean.write_text("关于会议的说明\n\n会议按时召开。\n", "utf-8")
    capsys.readouterr()
    code = main(["plan", "lint", "--strict", str(clean), "--as-of", "2024-01-01"])
    assert code == int(any(" warn " in line for line in capsys.readouterr().out.splitlines()))


def test_segment_prints_the_document_as_it_was_read(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "segment", str(plan_file)]) == 0
    document = _json(capsys)
    assert isinstance(document, dict)
    assert document["format"] == "shuiheng.document/1"
    assert "推进灌区改造" in document["text"]


def test_diff_shows_a_value_before_and_after(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = tmp_path / "newer.txt"
    newer.write_text(TEXT.replace("3.2亿", "3.1亿"), "utf-8")
    assert main(["plan", "diff", str(plan_file), str(newer)]) == 0
    assert "value: 320000000 -> 310000000" in capsys.readouterr().out


def test_a_plan_does_not_differ_from_itself(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "diff", str(plan_file), str(plan_file), "--json"]) == 0
    difference = _json(capsys)
    assert isinstance(difference, dict) and difference["changes"] == []


def test_align_holds_a_plan_against_the_national_targets(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "align", "cn_national_2019", str(plan_file)]) == 0
    assert "omitted" in capsys.readouterr().out


def test_an_unknown_upper_plan_is_refused_by_name(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "align", "mars_2050", str(plan_file)]) == 2
    assert "services.unknown_upper_plan" in capsys.readouterr().err


def test_out_writes_a_file_instead_of_printing(
    plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"
    assert main(["plan", "compile", str(plan_file), "--json", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["plan", "diff", str(out), str(plan_file), "--json"]) == 0
