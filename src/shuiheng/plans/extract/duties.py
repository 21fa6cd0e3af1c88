"""Duties: recurring reports and checks with an explicit rhythm."""

from __future__ import annotations

import re
from bisect import bisect_left

from shuiheng.plans.extract.clauses import Clause, without_leading_marks
from shuiheng.plans.extract.context import Parsed
from shuiheng.plans.extract.measures import Measure
from shuiheng.plans.extract.recurrence import REPORT_OR_CHECK, is_annual_count
from shuiheng.plans.model import DueRule, Duty

_RHYTHMS = (
    ("every ten days", re.compile(r"每旬|逐旬|旬报")),
    ("biweekly", re.compile(r"每[两二2]周")),
    ("weekly", re.compile(r"每周|按周|逐周|周报|每星期")),
    ("daily", re.compile(r"每日(?!用|取|供)|每天|日报(?!社)")),
    ("semiannual", re.compile(r"每半年|半年(?:一次|度|报|小结|总结)|每年[二两2]次|一年两次|每个?学期")),
    (
        "quarterly",
        re.compile(r"每季度?|按季度?|逐季|季报|季后|季度(?:报表?|总结|调度|通报|考核|评估|分析|检查)"),
    ),
    (
        "monthly",
        re.compile(r"每个?月(?!▦)|按月|逐月|月报|月度(?:报表?|总结|调度|通报|考核|分析)|月(?:调度|通报)"),
    ),
    ("biennial", re.compile(r"每[两二2]年|两年一次")),
    ("triennial", re.compile(r"每[三3]年|三年一次")),
    (
        "annual",
        re.compile(
            r"每年|每一年|逐年(?=[^提增降减])|(?<!半)年报|按年|一年一次|"
            r"年度(?=[^，]{0,14}(?:报告|总结|考核|检查|评估|评价|通报|自查|督查|"
            r"核查))|年度报(?:告|表|送)"
        ),
    ),
)
_TIMES = re.compile(r"(?P<count>[一两二三四六\d])(?:次|遍|轮|回)")
_ONLY_INVITED = re.compile(r"(?:鼓励|引导|支持|探索)")
_INTO_CHECK = re.compile(r"纳入[^，]*(?:考核|评价)|建立[^，]*年度[^，]*(?:制度|机制|体系)$")
_ONLY_NAMED = re.compile(r"作为[^，]*依据|取消|资格|评优|挂钩|与[^，]*衔接")
_IS_REGIME = re.compile(r"机制|制度")
_YEARLY_CHECK = re.compile(r"年度[^，]{0,14}(?:监督检查|检查|考核|评估|评价|总结|报告|通报|自查|督查|核查)")
_PLAN_ONLY = re.compile(r"^(?:制定|编制|制订|研究制定|下达)[^，]*年度[^，]*(?:计划|方案|任务)$")
_DUE = re.compile(
    r"(?P<when>(?:每年|次年|每季度?|季后|每月|每半年|下一?个?月|次月|下一?季度?|"
    r"下一年|年底|每年年底)(?:度)?(?:结束后|终了后)?(?:至)?(?:下一?个?月|"
    r"次月|首月|末月|第一个月|最后一个?月)?"
    r"(?:(?P<month>1[0-2]|0?[1-9])月(?:份)?)?(?:(?P<day>3[01]|[12]\d|"
    r"0?[1-9])(?P<unit>日|号|个工作日))?(?P<end>底|末)?(?:之?前|以前|内))"
)
_TO = re.compile(
    r"(?:向(?P<a>[^，、；]{2,30}?)(?:报告|报送|汇报|上报|提交|通报|备案)"
    r"|(?:报送|上报|报告|提交|汇报|报(?![表送告]))(?:至|给|到)?"
    r"(?P<b>[^，；]{1,40}?(?:局|委|厅|办|办公室|政府|部|中心|部门|委员会|小组|处|科))$)"
)
_BY = re.compile(r"(?P<who>[^，；▦]{2,40}?)(?:应当?|要|须|必须|需|于|每|按|负责|定期|对|制定|组织|在)")
# A name is cut at 和 only behind a whole name: 工业和信息化局 and 住房和城乡建设局 are one unit each.
_UNITS = re.compile(
    r"、|(?:(?<=[委局办门位府厅组会处科司户区县市构道镇院校站所])|(?<=企业)|(?<=中心))[和及与]"
)
_MONTHS = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}


def duties_of(parsed: Parsed) -> tuple[Duty, ...]:
    """Return the duties of a passage, one for each rhythm of a clause that reports or checks."""
    if parsed.context.is_past:
        return ()
    found: list[tuple[int, Duty]] = []
    for index, clause in enumerate(parsed.clauses):
        words = parsed.surface.plain[clause.start : clause.end]
        masked = parsed.masked[clause.start : clause.end]
        if _PLAN_ONLY.match(masked) or len(words) < 5:
            continue
        for name, rhythm in _RHYTHMS:
            match = rhythm.search(words)
            if match and not _is_value(parsed, clause, match.end()) and _is_demanded(words, match, name):
                found.append((clause.sentence, _duty(parsed, index, _frequency(words, match, name))))
    return _once(found)


def _once(found: list[tuple[int, Duty]]) -> tuple[Duty, ...]:
    """Return one duty for each rhythm of a sentence, the one with a due day before one without."""
    kept: dict[tuple[int, str], Duty] = {}
    for sentence, duty in found:
        key = (sentence, duty.frequency)
        if key in kept and not _IS_REGIME.search(kept[key].quote + duty.quote):
            key = (sentence, f"{duty.frequency}{len(kept)}")
        if key not in kept or (kept[key].due is None and duty.due is not None):
            kept[key] = duty
    return tuple(kept.values())


def _is_value(parsed: Parsed, clause: Clause, behind: int) -> bool:
    """Return whether the rhythm is that of a value (每年开展5家, 抽查比例不低于10%) and of no report."""
    first, last = (bisect_left(parsed.starts, place) for place in (clause.start + behind, clause.end))
    if any(q.measure is Measure.RATE and not parsed.classing[q.start] for q in parsed.quantities[first:last]):
        return True
    words = parsed.surface.plain[clause.start : clause.end]
    return bool(
        re.match(r"(?:开展|新建|建设|完成|创建|新增|培育|实施|推动)[^，]{0,4}\d", words[behind : behind + 12])
    )


def _frequency(words: str, match: re.Match[str], name: str) -> str:
    """Return how often, where a number of times within the year is said (每年至少检查2次)."""
    times = _TIMES.search(words, match.end(), match.end() + 30)
    if name != "annual" or times is None:
        return name
    return {
        "2": "semiannual",
        "两": "semiannual",
        "二": "semiannual",
        "4": "quarterly",
        "四": "quarterly",
    }.get(times["count"], name)


def _is_demanded(words: str, match: re.Match[str], name: str) -> bool:
    if is_annual_count(words) or _INTO_CHECK.search(words) or _ONLY_INVITED.match(words):
        return False
    if _TIMES.search(words, match.end(), match.end() + 30):
        return True
    act = REPORT_OR_CHECK.search(words, max(0, match.start() - 16))
    if act is None:
        return False
    is_named = match[0] == "年度" and (not _YEARLY_CHECK.search(words) or _ONLY_NAMED.search(words))
    if name == "annual" and is_named:
        return False
    return act.start() - match.end() <= 40 and not re.search(r"(?:提高|降低|增长|下降)[^，]{0,4}\d", words)


def _duty(parsed: Parsed, index: int, frequency: str) -> Duty:
    clause = parsed.clauses[index]
    start = without_leading_marks(parsed.masked, clause.start, clause.end)
    end = clause.end
    words = parsed.surface.plain[start:end]
    due = _due_of(words, frequency)
    by = _units(_BY.match(words), "who")
    to = _receivers(words)
    if not by and index and parsed.clauses[index - 1].sentence == clause.sentence:
        start, by = _with_subject_before(parsed, index, start)
        by = by or _subject_of_sentence(parsed, index)
    what = parsed.surface.words(start, end)
    for name in by:
        if what.startswith(name):
            what = what.removeprefix(name).lstrip("、和及与")
    return Duty(
        id="",
        task=None,
        quote=parsed.surface.words(start, end),
        span=parsed.surface.wording.span_of(start, end),
        page=parsed.context.page,
        what=what,
        frequency=frequency,
        due=due["when"] if due else None,
        due_rule=_rule(due, frequency),
        by=by,
        to=to,
        confidence=0.9 if due or frequency != "annual" else 0.75,
    )


def _with_subject_before(parsed: Parsed, index: int, start: int) -> tuple[int, tuple[str, ...]]:
    """Take the unit that opens the clause before, when this clause goes on with 并 or 对."""
    clause, before = parsed.clauses[index], parsed.clauses[index - 1]
    if not parsed.masked[clause.start : clause.end].startswith(("并", "对", "且")):
        return start, ()
    opening = re.match(
        r"([^，；▦]{2,20}?)(?:要|应|须|负责|制定|组织|编制|建立|牵头)",
        parsed.masked[before.start : before.end],
    )
    if opening is None or not re.search(
        r"(?:委|局|办|部门|单位|政府|厅|小组|会|处|科|中心|公司)$", opening[1]
    ):
        return start, ()
    return before.start, (opening[1],)


def _subject_of_sentence(parsed: Parsed, index: int) -> tuple[str, ...]:
    """Return the unit that opens the sentence and must act (`各区应当…，并于每季度…`)."""
    first = index
    while (
        first and parsed.clauses[first - 1].sentence == parsed.clauses[index].sentence and index - first < 8
    ):
        first -= 1
    clause = parsed.clauses[first]
    match = re.match(
        r"(?P<who>[^，；▦]{2,30}?)(?:应当?|必须|要(?!求)|须|负责)", parsed.masked[clause.start : clause.end]
    )
    return _units(match, "who")


def _units(match: re.Match[str] | None, group: str) -> tuple[str, ...]:
    if match is None or not re.search(
        r"(?:委|局|办|部门|单位|政府|厅|小组|会|处|科|中心|公司|企业|户|区|县|市|机构|街道|乡镇|镇|院|校)$",
        match[group],
    ):
        return ()
    words = re.sub(r"^(?:各[^，]*?、)?(?:由|要求|请)", "", match[group])
    if "的" in words or words.startswith("各"):
        return (words,)
    return tuple(part for part in _UNITS.split(words) if part)


def _receivers(words: str) -> tuple[str, ...]:
    found = _TO.search(words)
    if found is None:
        return ()
    return tuple(part for part in _UNITS.split(found["a"] or found["b"]) if part)


def _due_of(words: str, frequency: str) -> re.Match[str] | None:
    for match in _DUE.finditer(words):
        if frequency == "annual" and re.match(r"每季|每月|每半年|次月", match[0]):
            continue
        if frequency != "annual" and re.match(r"每年|次年|年底", match[0]):
            continue
        return match
    return None


def _rule(due: re.Match[str] | None, frequency: str) -> DueRule | None:
    """Return the rule of a due day in numbers, or None when the words give no day."""
    if due is None or frequency not in _MONTHS:
        return None
    words = due["when"]
    is_last = bool(due["end"]) or not due["day"]
    if due["unit"] == "个工作日" or (is_last and not due["month"] and not due["end"]):
        return None
    day = 0 if is_last else int(due["day"])
    if due["month"]:
        month = int(due["month"])
        is_next = words.startswith(("次年", "下一年"))
        return DueRule(months_after=month if is_next or month < 10 else month - 12, day=day)
    if re.search(r"末月|最后一个?月|年底", words) or (due["end"] and not re.search(r"下|次", words)):
        return DueRule(months_after=0, day=day)
    if frequency == "monthly" and words.startswith("每月") and day >= 20:
        return DueRule(months_after=0, day=day)
    return DueRule(months_after=1, day=day)
