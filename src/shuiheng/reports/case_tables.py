"""Tables that documents of cases share: what the case is, its steps, evidence, score and amounts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from shuiheng.programmes.case import Piece
from shuiheng.programmes.criteria import Criterion, CriterionRule
from shuiheng.programmes.kind import StepKind, StepOutcome
from shuiheng.programmes.scoring import CriterionScore
from shuiheng.reports.case_paper import BLANK, CasePaper, basis_words, day_or_blank, who_words
from shuiheng.reports.model import Annex, Cell, Column, Table
from shuiheng.reports.wording import day_words, listed, number_words
from shuiheng.rules.conditions import Truth
from shuiheng.rules.parameter import Mark

NUMBER = Column(key="number", title="序号", width=6)
OUTCOMES = {StepOutcome.GO_ON: "通过", StepOutcome.RETURN: "退回补正", StepOutcome.REFUSE: "不予通过"}
VETO = {Truth.HOLDS: "符合", Truth.BREAKS: "不符合", Truth.UNKNOWN: "待查"}
PHASES = {
    "planned": "待启动",
    "under_way": "办理中",
    "reached": "已达成",
    "refused": "不予认定",
    "withdrawn": "已撤回",
    "revoked": "已撤销",
}


def case_annex(paper: CasePaper) -> Annex:
    """Return the annex that says what a case is."""
    return Annex(title="基本情况", tables=(case_table(paper),))


def case_table(paper: CasePaper) -> Table:
    """Return what a case is, line by line; what does not concern it is left out."""
    state = paper.state
    lines = [
        ("事项类别", paper.name),
        ("对象名称", paper.subject),
        ("所在区县", paper.district),
        ("目标级别", paper.words.levels.get(paper.aimed, "")),
        ("立项日期", day_words(state.opened.on)),
        ("办理状态", PHASES.get(state.phase.value, state.phase.value)),
        ("编号", state.number),
        ("有效期至", day_words(state.valid_until) if state.valid_until is not None else ""),
        ("受托第三方机构", paper.commissioned),
        *((measure, words) for measure, _unit, words in amounts_of(paper) if words),
        ("说明", paper.note),
    ]
    columns = (Column(key="name", title="项目", width=24), Column(key="said", title="内容", width=60))
    return Table(key="case", columns=columns, rows=tuple(line for line in lines if line[1]))


def amounts_of(paper: CasePaper) -> list[tuple[str, str, str]]:
    """Return each measure with its unit and its amount in words; an amount that is not known is empty."""
    found = []
    for measure in paper.kind.measures:
        unit = paper.words.units.get(measure.unit, measure.unit)
        amount = paper.state.amounts.get(measure.id)
        found.append((measure.names["zh"], unit, "" if amount is None else f"{number_words(amount)}{unit}"))
    return found


def amount_annex(paper: CasePaper) -> Annex | None:
    """Return the annex with what a case adds, blanks for what is not known; None without measures."""
    if not paper.kind.measures:
        return None
    columns = (
        NUMBER,
        Column(key="name", title="指标", width=30),
        Column(key="unit", title="单位", width=14),
        Column(key="amount", title="数量", width=24),
    )
    rows = numbered((name, unit, words or BLANK) for name, unit, words in amounts_of(paper))
    return Annex(title="完成数量", tables=(Table(key="amounts", columns=columns, rows=rows),))


def steps_annex(paper: CasePaper) -> Annex:
    """Return the annex with each step: who, by when, when and how it ended."""
    columns = (
        NUMBER,
        Column(key="step", title="环节", width=22),
        Column(key="who", title="办理主体", width=20),
        Column(key="due", title="期限", width=16),
        Column(key="ended", title="办结日期", width=16),
        Column(key="outcome", title="结果", width=20),
    )
    rows = []
    for step in paper.kind.steps:
        ended = paper.state.ended.get(step.id)
        due = paper.dues.get(step.id)
        outcome = (
            "" if ended is None else OUTCOMES[ended.outcome] + (f"：{ended.reason}" if ended.reason else "")
        )
        rows.append(
            (
                step.names["zh"],
                who_words(paper, step),
                "" if due is None else day_words(due),
                BLANK if ended is None else day_words(ended.on),
                outcome,
            )
        )
    return Annex(title="办理过程", tables=(Table(key="steps", columns=columns, rows=numbered(rows)),))


def evidence_annex(paper: CasePaper, steps: Iterable[StepKind], *, title: str = "材料清单") -> Annex | None:
    """Return the annex with what steps need and what there is of it; None where they need nothing."""
    columns = (
        NUMBER,
        Column(key="step", title="环节", width=18),
        Column(key="kind", title="材料", width=34),
        Column(key="least", title="应交", width=8),
        Column(key="held", title="已交", width=8),
        Column(key="accepted", title="已复核", width=10),
        Column(key="titles", title="名称", width=30),
    )
    rows = []
    for step in steps:
        for need in step.evidence:
            pieces = _pieces(paper, step.id, need.kind)
            titles = listed(paper.titles.get(piece.added.key, "") for piece in pieces)
            rows.append(
                (
                    step.names["zh"],
                    need.names["zh"],
                    str(need.least),
                    str(len(pieces)),
                    str(sum(piece.is_accepted is True for piece in pieces))
                    if need.is_reviewed
                    else "不需复核",
                    titles,
                )
            )
    if not rows:
        return None
    table = Table(key="evidence", columns=columns, rows=numbered(rows))
    return Annex(title=title, tables=(table,))


def lacking(paper: CasePaper, step: StepKind) -> list[str]:
    """Return in words what a step still needs."""
    found = []
    for need in step.evidence:
        pieces = _pieces(paper, step.id, need.kind)
        held = [piece for piece in pieces if piece.is_accepted is not False]
        if len(held) < need.least:
            found.append(f"{need.names['zh']}（尚缺{need.least - len(held)}份）")
    return found


def score_annex(paper: CasePaper) -> Annex | None:
    """Return the annex with the criteria and what each gave, blanks while nothing is known; None without."""
    criteria = paper.kind.criteria
    if criteria is None:
        return None
    columns = (
        NUMBER,
        Column(key="criterion", title="指标", width=36),
        Column(key="points", title="分值", width=10),
        Column(key="given", title="得分", width=14),
        Column(key="by", title="计算", width=24),
        Column(key="clause", title="依据", width=24),
    )
    lines = {line.criterion.id: line for line in paper.score.lines} if paper.score is not None else {}
    rows = [
        (
            leaf.names["zh"] + ("（附加分）" if leaf.is_bonus else ""),
            "否决项" if leaf.rule is CriterionRule.VETO else points_words(leaf.points),
            given_words(lines.get(leaf.id)),
            _by(paper, leaf, lines.get(leaf.id)),
            _clause(paper, leaf),
        )
        for leaf in criteria.leaves()
    ]
    table = Table(key="score", columns=columns, rows=numbered(rows), note=_template_note(paper))
    return Annex(title="评分明细", tables=(table,), is_landscape=True)


def given_words(line: CriterionScore | None) -> str:
    """Return what a criterion gave: points, between which points it lies, or whether a veto holds."""
    if line is None:
        return BLANK
    if line.is_concerned is False:
        return "不涉及"
    if line.criterion.rule is CriterionRule.VETO:
        return VETO.get(line.truth, "待查")
    least, most = points_words(line.points.least), points_words(line.points.most)
    return least if least == most else f"{least}—{most}（待定）"


def points_words(points: Decimal) -> str:
    """Return points in digits, rounded half up to two places, without needless zeros."""
    return number_words(points.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def opinions_annex(paper: CasePaper, steps: Iterable[StepKind]) -> Annex:
    """Return the annex on which those who end steps write; what has ended stands there already."""
    columns = (
        Column(key="who", title="主体", width=22),
        Column(key="opinion", title="意见", width=44),
        Column(key="signed", title="签字（盖章）、日期", width=26),
    )
    rows = []
    for step in steps:
        ended = paper.state.ended.get(step.id)
        said = BLANK if ended is None else f"{OUTCOMES[ended.outcome]}。{ended.reason}"
        day = day_or_blank(None if ended is None else ended.on)
        rows.append((f"{step.names['zh']}：{who_words(paper, step)}", said, day))
    return Annex(title="各方意见", tables=(Table(key="opinions", columns=columns, rows=tuple(rows)),))


def numbered(rows: Iterable[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows with their number before each."""
    return tuple((str(place), *row) for place, row in enumerate(rows, start=1))


def _pieces(paper: CasePaper, step: str, kind: str) -> list[Piece]:
    pieces = paper.state.evidence.values()
    return [
        each for each in pieces if each.added.step == step and each.added.kind == kind and not each.is_used
    ]


def _by(paper: CasePaper, leaf: Criterion, line: CriterionScore | None) -> str:
    if line is None:
        return "人工评分" if leaf.rule is CriterionRule.MANUAL else ""
    if line.points.missing:
        names = (paper.words.facts.get(name, "") for name in line.points.missing)
        return f"缺：{listed(names) or '人工评分'}"
    return line.points.formula or ("人工评分" if leaf.rule is CriterionRule.MANUAL else "")


def _clause(paper: CasePaper, leaf: Criterion) -> str:
    criteria = paper.kind.criteria
    basis = leaf.basis or (criteria.basis if criteria is not None else None)
    if basis is None or basis.mark is not Mark.FOUND:
        return "未核对的模板"
    return basis_words(paper, (basis,))


def _template_note(paper: CasePaper) -> str:
    return (
        "标明“未核对的模板”的指标和分值未在正式文件中找到，由本市核对后使用。"
        if paper.kind.is_template
        else ""
    )
