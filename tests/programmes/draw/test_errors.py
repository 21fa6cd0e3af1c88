"""Errors of a draw say what is wrong and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from programmes.draw.registers import dice, some_register
from shuiheng.programmes.draw import Recusal, UnfitRegisterError, commit


def test_an_unfit_register_names_the_object_and_what_to_do() -> None:
    register = some_register(dice(2))
    barred = tuple(Recusal(each, "D000") for each in register.inspectors[:-1])
    with pytest.raises(
        UnfitRegisterError, match=r"few_inspectors D000 left 1, team 2\. Mend the register"
    ) as told:
        commit(replace(register, recusals=barred))
    assert [each.subject for each in told.value.findings] == ["D000"]
