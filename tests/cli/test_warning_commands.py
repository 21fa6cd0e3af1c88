"""The command prints the back-test of every city that gave allowances, and says when none did."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, AllowanceMonth, AllowanceRound
from shuiheng.cli.main import main
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db


def test_the_backtest_of_a_past_year_is_printed(officer: Account, capsys: pytest.CaptureFixture[str]) -> None:
    user = warned_user(warned_city(officer))
    AllowanceRound.objects.update(year=2025)
    for row in AllowanceMonth.objects.all():
        row.month = row.month.replace(year=2025)
        row.save()
    user.allowance.entries.update(effective_on=date(2025, 1, 1))
    user.uses(date(2025, 1, 1), [90, 150, *[90] * 10])
    assert main(["warnings", "backtest", "--year", "2025"]) == 0
    printed = capsys.readouterr().out
    assert "year 2025, 1 users, 12 looks each" in printed
    assert any(line.split()[:5] == ["over_month", "12", "1", "1", "1"] for line in printed.splitlines())


def test_a_year_without_allowances_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["warnings", "backtest", "--year", "2019"]) == 1
    assert "No allowances were given in 2019" in capsys.readouterr().out
