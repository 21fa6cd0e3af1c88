"""Which boxes the first page has, in their order: each is there for whoever holds a right to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from shuiheng.services.permission import Action
from shuiheng.web.pages.home.allowance import own_allowance
from shuiheng.web.pages.home.box import Box, BoxRule, Desk, Line
from shuiheng.web.pages.home.due import due_next, new_warnings, plans, reports
from shuiheng.web.pages.home.figures import changed_figures
from shuiheng.web.pages.home.targets import LISTED, own_targets, verdicts, worst_targets
from shuiheng.web.pages.home.waits import counted
from shuiheng.web.pages.home.work import missing_reports, own_checks, own_work


def _only_counted(_desk: Desk) -> Sequence[Line]:
    return []


WORKING = (
    Action.READINGS_FILE,
    Action.PROGRESS_FILE,
    Action.PROGRESS_CHECK,
    Action.PROGRESS_REVIEW,
    Action.CASES_STEP,
    Action.READINGS_IMPORT,
)
BOXES: Sequence[BoxRule] = (
    BoxRule(
        key="begin",
        title=_("先做这些"),
        rights=(Action.UPLOAD, Action.LEDGER_EDIT, Action.PERIODS_OPEN),
        lines=_only_counted,
    ),
    BoxRule(
        key="verdicts",
        title=_("全部目标研判"),
        rights=(Action.FIGURES_RELEASE,),
        lines=verdicts,
        door=("standings", Action.FIGURES_LOOK),
        empty=_("还没有研判结果。方案发布、统计数据录入后，每晚自动研判。"),
        most=0,
        template="home/verdicts.html",
        is_wide=True,
    ),
    BoxRule(
        key="decide",
        title=_("待我决定"),
        rights=(
            Action.REPORTS_ISSUE,
            Action.REPORTS_REVIEW,
            Action.ALLOWANCES_DECIDE,
            Action.CHECKS_DECIDE,
            Action.FIGURES_REVIEW,
        ),
        lines=changed_figures,
        empty=_("没有需要您决定的事项。"),
        most=3,
    ),
    BoxRule(
        key="own",
        title=_("待我办理"),
        rights=WORKING,
        lines=own_work,
        most=7,
        empty=_("没有需要您办理的事项。"),
    ),
    BoxRule(
        key="allowance",
        title=_("本单位用水计划"),
        rights=(Action.ALLOWANCES_ASK, Action.READINGS_FILE),
        lines=own_allowance,
        door=("allowances", Action.ALLOWANCES_LOOK),
        empty=_("还没有下达给贵单位的用水计划指标。"),
    ),
    BoxRule(
        key="checks",
        title=_("我的现场检查"),
        rights=(Action.CHECKS_FILL,),
        lines=own_checks,
        door=("checks", Action.CHECKS_LOOK),
        empty=_("没有派给您的检查。"),
    ),
    BoxRule(
        key="late",
        title=_("已逾期"),
        rights=(
            Action.MESSAGES_SEND,
            Action.WARNINGS_DECIDE,
            Action.CHECKS_LOOK,
            Action.RECTIFICATION_LOOK,
            Action.PUBLIC_REPORTS_LOOK,
        ),
        lines=missing_reports,
        empty=_("没有逾期的事项。"),
    ),
    BoxRule(
        key="own_targets",
        title=_("本单位牵头的目标"),
        rights=(Action.PROGRESS_FILE, Action.PROGRESS_CHECK),
        lines=own_targets,
        door=("standings", Action.FIGURES_LOOK),
    ),
    BoxRule(
        key="targets",
        title=_("目标：先看最差的"),
        rights=(Action.FIGURES_LOOK,),
        lines=worst_targets,
        door=("standings", Action.FIGURES_LOOK),
        empty=_("还没有研判结果。方案发布、统计数据录入后，每晚自动研判。"),
        unless=(Action.FIGURES_RELEASE,),
        most=LISTED,
    ),
    BoxRule(
        key="warnings",
        title=_("新的用水预警"),
        rights=(Action.WARNINGS_LOOK,),
        lines=new_warnings,
        door=("warnings", Action.WARNINGS_LOOK),
        empty=_("没有待决定的预警。"),
        unless=(Action.WARNINGS_ANSWER,),
        counts_first=True,
    ),
    BoxRule(
        key="stopped",
        title=_("中断的数据"),
        rights=(Action.READINGS_LOOK,),
        lines=_only_counted,
        door=("quality", Action.READINGS_LOOK),
        empty=_("没有中断的数据。"),
    ),
    BoxRule(
        key="due",
        title=_("近期到期"),
        rights=(Action.LOOK, Action.GATES_LOOK),
        lines=due_next,
        door=("calendar", Action.CALENDAR_LOOK),
        most=6,
        empty=_("近期没有到期的事项。"),
    ),
    BoxRule(
        key="people",
        title=_("账号与任务"),
        rights=(Action.ACCOUNTS_LOOK,),
        lines=_only_counted,
        door=("people", Action.ACCOUNTS_LOOK),
        counts_first=True,
        empty=_("账号和后台任务一切正常。"),
    ),
    BoxRule(
        key="log",
        title=_("日志"),
        rights=(
            Action.EVENTS_LOOK,
            Action.EVENTS_LOOK_BUSINESS,
            Action.EVENTS_LOOK_ADMINISTRATION,
            Action.EVENTS_LOOK_AUDIT,
        ),
        lines=_only_counted,
        empty=_("近七日没有日志。"),
    ),
    BoxRule(
        key="reports",
        title=_("最近签发的文件"),
        rights=(Action.REPORTS_LOOK,),
        lines=reports,
        door=("reports", Action.REPORTS_LOOK),
        empty=_("还没有签发的文件。"),
        most=3,
    ),
    BoxRule(
        key="plans",
        title=_("方案"),
        rights=(Action.LOOK,),
        lines=plans,
        door=("plans", Action.LOOK),
        empty=_("还没有方案。"),
        most=3,
    ),
)


def boxes_of(desk: Desk) -> list[Box]:
    """Return the boxes that the reader has, each once however many roles give it."""
    full = replace(desk, waiting=counted(desk))
    rules = [
        rule for rule in BOXES if full.may(*rule.rights) and not (rule.unless and full.may(*rule.unless))
    ]
    return [box for box in (Box(rule, full) for rule in rules) if box.is_there]
