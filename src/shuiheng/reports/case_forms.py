"""Forms and reports of a case: application, score sheet, visit, register, acceptance, inspection."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.programmes.case import Phase
from shuiheng.programmes.criteria import CriterionRule
from shuiheng.programmes.kind import StepKind, steps_behind
from shuiheng.programmes.scoring import Verdict
from shuiheng.reports.case_paper import BLANK, CasePaper, day_or_blank, who_words
from shuiheng.reports.case_tables import (
    NUMBER,
    amount_annex,
    amounts_of,
    case_annex,
    evidence_annex,
    numbered,
    opinions_annex,
    points_words,
    score_annex,
    steps_annex,
)
from shuiheng.reports.model import Annex, Column, Figure, Paragraph, Part, Report, ReportKind, Table
from shuiheng.reports.wording import day_words, listed

VERDICTS = {Verdict.PASSED: "达到分数线", Verdict.FAILED: "未达到分数线", Verdict.OPEN: "尚不能确定"}


def application_form(paper: CasePaper, step: StepKind) -> Report:
    """Return the form by which a subject applies (申报表)."""
    level = f"（{paper.level}）" if paper.level else ""
    lines = [
        f"{paper.subject}申报{paper.name}{level}，所在区县为{paper.district}。",
        f"本单位对所填内容和所附材料的真实性负责。填表人：{BLANK * 6}联系电话：{BLANK * 6}",
        f"申报日期：{_day(paper, step)}",
    ]
    behind = steps_behind(paper.kind.steps, step.id) - {step.id}
    later = [each for each in paper.kind.steps if each.id in behind]
    annexes = (
        case_annex(paper),
        evidence_annex(paper, (step,), title="申报材料"),
        opinions_annex(paper, later) if later else None,
    )
    return form(paper, f"{paper.name}申报表", lines, *annexes)


def score_sheet(paper: CasePaper, step: StepKind) -> Report:
    """Return the score sheet, each point with its clause and what is missing (评分表)."""
    parts: list[tuple[Part, ...]] = [(f"对象：{paper.subject}（{paper.district}）。",), *_score_parts(paper)]
    parts.append((f"评分人员签字：{BLANK * 12}日期：{_day(paper, step)}",))
    return form(paper, f"{paper.name}评分表", parts, score_annex(paper))


def visit_record(paper: CasePaper, step: StepKind) -> Report:
    """Return the record of a visit, to be filled and signed by those who came (现场核查记录表)."""
    lines = [
        f"核查对象：{paper.subject}（{paper.district}）；事项：{paper.name}；环节：{step.names['zh']}。",
        f"核查日期：{_day(paper, step)}；核查地点：{BLANK * 12}",
        f"核查人员（不少于两人）签字：{BLANK * 16}",
        f"被核查单位人员签字：{BLANK * 8}联系电话：{BLANK * 8}",
    ]
    annexes = (_looked_at(paper, step), evidence_annex(paper, (step,), title="现场材料"))
    return form(paper, f"{paper.name}现场核查记录表", lines, *annexes)


def register_form(paper: CasePaper, step: StepKind) -> Report:
    """Return the form by which a case is entered in a register (登记表)."""
    lines = [
        f"经{who_words(paper, step)}登记，{paper.subject}的{paper.name}情况如下。",
        f"登记编号：{paper.state.number or BLANK * 8}；登记日期：{_day(paper, step)}",
    ]
    annexes = (case_annex(paper), amount_annex(paper), evidence_annex(paper, paper.kind.steps))
    return form(paper, f"{paper.name}登记表", lines, *annexes)


def project_card(paper: CasePaper, step: StepKind) -> Report:
    """Return the card of a project with its course (项目登记卡)."""
    lines = [f"项目：{paper.subject}（{paper.district}）。登记日期：{_day(paper, step)}"]
    return form(
        paper, f"{paper.name}项目登记卡", lines, case_annex(paper), amount_annex(paper), steps_annex(paper)
    )


def acceptance_form(paper: CasePaper, step: StepKind) -> Report:
    """Return the form on which works are accepted (验收意见表)."""
    ended = paper.state.ended.get(step.id)
    opinion = "同意通过验收。" if ended is not None else BLANK * 20
    lines = [
        f"项目：{paper.subject}（{paper.district}）；事项：{paper.name}。",
        f"验收意见：{opinion}",
        f"验收日期：{_day(paper, step)}；验收人员签字：{BLANK * 12}",
    ]
    annexes = (amount_annex(paper), evidence_annex(paper, (step,), title="验收材料"))
    return form(paper, f"{paper.name}验收意见表", lines, *annexes)


def evaluation_report(paper: CasePaper, step: StepKind) -> Report:
    """Return the report of what works have brought, some time after (后评估报告)."""
    reached = paper.state.levels[-1].on if paper.state.levels else None
    done = f"于{day_words(reached)}完成" if reached is not None else "尚未完成"
    lines = [
        f"{paper.subject}（{paper.district}）的{paper.name}{done}，现对其效果进行评估。",
        "一是核对实际数量与登记数量，二是比较实施前后的用水计量数据，三是查看设施运行和维护情况。",
        f"评估结论：{_ended_words(paper, step)}",
        f"评估日期：{_day(paper, step)}",
    ]
    annexes = (amount_annex(paper), evidence_annex(paper, (step,), title="评估材料"))
    return form(paper, f"{paper.name}后评估报告", lines, *annexes)


def inspection_plan(paper: CasePaper, step: StepKind) -> Report:
    """Return the plan of an inspection (检查方案)."""
    lines = [
        f"为做好{paper.name}“{paper.subject}”，制定本方案。",
        f"检查范围：{paper.district}。检查人员不少于两人，出示执法证件，如实记录，依法保守商业秘密。",
        "检查发现的问题，当场记录并由被检查单位确认；需要整改的，书面明确要求和期限。",
    ]
    if paper.note:
        lines.append(f"其他事项：{paper.note}")
    return form(paper, f"{paper.name}“{paper.subject}”检查方案", lines, _course(paper))


def inspection_report(paper: CasePaper, step: StepKind) -> Report:
    """Return how an inspection went and what it found (检查情况通报)."""
    amounts = listed(f"{name}{words}" for name, _unit, words in amounts_of(paper) if words)
    lines = [
        f"现将{paper.name}“{paper.subject}”（{paper.district}）有关情况通报如下。",
        f"检查数量：{amounts}。" if amounts else f"检查数量：{BLANK * 10}",
        f"检查结论：{_ended_words(paper, step)}",
        "对检查发现的问题，请有关单位按期整改，并报送整改佐证材料。",
    ]
    annexes = (steps_annex(paper), evidence_annex(paper, paper.kind.steps))
    return form(paper, f"{paper.name}“{paper.subject}”情况通报", lines, *annexes)


def activity_report(paper: CasePaper, step: StepKind) -> Report:
    """Return what a campaign was and whom it reached (活动总结)."""
    amounts = listed(f"{name}{words}" for name, _unit, words in amounts_of(paper) if words)
    lines = [
        f"{paper.name}“{paper.subject}”在{paper.district}举办，{_held(paper)}",
        f"活动数量：{amounts}。" if amounts else f"活动数量：{BLANK * 10}",
        f"活动内容和效果：{paper.note or BLANK * 20}",
    ]
    annexes = (amount_annex(paper), evidence_annex(paper, paper.kind.steps))
    return form(paper, f"{paper.name}“{paper.subject}”活动总结", lines, *annexes)


def form(
    paper: CasePaper, title: str, lines: list[str] | list[tuple[Part, ...]], *annexes: Annex | None
) -> Report:
    """Return a document of a case with its lines, and the annexes that there are."""
    parts = [(line,) if isinstance(line, str) else line for line in lines]
    return Report(
        kind=ReportKind.NOTICE,
        title=title,
        place="",
        opening=tuple(Paragraph(parts=each) for each in parts),
        annexes=tuple(annex for annex in annexes if annex is not None),
    )


def _day(paper: CasePaper, step: StepKind) -> str:
    ended = paper.state.ended.get(step.id)
    return day_or_blank(None if ended is None else ended.on)


def _ended_words(paper: CasePaper, step: StepKind) -> str:
    ended = paper.state.ended.get(step.id)
    if ended is None:
        return BLANK * 20
    return f"{step.names['zh']}已完成。{ended.reason}"


def _held(paper: CasePaper) -> str:
    reached = paper.state.levels[-1].on if paper.state.levels else None
    if reached is not None:
        return f"于{day_words(reached)}完成归档。"
    return "尚未完成归档。" if paper.state.phase is Phase.UNDER_WAY else "尚未举办。"


def _score_parts(paper: CasePaper) -> list[tuple[Part, ...]]:
    """Return the paragraphs on the score, or that none was given yet."""
    score = paper.score
    if score is None and paper.paper_score is not None:
        return [("得分：", _figure(paper, "paper", paper.paper_score), "，以存档的评分材料为准。")]
    if score is None:
        return [("尚未评分，空白栏由评分人员填写。",)]
    lowest, full = _figure(paper, "lowest", score.lowest), points_words(score.criteria.full)
    parts: list[tuple[Part, ...]] = [("得分：", lowest, "（满分", full, "分）。")]
    highest = _figure(paper, "highest", score.highest)
    if score.lowest != score.highest:
        parts[0] = ("得分：", lowest, "至", highest, "，尚有未知项。")
    levels = paper.words.levels
    marks = [
        f"{levels.get(level, '合格')}分数线{points_words(mark)}分，{VERDICTS[score.verdict(level)]}"
        for level, mark in score.criteria.pass_marks.items()
    ]
    parts.append((f"{'；'.join(marks)}。",))
    if score.vetoes:
        names = listed(line.criterion.names["zh"] for line in score.vetoes)
        parts.append((f"不符合的否决项：{names}。",))
    return parts


def _figure(paper: CasePaper, name: str, value: Decimal) -> Figure:
    return Figure(
        key=f"score.{name}", value=value, unit="分", shown=f"{points_words(value)}分", sources=(paper.key,)
    )


def _looked_at(paper: CasePaper, step: StepKind) -> Annex:
    """Return what has to be looked at on site: what a person judges, and what the step has to show."""
    columns = (
        NUMBER,
        Column(key="matter", title="核查内容", width=40),
        Column(key="found", title="现场情况", width=34),
        Column(key="points", title="得分", width=12),
    )
    criteria = paper.kind.criteria
    leaves = [leaf for leaf in criteria.leaves() if leaf.rule is CriterionRule.MANUAL] if criteria else []
    given = {line.criterion.id: line for line in paper.score.lines} if paper.score is not None else {}
    rows = []
    for leaf in leaves:
        line = given.get(leaf.id)
        is_given = line is not None and not line.points.missing
        points = points_words(line.points.least) if line is not None and is_given else BLANK
        rows.append((leaf.names["zh"], BLANK, f"{points}／{points_words(leaf.points)}"))
    needs = [(need.names["zh"], BLANK, BLANK) for need in step.evidence]
    other = [("其他需要说明的情况", BLANK, BLANK)]
    table = Table(key="visit", columns=columns, rows=numbered([*rows, *needs, *other]))
    return Annex(title="核查内容", tables=(table,))


def _course(paper: CasePaper) -> Annex:
    """Return the steps that a plan foresees, with who and by when."""
    columns = (
        NUMBER,
        Column(key="step", title="环节", width=30),
        Column(key="who", title="承担单位", width=30),
        Column(key="due", title="完成期限", width=24),
    )
    rows = [
        (step.names["zh"], who_words(paper, step), day_or_blank(paper.dues.get(step.id)))
        for step in paper.kind.steps
    ]
    return Annex(title="工作安排", tables=(Table(key="course", columns=columns, rows=numbered(rows)),))
