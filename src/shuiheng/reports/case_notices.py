"""Letters and decisions of a case: notices, opinions, publication, decision, certificate, revocation."""

from __future__ import annotations

from dataclasses import replace

from shuiheng.programmes.case import Phase
from shuiheng.programmes.kind import StepKind, StepOutcome
from shuiheng.reports.case_forms import form
from shuiheng.reports.case_paper import (
    BLANK,
    CasePaper,
    day_or_blank,
    grounds,
    returned,
    revoked,
    who_words,
)
from shuiheng.reports.case_tables import (
    OUTCOMES,
    amounts_of,
    case_annex,
    evidence_annex,
    lacking,
    points_words,
    score_annex,
    steps_annex,
)
from shuiheng.reports.model import Annex, Column, Report, Table
from shuiheng.reports.wording import day_words, listed


def return_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the notice by which a case is sent back to be completed (补正通知)."""
    back = returned(paper)
    again = paper.kind.step(step.returns_to) if step.returns_to else step
    missing = lacking(paper, again)
    lines = [
        f"你单位的{paper.name}材料经{step.names['zh']}，需要补正。",
        f"需要补正的内容：{back.reason if back is not None else BLANK * 20}",
    ]
    if missing:
        lines.append(f"尚缺材料：{'；'.join(missing)}。")
    lines.append(f"请补正后重新办理“{again.names['zh']}”{_by(paper, again)}。")
    return _letter(paper, f"关于补正{paper.name}材料的通知", lines, evidence_annex(paper, (again,)))


def review_opinion(paper: CasePaper, step: StepKind) -> Report:
    """Return the opinion of whoever reviewed (审查意见)."""
    ended = paper.state.ended.get(step.id)
    opinion = BLANK * 20 if ended is None else f"{OUTCOMES[ended.outcome]}。{ended.reason}"
    lines = [
        f"{grounds(paper, step)}{who_words(paper, step)}对{paper.subject}的{paper.name}"
        f"进行了{step.names['zh']}。",
        f"意见：{opinion}",
        f"日期：{day_or_blank(None if ended is None else ended.on)}；审查人员签字：{BLANK * 10}",
    ]
    annexes = (case_annex(paper), evidence_annex(paper, paper.kind.steps), score_annex(paper))
    return form(paper, f"{paper.name}{step.names['zh']}意见", lines, *annexes)


def publication_text(paper: CasePaper, step: StepKind) -> Report:
    """Return what is made public, only what the kind names, open to objections or not (公示)."""
    what = f"拟认定的{paper.name}名单" if paper.is_title else f"{paper.name}有关情况"
    if step.publication_days is None:
        lines = [f"{grounds(paper, step)}现将{what}向社会公开。"]
        return form(paper, f"关于{what}的公告", lines, _public_annex(paper, step))
    first, last = paper.state.published.get(step.id), paper.open_until.get(step.id)
    span = f"，自{day_words(first)}至{day_words(last)}" if first is not None and last is not None else ""
    lines = [
        f"{grounds(paper, step)}现将{what}予以公示。公示期{step.publication_days}个工作日{span}。",
        "对公示内容有异议的，请在公示期内书面提出，写明事实和理由，注明姓名和联系方式，"
        "以便核实和答复；提出人的信息不予公开。",
    ]
    return form(paper, f"关于{what}的公示", lines, _public_annex(paper, step))


def decision(paper: CasePaper, step: StepKind) -> Report:
    """Return the decision on a case: what was given, or why it was refused (认定文件)."""
    ended = paper.state.ended.get(step.id)
    if paper.state.phase is Phase.REFUSED or (ended is not None and ended.outcome is StepOutcome.REFUSE):
        return _refusal(paper, step)
    level = f"（{paper.level}）" if paper.level else ""
    until = paper.state.valid_until
    lines = [f"{grounds(paper, step)}经审核，决定认定{paper.subject}为{paper.name}{level}。"]
    if paper.state.number:
        lines.append(f"编号：{paper.state.number}。")
    if until is not None:
        lines.append(f"有效期至{day_words(until)}。有效期内应当持续符合评价标准，接受复核。")
    lines.append("有弄虚作假、不再符合标准等情形的，按规定撤销。")
    return _letter(paper, f"关于认定{paper.subject}为{paper.name}的决定", lines, score_annex(paper))


def certificate(paper: CasePaper, step: StepKind) -> Report:
    """Return the certificate: what was given, its number, its level and its last day (证书)."""
    until, reached = paper.state.valid_until, paper.state.levels
    lines = [
        f"兹认定{paper.subject}为{paper.name}。"
        if paper.is_title
        else f"兹证明{paper.subject}的{paper.name}{paper.kind.result.names['zh']}。",
        f"编号：{paper.state.number or BLANK * 10}",
        *([f"级别：{paper.level}"] if paper.level else []),
        f"认定日期：{day_or_blank(reached[-1].on if reached else None)}",
    ]
    if until is not None or paper.kind.result.validity.term is not None or paper.kind.result.validity.rule:
        lines.append(f"有效期至：{day_or_blank(until)}")
    return form(paper, f"{paper.name}证书", lines)


def recheck_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the notice that a result is looked at again (复核通知)."""
    due = f"请于{day_words(paper.recheck_on)}前" if paper.recheck_on is not None else "请按要求"
    needs = listed(need.names["zh"] for need in step.evidence)
    lines = [
        f"{grounds(paper, step)}你单位的{paper.name}{_number(paper)}需要复核。",
        f"{due}提交{needs or '复核材料'}，并配合现场核查。",
        "逾期不提交，或者复核不再符合标准的，按规定撤销。",
    ]
    return _letter(paper, f"关于开展{paper.name}复核的通知", lines, evidence_annex(paper, (step,)))


def revocation_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the decision by which a result is taken away (撤销称号决定)."""
    event = revoked(paper)
    reasons = {each.id: each for each in paper.kind.result.revocations}
    reason = reasons.get(event.reason) if event is not None else None
    ended = paper.state.ended.get("recheck")
    words = reason.names["zh"] if reason is not None else ended.reason if ended is not None else BLANK * 12
    lines = [
        f"经查，你单位存在以下情形：{words}。",
        f"{grounds(paper, step)}决定撤销你单位的{paper.name}{_number(paper)}。",
        "对本决定不服的，可以依法申请行政复议或者提起行政诉讼。",
    ]
    return _letter(paper, f"关于撤销{paper.subject}{paper.name}的决定", lines, steps_annex(paper))


def filing_receipt(paper: CasePaper, step: StepKind) -> Report:
    """Return the receipt that a report was put on file (备案回执)."""
    ended = paper.state.ended.get(step.id)
    until = paper.state.valid_until
    lines = [
        f"你单位报送的{paper.name}材料已收到，符合备案要求，予以备案。",
        f"备案编号：{paper.state.number or BLANK * 8}；"
        f"备案日期：{day_or_blank(None if ended is None else ended.on)}",
    ]
    if until is not None:
        lines.append(f"结果有效期至{day_words(until)}。")
    return _letter(paper, f"{paper.name}备案回执", lines, evidence_annex(paper, paper.kind.steps))


def task_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the notice by which somebody is asked to do something (任务通知)."""
    later = [each for each in paper.kind.steps if step.id in each.after]
    lines = [f"{grounds(paper, step)}请你单位开展{paper.name}。"]
    for each in later:
        needs = listed(need.names["zh"] for need in each.evidence)
        lines.append(f"{each.names['zh']}{_by(paper, each)}{f'，提交{needs}' if needs else ''}。")
    lines.append("工作中有问题的，请及时与我单位联系。")
    return _letter(
        paper, f"关于开展{paper.name}的通知", lines, case_annex(paper), evidence_annex(paper, later)
    )


def acceptance_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the notice that an application was taken up (受理通知)."""
    ended = paper.state.ended.get(step.id)
    later = [each for each in paper.kind.steps if step.id in each.after]
    lines = [
        f"你单位申请的{paper.name}（{paper.subject}），材料齐全，符合法定形式，予以受理。",
        f"受理日期：{day_or_blank(None if ended is None else ended.on)}",
        *(f"下一环节：{each.names['zh']}{_by(paper, each)}。" for each in later[:1]),
    ]
    return _letter(paper, f"{paper.name}受理通知", lines, evidence_annex(paper, paper.kind.steps))


def rectification_notice(paper: CasePaper, step: StepKind) -> Report:
    """Return the notice by which something has to be put right (整改通知书)."""
    later = [each for each in paper.kind.steps if step.id in each.after]
    due = next((_by(paper, each) for each in later if _by(paper, each)), "（期限另行告知）")
    lines = [
        f"{grounds(paper, step)}经检查，你单位存在以下问题：{paper.note or BLANK * 20}",
        f"现责令你单位整改{due}，整改完成后提交整改佐证材料，经复查销号。",
        "对本通知有异议的，可以陈述和申辩。逾期不整改或者整改不到位的，依法处理。",
    ]
    return _letter(paper, "整改通知书", lines, steps_annex(paper))


def _letter(paper: CasePaper, title: str, lines: list[str], *annexes: Annex | None) -> Report:
    """Return a document that goes to the subject."""
    return replace(form(paper, title, lines, *annexes), addressees=(paper.subject,))


def _refusal(paper: CasePaper, step: StepKind) -> Report:
    reasons = [each.reason for each in paper.state.ended.values() if each.outcome is StepOutcome.REFUSE]
    lines = [
        f"{grounds(paper, step)}经审核，决定不予认定{paper.subject}为{paper.name}。",
        f"理由：{'；'.join(reasons)}",
    ]
    return _letter(paper, f"关于不予认定{paper.subject}为{paper.name}的决定", lines, score_annex(paper))


def _by(paper: CasePaper, step: StepKind) -> str:
    due = paper.dues.get(step.id)
    return f"，于{day_words(due)}前完成" if due is not None else ""


def _number(paper: CasePaper) -> str:
    return f"（编号{paper.state.number}）" if paper.state.number else ""


def _public_annex(paper: CasePaper, step: StepKind) -> Annex:
    """Return the table of what the kind makes public; nothing else, and nothing that came later."""
    state = paper.state
    ended = state.ended.get(step.id)
    told = state.published.get(step.id) or (ended.on if ended is not None else state.last_on)
    is_given = bool(state.levels) and state.levels[0].on <= told
    reached = state.levels[-1].on if is_given else None
    until = state.valid_until if is_given else None
    said = {
        "name": paper.subject,
        "district": paper.district,
        "level": paper.level,
        "number": state.number if is_given or not state.levels else "",
        "awarded_on": day_words(reached) if reached is not None else "",
        "valid_until": day_words(until) if until is not None else "",
        "result": paper.kind.result.names["zh"],
        "score": points_words(paper.score.lowest) if paper.score is not None else "",
        "quantity": listed(f"{name}{words}" for name, _unit, words in amounts_of(paper) if words),
    }
    public = [name for name in paper.kind.public if said.get(name)]
    columns = tuple(Column(key=name, title=paper.words.fields.get(name, name), width=16) for name in public)
    row = tuple(said[name] for name in public)
    return Annex(title="公示名单", tables=(Table(key="public", columns=columns, rows=(row,)),))
