"""Commands on rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import SHARED, needs_real_plans
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.cli.main import main

LADDER = "charges/over_plan_ladder"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["--language", "en", "rule", *words])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_list_prints_every_rule_or_those_of_a_topic(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "list")
    assert (code, len(out.splitlines())) == (0, len(shipped_rulebook()))
    code, out = run(capsys, "list", "permits")
    assert code == 0 and all(line.startswith("permits/") for line in out.splitlines())
    assert run(capsys, "list", "nothing") == (1, "")


def test_show_prints_all_values_or_the_one_that_holds(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "show", LADDER)
    assert code == 0 and out.count("[") == len(shipped_rulebook()[LADDER].values)
    code, out = run(capsys, "show", LADDER, "--area", "371002", "--on", "2026-05-04")
    assert code == 0 and "Weihai from 2020-01-15" in out and "Up to 10%" in out
    assert "Zhengzhou" not in out and "unchecked" in out and "“百分之十”" in out


def test_show_takes_the_nation_and_a_folder_name_as_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    for area, place in (("CN", "the nation"), ("cn-4101", "Zhengzhou")):
        code, out = run(capsys, "show", "charges/loss_above_standard", "--area", area, "--on", "2026-05-04")
        assert code == 0 and place in out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "charges/none"), "rules.unknown_rule"),
        (("show", LADDER, "--area", "3710", "--on", "2000-01-01"), "rules.not_in_force"),
        (("show", LADDER, "--area", "3710", "--known-on", "2000-01-01"), "rules.not_in_force"),
        (("show", LADDER, "--area", "371"), "rules.unknown_area"),
        (("diff", LADDER, "--area", "3710"), "rules.two_sides_missing"),
        (
            (
                "diff",
                LADDER,
                "--other-area",
                "4101",
                "--from-day",
                "2025-01-01",
                "--to-day",
                "2026-01-01",
            ),
            "rules.two_sides_missing",
        ),
        (("check", "--texts", "/nowhere"), "services.file_missing"),
    ],
)
def test_a_question_that_has_no_answer_says_why(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    status, out = run(capsys, *words)
    assert status == 2 and out.startswith(f"shuiheng: {code}:")


def test_diff_prints_what_two_places_or_days_say_differently(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "diff", LADDER, "--area", "3710", "--other-area", "4101", "--on", "2026-05-04")
    assert (
        code == 1
        and "Bands / 1 / Up to: 10% → 20%" in out
        and "Bands / 3 / Multiple: 3 times → 4 times" in out
    )
    rule = "charges/reasonable_loss_rate"
    days = ("--from-day", "2026-12-31", "--to-day", "2027-01-01")
    code, out = run(capsys, "diff", rule, "--area", "32", *days)
    assert code == 1 and "15% → 12%" in out
    days = ("--from-day", "2026-12-30", "--to-day", "2026-12-31")
    code, out = run(capsys, "diff", rule, "--area", "32", *days)
    assert code == 0 and "→" not in out


def test_check_counts_what_is_unchecked_and_finds_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "check")
    book = shipped_rulebook()
    values = sum(len(rule.values) for rule in book.values())
    assert code == 0 and f"rules {len(book)}  values {values}  wrong 0  unchecked " in out
    assert out.count("rules.unchecked ") == int(out.splitlines()[-1].split()[-1]) > 0


def test_check_with_texts_that_are_no_sources_looks_for_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("第一条 其他。", encoding="utf-8")
    code, out = run(capsys, "check", "--texts", str(tmp_path))
    assert code == 0 and out.endswith("printed figures looked for 0\n")


@needs_real_plans
@pytest.mark.real_plans
def test_check_with_the_texts_looks_for_every_printed_figure(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "check", "--texts", str(SHARED / "laws"))
    assert code == 0 and int(out.splitlines()[-1].split()[-1]) > 150
