"""What comes back: things to do a number of times each year, and reports and checks with a rhythm.

A thing that is done so many times each year (每年宣传不少于2次) is an annual count; a report or a
check (每年检查2次) is a duty. Both readers ask here, so that nothing is ever both.
"""

from __future__ import annotations

import re

REPORT_OR_CHECK = re.compile(
    r"报送|上报|汇报|报告(?!单|会)|报表|通报|公布|公开|发布|监督检查|检查|督查|"
    r"考核|评估|评价|调度|会商|抽查|抽检|巡查|普查|总结|填报|提交|演练|自查|"
    r"核查|复核|核对|检定|检漏|探漏|排查|分析|上传|统计|监测|年报|季报|月报|日报|周报|半年报|"
    r"执法|报(?=[至给到市县区省局]|[^，]{2,18}(?:局|委|厅|办|政府|部|中心|处|科)$)"
)
EACH_YEAR = re.compile(r"每年|年均|每一年|每年度|逐年|年增|(?<![一二三四五六七八九十两全\d▦])年新增|各年度")
_TESTED = re.compile(r"测试|测算|测定|审计|诊断|检修|清洗|校准|校验|维护")
TIMES = frozenset({"次", "遍", "轮", "回"})


def is_annual_count(words: str) -> bool:
    """Return whether a clause asks for something a number of times a year that is no report or check."""
    is_checked = REPORT_OR_CHECK.search(words) or _TESTED.search(words)
    return bool(EACH_YEAR.search(words)) and not is_checked
