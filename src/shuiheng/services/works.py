"""Everything that the worker does: importing a service here makes its jobs known to the worker."""

from __future__ import annotations

from shuiheng.services import commit_batch as _commit_batch  # noqa: F401  makes its work known
from shuiheng.services import deliver_messages as _deliver_messages  # noqa: F401  makes its work known
from shuiheng.services import purge_personal as _purge_personal  # noqa: F401  makes its work known
from shuiheng.services import seal_events as _seal_events  # noqa: F401  makes its work known
from shuiheng.services import verify_log as _verify_log  # noqa: F401  makes its work known
from shuiheng.services import write_letters as _write_letters  # noqa: F401
from shuiheng.services.allowances import round_jobs as _round_jobs  # noqa: F401  makes its work known
from shuiheng.services.allowances import watch_applications as _watch_applications  # noqa: F401
from shuiheng.services.background import run_worker
from shuiheng.services.cases import case_jobs as _case_jobs  # noqa: F401  makes its work known
from shuiheng.services.cases import watch_cases as _watch_cases  # noqa: F401  done once a day
from shuiheng.services.charges import charge_jobs as _charge_jobs  # noqa: F401  makes its work known
from shuiheng.services.credit import erase_credit as _erase_credit  # noqa: F401  done once a day
from shuiheng.services.gates import watch_permits as _watch_permits  # noqa: F401  done once a day
from shuiheng.services.indicators import verify_figures as _verify_figures  # noqa: F401  done once a day
from shuiheng.services.indicators import watch_odds as _watch_odds  # noqa: F401  done once a day
from shuiheng.services.indicators import watch_standings as _watch_standings  # noqa: F401  done each minute
from shuiheng.services.inspections import make_draw as _make_draw  # noqa: F401  makes its work known
from shuiheng.services.ledger import ledger_book as _ledger_book  # noqa: F401
from shuiheng.services.readings import demo_filing as _demo_filing  # noqa: F401  makes its batches known
from shuiheng.services.readings import edit_batches as _edit_batches  # noqa: F401  makes its kind known
from shuiheng.services.readings import file_month as _file_month  # noqa: F401  makes its batches known
from shuiheng.services.readings import month_workbook as _month_workbook  # noqa: F401
from shuiheng.services.readings import receive_call as _receive_call  # noqa: F401  makes its kinds known
from shuiheng.services.readings import retry_busy as _retry_busy  # noqa: F401  done each minute
from shuiheng.services.readings import settle_again as _settle_again  # noqa: F401  makes its work known
from shuiheng.services.readings import take_readings as _take_readings  # noqa: F401
from shuiheng.services.readings import watch_meters as _watch_meters  # noqa: F401  makes its work known
from shuiheng.services.rules import replay as _replay  # noqa: F401  makes its work known
from shuiheng.services.use import keep_totals as _keep_totals  # noqa: F401  done each minute
from shuiheng.services.warnings import watch_warnings as _watch_warnings  # noqa: F401  done each minute

__all__ = ["run_worker"]
