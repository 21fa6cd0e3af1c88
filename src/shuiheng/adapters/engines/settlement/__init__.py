"""A settlement: all that readings say of a period, as files that every engine writes alike.

In: a store of readings, a period and the kinds of answers. Out: a folder of Parquet files, one
per kind, month and range of meters, and `settlement.json`. `settle_embedded` writes what the state
of the store says; `settle_alone` and the cluster (`engines.spark`) compute all anew from the evidence.
When they agree they write the same bytes; `differences` says where they do not.
"""

from shuiheng.adapters.engines.settlement.alone import settle_alone
from shuiheng.adapters.engines.settlement.comparing import Difference, differences
from shuiheng.adapters.engines.settlement.embedded import settle_embedded
from shuiheng.adapters.engines.settlement.job import KINDS, Asked, SettleJob, SettlementRules, job_for
from shuiheng.adapters.engines.settlement.parts import Summary, read_answers, read_summary

__all__ = [
    "KINDS",
    "Asked",
    "Difference",
    "SettleJob",
    "SettlementRules",
    "Summary",
    "differences",
    "job_for",
    "read_answers",
    "read_summary",
    "settle_alone",
    "settle_embedded",
]
