"""Targets that leave out what they are about are told from those that name it."""

from __future__ import annotations

import pytest

from programmes.test_target_link import target
from shuiheng.programmes.elision import is_headless, is_nameless, says_everywhere


@pytest.mark.parametrize(
    ("metric", "headless"),
    [
        ("建成率", True),
        ("日处理能力", True),
        ("覆盖面积", True),
        ("污水处理能力", False),
        ("节水型小区建成率", False),
        ("节水量", False),
    ],
)
def test_a_bare_measure_goes_on_about_what_was_named(metric: str, headless: bool) -> None:
    assert is_headless(target(metric, "%")) is headless
    assert not is_headless(target(metric, "%", task=None))


def test_what_is_everywhere_goes_on_as_a_milestone_only() -> None:
    assert is_headless(target("主城区", None, quote="2027年实现主城区全覆盖"))
    assert not is_headless(target("主城区", "家", quote="2027年实现主城区全覆盖"))
    assert says_everywhere("基本实现全面覆盖") and not says_everywhere("覆盖率")


def test_a_milestone_of_a_task_may_name_nothing() -> None:
    assert is_nameless(target("年度任务", None)) and not is_nameless(target("年度任务"))
    assert not is_nameless(target("年度任务", None, task=None))
