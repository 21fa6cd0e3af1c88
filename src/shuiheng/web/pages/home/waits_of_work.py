"""What waits for somebody's work or decision, and what is late."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records import queries_home as rows
from shuiheng.adapters.records.models import AwardState, ProgressState, ReportState, RoundState, RunState
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.box import LATE
from shuiheng.web.pages.home.wait import Wait

LATE_WAITS: Sequence[Wait] = (
    Wait(
        box="late",
        action=Action.WARNINGS_LOOK,
        words=_("条预警后续逾期"),
        rows=lambda seen, _on: rows.late_follow_ups(seen),
        page="warnings",
        asked="?state=late",
        tone=LATE,
        unless=Action.WARNINGS_ANSWER,
    ),
    Wait(
        box="late",
        action=Action.CHECKS_LOOK,
        words=_("项现场检查逾期未记录"),
        rows=rows.late_checks,
        page="checks",
        asked="?state=late",
        tone=LATE,
    ),
    Wait(
        box="late",
        action=Action.CHECKS_LOOK,
        words=_("份整改文书逾期未办结"),
        rows=rows.late_orders,
        page="checks",
        asked="?state=finding_open",
        tone=LATE,
    ),
    Wait(
        box="late",
        action=Action.RECTIFICATION_LOOK,
        words=_("项整改逾期"),
        rows=rows.late_rectifications,
        page="rectification",
        tone=LATE,
    ),
    Wait(
        box="late",
        action=Action.PUBLIC_REPORTS_LOOK,
        words=_("件公众反映逾期未答复"),
        rows=rows.late_public_reports,
        page="public_reports",
        tone=LATE,
    ),
)
OWN_WAITS: Sequence[Wait] = (
    Wait(
        box="own",
        action=Action.WARNINGS_ANSWER,
        words=_("条用水预警待说明"),
        rows=lambda seen, _on: rows.unanswered_warnings(seen),
        page="warnings",
    ),
    Wait(
        box="own",
        action=Action.CHECKS_PROVE,
        words=_("份检查文书待整改"),
        rows=lambda seen, _on: rows.orders_to_prove(seen),
        page="own_orders",
    ),
    Wait(
        box="own",
        action=Action.ALLOWANCES_ASK,
        words=_("份用水计划待签收"),
        rows=lambda seen, _on: rows.unreceived_allowances(seen),
        page="allowances",
    ),
    Wait(
        box="own",
        action=Action.CHARGES_RECEIVE,
        words=_("份费用通知待签收"),
        rows=lambda seen, _on: rows.unreceived_charges(seen),
        page="charges",
    ),
    Wait(
        box="own",
        action=Action.RECTIFICATION_PROVE,
        words=_("项整改待办"),
        rows=lambda seen, _on: rows.open_rectifications(seen),
        page="rectification",
    ),
    Wait(
        box="own",
        action=Action.PUBLIC_REPORTS_ANSWER,
        words=_("件公众反映待答复"),
        rows=lambda seen, _on: rows.unanswered_public_reports(seen),
        page="public_reports",
    ),
    Wait(
        box="own",
        action=Action.READINGS_IMPORT,
        words=_("批读数已核对，待确认入库"),
        rows=lambda seen, _on: rows.checked_batches(seen),
        page="reading_batches",
        asked="?state=checked",
    ),
    Wait(
        box="own",
        action=Action.PROGRESS_CHECK,
        words=_("项本单位填报待审核"),
        rows=lambda seen, _on: rows.unchecked_progress(seen),
        page="progress_list",
        asked="?state=filed",
    ),
    Wait(
        box="own",
        action=Action.PROGRESS_REVIEW,
        words=_("项进展待复核"),
        rows=lambda seen, _on: rows.progress_in(seen, ProgressState.FILED),
        page="progress_list",
        asked="?state=filed",
    ),
    Wait(
        box="own",
        action=Action.ASSIGN,
        words=_("个责任单位名称待对应"),
        rows=lambda seen, _on: rows.open_matches(seen),
        page="unit_matches",
    ),
)
DECIDE_WAITS: Sequence[Wait] = (
    Wait(
        box="decide",
        action=Action.REPORTS_ISSUE,
        words=_("份报告待签发"),
        rows=lambda seen, _on: rows.reports_in(seen, ReportState.REVIEWED),
        page="reports",
    ),
    Wait(
        box="decide",
        action=Action.ALLOWANCES_PUBLISH,
        words=_("个年度用水计划待下达"),
        rows=lambda seen, _on: rows.rounds_in(seen, RoundState.REVIEWED),
        page="allowances",
    ),
    Wait(
        box="decide",
        action=Action.CHARGES_ISSUE,
        words=_("批费用待核发"),
        rows=lambda seen, _on: rows.runs_in(seen, RunState.REVIEWED),
        page="charges",
    ),
    Wait(
        box="decide",
        action=Action.PROGRESS_ACCEPT,
        words=_("项进展待认定"),
        rows=lambda seen, _on: rows.progress_in(seen, ProgressState.REVIEWED),
        page="progress_list",
        asked="?state=reviewed",
    ),
    Wait(
        box="decide",
        action=Action.ALLOWANCES_DECIDE,
        words=_("项计划调整申请待决定"),
        rows=lambda seen, _on: rows.asked_allowances(seen),
        page="allowance_applications",
    ),
    Wait(
        box="decide",
        action=Action.CHARGES_RELEASE,
        words=_("笔费用减免或退费待决定"),
        rows=lambda seen, _on: rows.asked_releases(seen),
        page="charge_releases",
    ),
    Wait(
        box="decide",
        action=Action.AWARDS_RELEASE,
        words=_("项奖补待批准"),
        rows=lambda seen, _on: rows.awards_in(seen, AwardState.CHECKED),
        page="awards",
        asked="?state=checked",
    ),
    Wait(
        box="decide",
        action=Action.CREDIT_RELEASE,
        words=_("项信用修复或异议待决定"),
        rows=lambda seen, _on: rows.asked_credit_changes(seen),
        page="credit_records",
    ),
    Wait(
        box="decide",
        action=Action.RECTIFICATION_CLOSE,
        words=_("项整改待销号"),
        rows=lambda seen, _on: rows.submitted_rectifications(seen),
        page="rectification",
        asked="?state=submitted",
    ),
    Wait(
        box="decide",
        action=Action.CHECKS_DECIDE,
        words=_("份整改材料待复查"),
        rows=lambda seen, _on: rows.proofs_to_look_at(seen),
        page="checks",
        asked="?state=finding_open",
    ),
    Wait(
        box="decide",
        action=Action.REPORTS_REVIEW,
        words=_("份报告待审核"),
        rows=lambda seen, _on: rows.reports_in(seen, ReportState.DRAFT),
        page="reports",
    ),
    Wait(
        box="decide",
        action=Action.ALLOWANCES_REVIEW,
        words=_("个年度用水计划待复核"),
        rows=lambda seen, _on: rows.rounds_in(seen, RoundState.COMPUTED),
        page="allowances",
        unless=Action.ALLOWANCES_PUBLISH,
    ),
    Wait(
        box="decide",
        action=Action.CHARGES_REVIEW,
        words=_("批费用待复核"),
        rows=lambda seen, _on: rows.runs_in(seen, RunState.DRAFT),
        page="charges",
    ),
    Wait(
        box="decide",
        action=Action.INSPECTIONS_RELEASE,
        words=_("次抽查名单待发布"),
        rows=lambda seen, _on: rows.committed_draws(seen),
        page="inspections",
    ),
    Wait(
        box="decide",
        action=Action.RULES_REVIEW,
        words=_("条地方规则待复核"),
        rows=lambda seen, _on: rows.proposed_rules(seen),
        page="rule_proposals",
    ),
    Wait(
        box="decide",
        action=Action.FIGURES_REVIEW,
        words=_("项统计数据待确认"),
        rows=lambda seen, _on: rows.entered_statistics(seen),
        page="waiting_statistics",
    ),
)
