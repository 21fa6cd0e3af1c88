"""Words for the codes of the core, in Chinese, translated by gettext."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise | str]

ITEM_KINDS: Words = {
    "task": _("任务"),
    "target": _("目标"),
    "duty": _("报送义务"),
    "threshold": _("门槛"),
    "unit": _("责任单位"),
    "source": _("引用文件"),
    "finding": _("问题"),
}
TARGET_KINDS: Words = {
    "level": _("水平值"),
    "reduction": _("下降率"),
    "count": _("数量"),
    "increment": _("年增量"),
    "milestone": _("里程碑"),
}
OPERATORS: Words = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "=", "~": _("区间")}
ROLES: Words = {"lead": _("牵头"), "joint": _("参与"), "bound": _("落实")}
VERSION_STATES: Words = {
    "waiting": _("排队中"),
    "reading": _("读取中"),
    "compiling": _("编译中"),
    "ready": _("待核对"),
    "failed": _("未能处理"),
    "published": _("已发布"),
    "superseded": _("已被新版取代"),
    "withdrawn": _("已收起"),
}
ITEM_STATES: Words = {
    "open": _("未核"),
    "confirmed": _("已确认"),
    "corrected": _("已更正"),
    "added": _("人工增加"),
    "rejected": _("已剔除"),
    "merged": _("已并入"),
}
SEVERITIES: Words = {"note": _("提示"), "warn": _("警告"), "disqualify": _("须改正")}
FREQUENCIES: Words = {
    "annual": _("每年"),
    "semiannual": _("每半年"),
    "quarterly": _("每季度"),
    "monthly": _("每月"),
    "bimonthly": _("每两月"),
    "weekly": _("每周"),
    "biweekly": _("每两周"),
    "daily": _("每日"),
    "biennial": _("每两年"),
    "triennial": _("每三年"),
}
UNIT_RULES: Words = {
    "table_cell": _("表格单元格"),
    "inherited_cell": _("承上合并单元格"),
    "bracket_labels": _("括号内注明牵头、参与"),
    "bracket_leads": _("括号内“牵头”"),
    "bracket_shared": _("括号内“按职责分工”"),
    "bracket_responsible": _("括号内责任单位"),
    "own_line": _("单独成行"),
    "first_in_list": _("列第一位的为牵头"),
    "before_comma": _("逗号前为牵头"),
    "none": _("未注明或人工指定"),
}
DECISIONS: Words = {
    "confirm": _("确认"),
    "correct": _("更正"),
    "split": _("拆分"),
    "merge": _("合并"),
    "reject": _("剔除"),
    "add": _("增加"),
}
FIELDS: Words = {
    "text": _("任务内容"),
    "path": _("所属章节"),
    "lead": _("牵头单位"),
    "participants": _("参与单位"),
    "number": _("序号"),
    "due": _("完成时限"),
    "due_text": _("时限原文"),
    "metric": _("指标"),
    "scope": _("适用范围"),
    "kind": _("类型"),
    "op": _("比较"),
    "value": _("数值"),
    "value_max": _("上限值"),
    "unit": _("计量单位"),
    "baseline_year": _("基准年"),
    "deadline": _("截止日期"),
    "annual": _("每年适用"),
    "cumulative": _("累计"),
    "indicator": _("对应指标"),
    "what": _("报送内容"),
    "frequency": _("频次"),
    "by": _("报送单位"),
    "to": _("接收单位"),
    "applies_to": _("适用对象"),
    "quantity": _("计量内容"),
    "effect": _("要求"),
    "quote": _("原文"),
    "task": _("所属任务"),
    "part_of": _("所属总量"),
    "role": _("承担方式"),
    "stretch": _("力争值"),
    "is_binding": _("约束性或预期性"),
    "is_hedged": _("措辞为力争"),
    "anchor": _("条目"),
    "span": _("选中文字"),
    "units": _("责任单位"),
}
ALTERNATIVE_REASONS: Words = {
    "year_before": _("“某年前”可指该年年初或年底"),
    "blank_cell": _("空白单元格可能是合并，也可能未填"),
    "responsible_only": _("只写责任单位，未分牵头与参与"),
    "each_or_total": _("可指每个地区，也可指合计"),
    "base_of_increase": _("增量的起算年份未写明"),
    "from_row_due": _("期限取自任务的完成时限，也可能没有期限"),
    "year_not_said": _("只写了月日，年份由上下文推定"),
}
BINDING: Words = {"": _("未注明"), "yes": _("约束性"), "no": _("预期性")}
YES_NO: Words = {"": _("未注明"), "yes": _("是"), "no": _("否")}
ORPHAN_REASONS: Words = {
    "item_gone": _("本版没有这一条目"),
    "words_gone": _("本版没有这些文字"),
    "reference_gone": _("所指的另一条目不在本版"),
    "reading_changed": _("本版的读法与当时确认的不同"),
}
CHANGES: Words = {
    "added": _("新增"),
    "removed": _("删去"),
    "changed": _("改动"),
    "moved": _("移动位置"),
}
ALIGNMENT_REASONS: Words = {
    "equal_value": _("数值相同"),
    "better_value": _("数值更严"),
    "worse_value": _("数值较宽"),
    "softer_words": _("措辞较软"),
    "earlier_deadline": _("期限更早"),
    "later_deadline": _("期限更晚"),
    "later_but_better": _("期限更晚但数值更严"),
    "no_deadline": _("未注明期限"),
    "no_such_metric": _("没有这一指标"),
    "other_years_only": _("只有其他年份"),
    "passed_at_issue": _("印发时期限已过"),
    "parts_only": _("只有分项，没有总量"),
    "share_of_a_whole": _("是上位总量的一部分，须看分解"),
    "other_kind": _("目标类型不同"),
    "other_unit": _("计量单位不同"),
    "other_base_year": _("基准年不同"),
    "no_value": _("没有数值"),
    "no_direction": _("不能判断高低优劣"),
}
ALIGNMENT: Words = {
    "carried": _("已承接"),
    "weakened": _("低于上位要求"),
    "strengthened": _("高于上位要求"),
    "omitted": _("未承接"),
    "not_comparable": _("不可直接比较"),
}
JOB_STATES: Words = {
    "waiting": _("排队中"),
    "running": _("进行中"),
    "done": _("已完成"),
    "failed": _("未完成"),
    "cancelled": _("已取消"),
}
READING_STATES: Words = {
    "received": _("校验中"),
    "checked": _("待确认"),
    "taking": _("写入中"),
    "taken": _("已写入"),
    "undoing": _("撤销中"),
    "undone": _("已撤销"),
}
JOB_KINDS: Words = {
    "compile": _("读取并编译方案"),
    "readings": _("读数导入"),
    "ledger": _("台账导入"),
    "settle": _("结算与校核"),
    "allowances": _("用水计划核定与下达"),
    "charges": _("费用核算与通知"),
    "replay": _("规则回放"),
    "draw": _("双随机抽取"),
    "cases": _("批量立项"),
    "import": _("导入工作簿"),
    "export": _("导出"),
    "letters": _("批量生成函件"),
    "messages": _("发送消息"),
    "seal": _("封存日志"),
}
CHANNELS: Words = {"site": _("站内"), "mail": _("邮件"), "sms": _("短信"), "paper": _("电话名单")}
MESSAGE_STATES: Words = {
    "waiting": _("待发送"),
    "sent": _("已发出"),
    "read": _("已读"),
    "dead": _("未能送达"),
}
RECTIFICATION_STATES: Words = {"open": _("待整改"), "submitted": _("待复核"), "closed": _("已销号")}
ACCOUNTABILITY_KINDS: Words = {
    "reminded": _("提醒"),
    "talked_to": _("约谈"),
    "criticised": _("通报批评"),
    "referred": _("移送"),
}
CALENDAR_KINDS: Words = {
    "task": _("任务到期"),
    "target": _("目标到期"),
    "duty": _("报送"),
    "period": _("进展报送"),
    "rectification": _("整改到期"),
    "meeting": _("会议"),
    "permit": _("取水许可到期"),
    "renewal": _("取水许可延续申请截止"),
    "case": _("事项办理期限"),
    "case_recheck": _("事项复核"),
    "case_end": _("事项有效期满"),
    "case_public": _("事项公示期满"),
}

PROGRESS_STATES: Words = {
    "draft": _("草稿"),
    "filed": _("已上报"),
    "returned": _("已退回"),
    "reviewed": _("已复核"),
    "accepted": _("已认定"),
    "frozen": _("已封存"),
}
PROGRESS_ACTIONS: Words = {
    "save": _("填写"),
    "file": _("上报"),
    "withdraw": _("撤回上报"),
    "check": _("单位审核"),
    "review": _("复核"),
    "accept": _("认定"),
    "freeze": _("封存"),
    "return": _("退回"),
    "reopen": _("重新开放"),
    "judge": _("审核材料"),
}
PROGRESS_FIELDS: Words = {
    "done_text": _("完成情况"),
    "obstacles": _("存在问题"),
    "next_step": _("下一步"),
    "values": _("数值"),
    "is_complete": _("已完成"),
    "evidence": _("佐证材料"),
}
PERIOD_KINDS: Words = {
    "month": _("月度"),
    "quarter": _("季度"),
    "half_year": _("半年"),
    "year": _("年度"),
}
TASK_STATUSES: Words = {
    "done": _("已完成"),
    "on_time": _("正常"),
    "at_risk": _("有风险"),
    "late": _("逾期"),
    "waiting": _("待数据"),
}
BATCH_STATES: Words = {
    "checked": _("已校验"),
    "blocked": _("有错误"),
    "running": _("正在写入"),
    "committed": _("已写入"),
    "undone": _("已撤销"),
}
REPORT_STATES: Words = {"draft": _("草稿"), "reviewed": _("已审核"), "issued": _("已签发")}


def word(words: Words, code: str) -> str:
    """Return the word for `code`; an unknown code is shown as it is."""
    return str(words.get(code, code))
