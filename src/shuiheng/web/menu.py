"""The menu: what an account may open, the daily work first, the rest behind one word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.rulebook import Reach
from shuiheng.services.permission import Action, Actor, may, reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One entry of the menu.

    Args:
        name: Name of the page's address.
        title: What the menu says.
        action: The right that the page asks for.
        pages: Names of further pages that belong to it.
        is_of_places: Whether the page speaks of whole cities and districts, so that a right over the
            own unit alone finds nothing there.
    """

    name: str
    title: Promise | str
    action: Action
    pages: frozenset[str] = frozenset()
    is_of_places: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Doors that stand together behind 更多."""

    title: Promise | str
    doors: Sequence[Door]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """An entry as a page shows it."""

    name: str
    address: str
    title: Promise | str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuGroup:
    """The entries of a room that an account may open."""

    title: Promise | str
    lines: Sequence[MenuLine]


def _door(name: str, title: Promise | str, action: Action, *pages: str) -> Door:
    return Door(name=name, title=title, action=action, pages=frozenset(pages))


def _of_places(name: str, title: Promise | str, action: Action, *pages: str) -> Door:
    return replace(_door(name, title, action, *pages), is_of_places=True)


def _room(title: Promise | str, *doors: Door) -> Room:
    return Room(title=title, doors=doors)


DAILY: Sequence[Door] = (
    _door("filing", _("用水填报"), Action.READINGS_FILE, "filed_month"),
    _door("plans", _("方案"), Action.LOOK, "plan", "reading"),
    _door("register", _("台账"), Action.REGISTER_LOOK, "task", "target_shares"),
    _door(
        "ledger",
        _("用水户"),
        Action.LEDGER_LOOK,
        "water_user",
        "ledger_meter",
        "ledger_books",
        "ledger_book",
        "new_water_user",
        "edit_water_user",
        "add_to_user",
        "add_user_document",
        "merge_user",
        "edit_site",
        "edit_source",
        "edit_permit",
        "edit_meter",
        "add_meter_event",
        "meter_readings",
        "meter_reading",
        "meter_heat",
        "findings_of_meter",
        "meter_edits",
        "edit_meter_readings",
    ),
    _door(
        "cases",
        _("事项"),
        Action.CASES_LOOK,
        "case",
        "case_board",
        "case_map",
        "new_case",
        "case_document",
        "eligibility",
        "case_subjects",
        "case_batches",
        "case_batch",
    ),
    _door(
        "allowances",
        _("用水计划"),
        Action.ALLOWANCES_LOOK,
        "allowance_round",
        "allowance",
        "allowance_applications",
        "regional_caps",
        "propose_own_allowance",
    ),
    _door("warnings", _("用水预警"), Action.WARNINGS_LOOK, "warning"),
    _door("standings", _("目标研判"), Action.FIGURES_LOOK, "standing", "standing_derivation"),
    _door("targets", _("目标"), Action.LOOK),
    _door("reporting", _("填报"), Action.PROGRESS_FILE, "reporting_form", "collect", "batch"),
    _door("progress_list", _("进展"), Action.PROGRESS_LOOK, "progress", "periods"),
    _door("chasing", _("未报"), Action.MESSAGES_SEND, "call_list"),
    _door("calendar", _("日历"), Action.CALENDAR_LOOK, "workdays"),
    _door("reports", _("报告"), Action.REPORTS_LOOK, "report", "compared_report"),
    _door(
        "organisations",
        _("单位"),
        Action.ORGANISATIONS_LOOK,
        "organisation",
        "unit_matches",
        "new_organisation",
        "edit_organisation",
    ),
    _door("messages", _("消息"), Action.MESSAGES_LOOK, "outbox"),
    _door("people", _("账号"), Action.ACCOUNTS_LOOK, "person", "proposals"),
    _door("people", _("账号"), Action.ACCOUNTS_KEEP, "person", "proposals"),
    _door("events_business", _("业务日志"), Action.EVENTS_LOOK_BUSINESS),
    _door("events_administration", _("管理日志"), Action.EVENTS_LOOK_ADMINISTRATION),
    _door("events_audit", _("审计日志"), Action.EVENTS_LOOK_AUDIT),
)
FURTHER: Sequence[Room] = (
    _room(
        _("目标与数据"),
        _door(
            "target_counts", _("目标计数"), Action.REGISTER_LOOK, "target_count", "target_gap", "link_target"
        ),
        _door(
            "statistics",
            _("统计数据"),
            Action.FIGURES_LOOK,
            "statistic_fact",
            "enter_statistic",
            "waiting_statistics",
            "missing_statistics",
            "statistic_books",
            "statistic_book",
        ),
        _of_places(
            "indicators",
            _("指标"),
            Action.FIGURES_LOOK,
            "indicator_value",
            "figure",
            "changed_figures",
            "fact_rows",
            "fact_user",
            "figure_fact",
        ),
        _of_places("dual_control", _("双控与图表"), Action.FIGURES_LOOK, "district_figures", "water_flow"),
        _door("target_odds", _("达成可能性"), Action.ODDS_LOOK),
        _of_places("assessments", _("自评预演"), Action.FIGURES_LOOK),
        _door("public_editions", _("进展公开"), Action.FIGURES_REVIEW, "public_edition"),
        _door("hall_screens", _("大屏"), Action.FIGURES_RELEASE),
    ),
    _room(
        _("方案与任务"),
        _door("tasks", _("任务看板"), Action.LOOK),
        _door("duties", _("报送义务"), Action.LOOK),
        _door("units", _("责任单位"), Action.LOOK, "unit"),
        _door("findings", _("方案问题"), Action.LOOK),
        _door("compare", _("方案比对"), Action.LOOK),
        _door("upload", _("上传方案"), Action.UPLOAD),
        _door("annual_plans", _("年度计划"), Action.LOOK, "annual_plan"),
        _door("periods", _("报送期"), Action.PERIODS_OPEN),
        _door("meetings", _("会议"), Action.MEETINGS_LOOK, "meeting"),
        _door("rectification", _("整改事项"), Action.RECTIFICATION_LOOK),
        _door("accountability", _("问责记录"), Action.ACCOUNTABILITY_LOOK),
    ),
    _room(
        _("用水与计量"),
        _door("filings", _("用水填报情况"), Action.READINGS_LOOK, "filed_month"),
        _door("reading_batches", _("读数导入"), Action.READINGS_LOOK, "reading_batch"),
        _door("use", _("用水分析"), Action.READINGS_LOOK),
        _door("quality", _("数据质量"), Action.READINGS_LOOK, "meter_findings"),
        _door("use_map", _("分区图"), Action.READINGS_LOOK, "outlines"),
        _door("member_lists", _("用水名录"), Action.LEDGER_LOOK, "member_list"),
        _door("permits", _("取水许可证"), Action.GATES_LOOK, "permit"),
        _door(
            "projects",
            _("建设项目"),
            Action.GATES_LOOK,
            "project",
            "new_project",
            "edit_project",
            "elimination_lists",
        ),
    ),
    _room(
        _("检查与信用"),
        _door(
            "checks",
            _("现场检查"),
            Action.CHECKS_LOOK,
            "check",
            "check_form",
            "check_publication",
            "new_check",
            "new_order",
        ),
        _door("own_orders", _("检查文书"), Action.CHECKS_PROVE, "own_order"),
        _door(
            "inspections",
            _("随机抽查"),
            Action.INSPECTIONS_LOOK,
            "inspection",
            "inspection_objects",
            "new_inspection",
            "edit_inspection",
            "inspector_register",
            "new_inspector",
            "item_register",
            "new_inspection_item",
            "inspection_figures",
        ),
        _door(
            "credit_records",
            _("信用信息"),
            Action.CREDIT_LOOK,
            "credit_record",
            "credit_of_unit",
            "new_credit_record",
        ),
        _door(
            "public_reports", _("公众反映"), Action.PUBLIC_REPORTS_LOOK, "public_report", "public_statistics"
        ),
    ),
    _room(
        _("费用与奖补"),
        _door(
            "charges",
            _("费用"),
            Action.CHARGES_LOOK,
            "charge_run",
            "charge",
            "charge_releases",
            "charge_arrears",
        ),
        _door("charge_trial", _("费用试算"), Action.RULES_LOOK, "price_gap", "tier_check"),
        _door(
            "awards",
            _("节水奖补"),
            Action.AWARDS_LOOK,
            "award",
            "award_schemes",
            "award_scheme",
            "new_award_scheme",
            "edit_award_scheme",
            "ask_for_award",
            "enter_for_award",
        ),
    ),
    _room(
        _("规则与标准"),
        _door(
            "rules",
            _("规则库"),
            Action.RULES_LOOK,
            "rule",
            "propose_rule",
            "rule_proposals",
            "rule_proposal",
            "unchecked_rules",
            "compare_rules",
            "rule_sources",
            "rule_source",
            "replays",
            "replay",
        ),
        _door(
            "use_norms",
            _("用水定额"),
            Action.RULES_LOOK,
            "use_norm",
            "norm_grades",
            "norm_books",
            "norm_book",
        ),
        _door(
            "kinds", _("事项类别"), Action.RULES_LOOK, "kind", "propose_kind", "preview_kind", "kind_proposal"
        ),
        _door("penalties", _("法律责任"), Action.RULES_LOOK),
    ),
    _room(
        _("人员与系统"),
        _door("unit_people", _("本单位人员"), Action.PEOPLE_PROPOSE),
        _door("links", _("一次性链接"), Action.LINKS_ISSUE),
        _door("events", _("操作日志"), Action.EVENTS_LOOK),
        _door("jobs", _("任务中心"), Action.JOBS_LOOK),
        _door("jobs_watched", _("任务中心"), Action.JOBS_WATCH),
    ),
)


def menu_for(actor: Actor, here: str) -> tuple[list[MenuLine], list[MenuGroup]]:
    """Return the lines of the menu and the groups behind 更多, each page once, as far as rights go."""
    shown: set[str] = set()
    daily = _lines(DAILY, actor, here, shown)
    groups = [MenuGroup(title=each.title, lines=_lines(each.doors, actor, here, shown)) for each in FURTHER]
    return daily, [each for each in groups if each.lines]


def _lines(doors: Sequence[Door], actor: Actor, here: str, shown: set[str]) -> list[MenuLine]:
    lines = []
    for door in doors:
        if door.name in shown or not _opens(door, actor):
            continue
        shown.add(door.name)
        is_here = here == door.name or here in door.pages
        lines.append(MenuLine(name=door.name, address=reverse(door.name), title=door.title, is_here=is_here))
    return lines


def _opens(door: Door, actor: Actor) -> bool:
    """Return whether an account finds something behind a door."""
    if not door.is_of_places:
        return may(actor, door.action)
    return any(reach in (Reach.CITY, Reach.AREA) for _, reach in reaches(actor, door.action))
