"""What is counted of data, accounts and the log, and what a new city lacks."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from shuiheng.adapters.records import queries_home as rows
from shuiheng.adapters.records.models import ProposalState
from shuiheng.services.permission import Action
from shuiheng.web.pages.home.wait import Wait, last_month, since_days_ago

STATE_WAITS: Sequence[Wait] = (
    Wait(
        box="stopped",
        action=Action.READINGS_LOOK,
        words=_("块水表读数中断"),
        rows=lambda seen, _on: rows.silent_meters(seen),
        page="meter_findings",
        asked=f"?code={rows.SILENT}",
    ),
    Wait(
        box="stopped",
        action=Action.READINGS_LOOK,
        words=_("块自报水表上月未报"),
        rows=lambda seen, on: rows.unfiled_meters(seen, *last_month(on)),
        page="filings",
        asked="?state=missing",
        unless=Action.READINGS_FILE,
    ),
    Wait(
        box="stopped",
        action=Action.READINGS_LOOK,
        words=_("块在用水表上月没有结算水量"),
        rows=lambda seen, on: rows.unsettled_meters(seen, *last_month(on)),
        page="quality",
    ),
    Wait(
        box="warnings",
        action=Action.WARNINGS_LOOK,
        words=_("条用水预警待决定"),
        rows=lambda seen, _on: rows.open_warnings(seen),
        page="warnings",
        unless=Action.WARNINGS_ANSWER,
    ),
    Wait(
        box="people",
        action=Action.ACCOUNTS_KEEP,
        words=_("个人员提名待开户"),
        rows=lambda seen, _on: rows.proposals_in(seen, ProposalState.PROPOSED),
        page="proposals",
    ),
    Wait(
        box="people",
        action=Action.RIGHTS_GRANT,
        words=_("个账号待授权"),
        rows=lambda seen, _on: rows.proposals_in(seen, ProposalState.MADE),
        page="proposals",
    ),
    Wait(
        box="people",
        action=Action.ACCOUNTS_LOOK,
        words=_("个账号没有任何角色"),
        rows=rows.accounts_without_role,
        page="people",
    ),
    Wait(
        box="people",
        action=Action.ACCOUNTS_KEEP,
        words=_("个账号停用中"),
        rows=lambda seen, _on: rows.closed_to_sign_in(seen),
        page="people",
        asked="?state=frozen",
    ),
    Wait(
        box="people",
        action=Action.JOBS_WATCH,
        words=_("项后台任务近七日失败"),
        rows=lambda seen, on: rows.failed_jobs(seen, since_days_ago(on)),
        page="jobs_watched",
        asked="?state=failed",
    ),
    Wait(
        box="people",
        action=Action.ACCOUNTS_LOOK,
        words=_("个账号可以登录"),
        rows=lambda seen, _on: rows.open_accounts(seen),
        page="people",
        asked="?state=active",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK,
        words=_("次操作近七日被拒绝"),
        rows=lambda seen, on: rows.refused_events(seen, since_days_ago(on)),
        page="events",
        asked="?refused=1",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK,
        words=_("条操作记录（近七日）"),
        rows=lambda seen, on: rows.events_since(seen, since_days_ago(on)),
        page="events",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_BUSINESS,
        words=_("次业务操作近七日被拒绝"),
        rows=lambda seen, on: rows.refused_events(seen, since_days_ago(on)),
        page="events_business",
        asked="?refused=1",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_BUSINESS,
        words=_("条业务操作记录（近七日）"),
        rows=lambda seen, on: rows.events_since(seen, since_days_ago(on)),
        page="events_business",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_ADMINISTRATION,
        words=_("次管理操作近七日被拒绝"),
        rows=lambda seen, on: rows.refused_events(seen, since_days_ago(on)),
        page="events_administration",
        asked="?refused=1",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_ADMINISTRATION,
        words=_("条管理操作记录（近七日）"),
        rows=lambda seen, on: rows.events_since(seen, since_days_ago(on)),
        page="events_administration",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_AUDIT,
        words=_("次审计操作近七日被拒绝"),
        rows=lambda seen, on: rows.refused_events(seen, since_days_ago(on)),
        page="events_audit",
        asked="?refused=1",
    ),
    Wait(
        box="log",
        action=Action.EVENTS_LOOK_AUDIT,
        words=_("条审计操作记录（近七日）"),
        rows=lambda seen, on: rows.events_since(seen, since_days_ago(on)),
        page="events_audit",
    ),
    Wait(
        box="begin",
        action=Action.UPLOAD,
        words=_("上传方案，读出任务和目标"),
        rows=lambda seen, _on: rows.plans(seen),
        page="upload",
        is_lack=True,
    ),
    Wait(
        box="begin",
        action=Action.LEDGER_EDIT,
        words=_("建立用水户台账"),
        rows=lambda seen, _on: rows.water_users(seen),
        page="ledger",
        is_lack=True,
    ),
    Wait(
        box="begin",
        action=Action.PERIODS_OPEN,
        words=_("开设第一个报送期"),
        rows=lambda seen, _on: rows.periods(seen),
        page="periods",
        is_lack=True,
    ),
)
