"""The command and its one way of failing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from shuiheng.cli.main import main


def test_without_arguments_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "plan" in capsys.readouterr().out


def test_a_missing_file_is_one_line_with_code_and_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "compile", "nowhere.docx"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "services.file_missing" in said and "请检查路径" in said


def test_a_refused_file_is_named_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "plan.docx"
    bad.write_bytes(b"MZ\x90\x00 program")
    assert main(["--language", "en", "plan", "lint", str(bad)]) == 2
    said = capsys.readouterr().err
    assert "documents." in said and said.count("\n") == 1


def test_broken_json_is_refused_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "plan.json"
    bad.write_text("{", "utf-8")
    assert main(["plan", "compile", str(bad)]) == 2
    assert "kernel.bad_json" in capsys.readouterr().err


def test_plan_commands_need_no_database_and_no_settings(plan_file: Path) -> None:
    code = (
        "import sys; from shuiheng.cli.main import main; "
        "done = main(['plan', 'compile', sys.argv[1], '--json', '--out', sys.argv[2]]); "
        "assert 'django.db.backends.sqlite3' not in sys.modules; "
        "assert 'shuiheng.adapters.records.models' not in sys.modules; sys.exit(done)"
    )
    out = plan_file.with_suffix(".json")
    done = subprocess.run([sys.executable, "-c", code, str(plan_file), str(out)], check=False)
    assert done.returncode == 0
    assert out.stat().st_size > 1000
