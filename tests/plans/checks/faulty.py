"""For each code of a finding one small plan that has the fault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from plans.made import count, document_of, plan_of, target, task
from shuiheng.kernel import Finding, Span
from shuiheng.plans import (
    CitedSource,
    Convention,
    IndicatorTerm,
    Operator,
    OrganisationTerm,
    Plan,
    PlanHeader,
    PlanKnowledge,
    SourceDocument,
    TargetKind,
)
from shuiheng.plans.checks import check_plan
from shuiheng.rules import Source, SourceKind

AS_OF = date(2024, 6, 1)
NORM_2020 = Source(
    id="norm-2020",
    kind=SourceKind.STANDARD,
    title="示例用水通则",
    number="GB/T 1-2020",
    superseded_by="norm-2022",
)
NORM_2022 = Source(
    id="norm-2022",
    kind=SourceKind.STANDARD,
    title="示例用水总则",
    number="GB/T 1-2022",
    effective_on=date(2022, 11, 1),
)
KNOWN = PlanKnowledge(
    organisations=(OrganisationTerm(id="statistics", name="统计局"),),
    indicators=(
        IndicatorTerm(id="loss", name="管网漏损率", better="lower", facts=("供水量",)),
        IndicatorTerm(
            id="intensity", name="万元产值用水量", better="lower", has_base_year=True, facts=("用水量",)
        ),
    ),
    sources=(NORM_2020, NORM_2022),
)


@dataclass(frozen=True)
class Case:
    """A plan with its document."""

    plan: Plan
    document: SourceDocument
    as_of: date = AS_OF
    knowledge: PlanKnowledge = KNOWN

    def findings(self, code: str | None = None) -> tuple[Finding, ...]:
        """Return the findings of all checks, or those with one code."""
        found = check_plan(self.plan, self.document, self.knowledge, as_of=self.as_of)
        return tuple(each for each in found if code in (None, each.code))


def shares(total: str = "全市建成节水型企业12家", first: int = 5, op: Operator = Operator.EQUAL) -> Case:
    """A total of twelve and two districts, the second with seven."""
    document = document_of(f"2025年，{total}，其中甲区{first}家、乙区7家。市水利局")
    owner = task(document, f"2025年，{total}，其中甲区{first}家、乙区7家。")
    return Case(
        plan_of(
            owner,
            count(document, total, "节水型企业", 12, number=1, of=owner, op=op),
            count(document, f"甲区{first}家", "节水型企业", first, number=2, of=owner, scope="甲区"),
            count(document, "乙区7家", "节水型企业", 7, number=3, of=owner, scope="乙区"),
        ),
        document,
    )


def share_above() -> Case:
    """Ten in all, of which twelve are provincial."""
    document = document_of("建成小区10个（其中省级12个）。")
    owner = task(document, "建成小区10个（其中省级12个）。")
    whole = count(document, "建成小区10个", "小区", 10, unit="个", number=1, of=owner)
    part = count(document, "省级12个", "省级小区", 12, unit="个", number=2, of=owner, part_of="900-T01")
    return Case(plan_of(owner, whole, part), document)


def two_values(second: str = "12", later: int = 2025, op: Operator = Operator.AT_MOST) -> Case:
    """A loss rate of 10 % by 2025 in one task, and another value in a second one."""
    document = document_of("管网漏损率降到10%以内。", f"管网漏损率控制在{second}%以内。")
    one = task(document, "管网漏损率降到10%以内。", number=1)
    two = task(document, f"管网漏损率控制在{second}%以内。", number=2)
    return Case(
        plan_of(
            one,
            two,
            target(document, "漏损率降到10%以内", "管网漏损率", 10, number=1, of=one, op=Operator.AT_MOST),
            target(
                document,
                f"漏损率控制在{second}%以内",
                "管网漏损率",
                second,
                number=2,
                of=two,
                year=later,
                op=op,
            ),
        ),
        document,
    )


BODY = (
    "一是改造管网。加快老旧供水管网改造，完善检漏制度，新改建供水管网{body}公里以上。",
    "二是示范引领。每年打造节水示范小区6个，推广节水器具；在园区、灌区、机关和城市开展领跑者评选。",
    "三是计量到户。完善用水计量设施，健全用水统计台账，计量率达到95%以上，支持企业节水改造5家。",
)
ROWS = (
    "加快老旧供水管网改造，完善检漏制度，新建供水管网100公里以上。",
    "每年打造节水示范小区6个，推广节水器具。",
    "完善用水计量设施，健全用水统计台账，计量率达到95%以上。",
    "支持企业节水改造5家。",
)


def body_and_rows(body: str = "100", extra: str = "") -> Case:
    """A body of three paragraphs and the four rows that were made of it."""
    lines = [line.format(body=body) for line in BODY]
    rows = [*ROWS, extra] if extra else [*ROWS]
    document = document_of(*lines, *rows)
    leads = [("市住建局",), ("市水利局",), ("市水利局",), ("市经信局",), ("市水利局",)]
    tasks = [
        task(document, words, number=i + 1, lead=leads[i], nth=0 if words not in "".join(lines) else 1)
        for i, words in enumerate(rows)
    ]
    pipe = target(document, "新建供水管网100公里以上", "新建供水管网", 100, number=1, of=tasks[0], unit="km")
    return Case(plan_of(*tasks, pipe), document)


def mention_differs() -> Case:
    """A body whose figure the row has with another value."""
    case = body_and_rows(body="120")
    mention = target(case.document, "新改建供水管网120公里以上", "新建供水管网", 120, number=9, unit="km")
    return replace(case, plan=replace(case.plan, mentions=(mention,)))


def orphan() -> Case:
    """A main target that no task carries, and a task that speaks of it."""
    document = document_of("主要目标：用水总量控制在8亿立方米以内。", "落实用水总量控制指标。")
    main = target(
        document, "用水总量控制在8亿立方米以内", "用水总量", 800000000, op=Operator.AT_MOST, unit="m3"
    )
    return Case(plan_of(task(document, "落实用水总量控制指标。"), main), document)


def one_task(words: str = "开展节水宣传。", **more: object) -> Case:
    """A plan of one task, with a second one that is led properly."""
    document = document_of(words, "完成普查。", "市水利局、市住建局、市教育局")
    first = task(document, words, number=1, **more)  # type: ignore[arg-type]
    return Case(plan_of(first, task(document, "完成普查。", number=2)), document)


def leaderless(unled: int = 3) -> Case:
    """Four tasks with two units each, the first ones without a lead."""
    lines = ("开展节水宣传。", "完成用水普查。", "推广节水器具。", "改造供水管网。")
    document = document_of(*lines, "市水利局、市教育局")
    both = ("市水利局", "市教育局")
    tasks = [
        task(
            document,
            line,
            number=i,
            lead=() if i <= unled else both[:1],
            joint=both if i <= unled else both[1:],
        )
        for i, line in enumerate(lines, 1)
    ]
    return Case(plan_of(*tasks), document)


def list_breaks_off() -> Case:
    """A list of units that ends in a separator."""
    document = document_of("开展节水宣传。", "市水利局、市教育局、")
    return Case(plan_of(task(document, "开展节水宣传。", joint=("市教育局",))), document)


def two_spellings(long: str = "市住房和城乡建设局") -> Case:
    """One unit under two names in two tasks."""
    document = document_of("改造管网。", "推广器具。", f"市住建局，{long}")
    one = task(document, "改造管网。", number=1, lead=("市住建局",))
    two = task(document, "推广器具。", number=2, lead=(long,))
    return Case(plan_of(one, two), document)


def named_in_text(words: str = "台账报市统计局备案。") -> Case:
    """A text that names a unit which no task lists."""
    document = document_of(words, "市水利局")
    made = task(document, words)
    known = tuple(replace(unit, organisation="water_resources") for unit in made.units)
    return Case(plan_of(replace(made, units=known)), document)


def one_target(
    quote: str, metric: str, value: str | None, title: str = "示例市节水方案", **more: object
) -> Case:
    """A plan with one target in one task."""
    document = document_of(f"{quote}。")
    owner = task(document, f"{quote}。")
    made = replace(target(document, quote, metric, value, of=owner), **more)  # type: ignore[arg-type]
    header = PlanHeader(title=title, issued=date(2023, 3, 1))
    return Case(plan_of(owner, made, header=header), document)


def cited(issued: date = date(2023, 3, 1), number: str = "GB/T1-2020") -> Case:
    """A plan that cites a standard."""
    document = document_of(f"按《示例用水通则》（{number}）开展测试。")
    sources = (CitedSource(title="示例用水通则", number=number, span=Span(1, 9)),)
    header = PlanHeader(title="示例市节水方案", issued=issued)
    return Case(plan_of(task(document, "开展测试"), sources=sources, header=header), document)


def text(*lines: str) -> Case:
    """A document without items."""
    return Case(plan_of(), document_of(*lines))


def bound() -> Case:
    """A note that binds the counties in every row."""
    document = document_of("开展宣传。", "注：以上任务均由各县落实。")
    note = Convention(
        code="binds_units", quote="注：以上任务均由各县落实。", span=Span(6, 19), units=("各县",)
    )
    return Case(plan_of(task(document, "开展宣传。"), conventions=(note,)), document)


def twice() -> Case:
    """Two tasks with the same words."""
    words = "严格执行建设项目节水设施制度。"
    document = document_of(words, words)
    return Case(plan_of(task(document, words), task(document, words, number=2, nth=1)), document)


RANGE = {"op": Operator.RANGE, "value_max": Decimal(2), "unit": "个"}
CASES: dict[str, Case] = {
    "plans.shares_do_not_add": shares(first=6),
    "plans.share_above_total": share_above(),
    "plans.values_contradict": two_values(),
    "plans.later_target_is_weaker": two_values(later=2030),
    "plans.body_value_differs": mention_differs(),
    "plans.body_number_differs": body_and_rows(body="120"),
    "plans.body_words_differ": body_and_rows(),
    "plans.body_without_row": body_and_rows(),
    "plans.row_without_body": body_and_rows(extra="关闭自备井，压减地下水开采。"),
    "plans.sentence_has_several_leads": body_and_rows(),
    "plans.target_without_owner": orphan(),
    "plans.task_without_lead": one_task(lead=()),
    "plans.leads_are_not_named": leaderless(),
    "plans.task_with_several_leads": one_task(lead=("市水利局", "市住建局")),
    "plans.unit_list_breaks_off": list_breaks_off(),
    "plans.unit_spelled_differently": two_spellings(),
    "plans.units_only_join": one_task(joint=("市教育局",)),
    "plans.unit_named_in_text_only": named_in_text(),
    "plans.target_without_unit": one_target("建成9", "小区", "9", unit=None),
    "plans.target_without_base_year": one_target("用水量下降9%", "用水量", "9", kind=TargetKind.REDUCTION),
    "plans.target_without_deadline": one_target("漏损率9%", "管网漏损率", "9", deadline=None),
    "plans.deadlines_only_in_title": one_target(
        "漏损率9%", "管网漏损率", "9", "示例市2023年节水要点", deadline=None
    ),
    "plans.target_without_facts": one_target("覆盖率9%", "宣传覆盖率", "9"),
    "plans.task_without_result": one_task(),
    "plans.amount_is_vague": one_task("建成一批节水载体。"),
    "plans.task_stands_twice": twice(),
    "plans.edition_was_replaced": cited(),
    "plans.edition_replaced_since": cited(issued=date(2021, 3, 1)),
    "plans.deadline_passed_at_issue": one_target("漏损率9%", "漏损率", "9", deadline=date(2022, 12, 31)),
    "plans.deadline_passed": one_target("漏损率9%", "漏损率", "9", deadline=date(2023, 12, 31)),
    "plans.date_is_ambiguous": one_target("2025年前漏损率9%", "漏损率", "9"),
    "plans.range_for_each_or_all": one_target("建成1-2个小区", "小区", "1", scope="各区", **RANGE),
    "plans.range_is_open": one_target("建成1-2个小区", "小区", "1", **RANGE),
    "plans.number_jumps": text("（一）组织", "（二）资金", "（四）宣传"),
    "plans.number_comes_twice": text("（一）组织", "（二）资金", "（二）宣传"),
    "plans.note_binds_all_rows": bound(),
    "plans.foreign_word_left": text("减少取水量 and 排水量。"),
    "plans.word_comes_twice": text("控制服务行业行业用水。"),
    "plans.characters_are_broken": text("用水(cid:12)量"),
}
