"""Targets whose words leave out what they are about, as it was named just before."""

from __future__ import annotations

import re

from shuiheng.plans.model import Target, TargetKind

_NAMELESS = re.compile(r"任务|目标|试点|验收|创建")
_HEADLESS = re.compile(
    r"(?:年|日|总|新增|累计|处理|生产|供水|供应|利用|建成|覆盖|完成|达标|改造|安装|普及|设计)*"
    r"(?:能力|规模|产能|率|比例|占比|比重|面积|长度|数量|总量)"
)
_EVERYWHERE = re.compile(r"全覆盖|全面覆盖|覆盖全部")


def is_nameless(target: Target) -> bool:
    """Return whether a milestone says only that something is done, and its task has to say what."""
    is_milestone = target.kind is TargetKind.MILESTONE and target.task is not None
    return is_milestone and _NAMELESS.search(target.metric) is not None


def is_headless(target: Target) -> bool:
    """Return whether a target goes on about what was named before it.

    建成率 and 日处理能力 do, and 2027年实现全覆盖; 污水处理能力 names what it measures.
    """
    if target.task is None:
        return False
    if target.kind is TargetKind.MILESTONE:
        return says_everywhere(target.quote)
    return _HEADLESS.fullmatch(target.metric) is not None


def says_everywhere(words: str) -> bool:
    """Return whether words say that something holds everywhere, such as 全覆盖."""
    return _EVERYWHERE.search(words) is not None
