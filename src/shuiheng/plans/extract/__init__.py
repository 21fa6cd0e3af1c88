"""What the passages of a plan state: targets, milestones, duties, thresholds, cited sources.

In: an outline of passages and the read document. Out: `Extracted`, numbered items tied to
their words. The order of work on one passage: `surface` (plain forms, brackets masked),
`dates`, `clauses`, `quantities`, `governance` (which deadline holds where), then the readers
`figures`, `milestones`, `thresholds`, `duties`. `figure_tables` reads cells, `citations` the
document, `items` assembles.
"""

from shuiheng.plans.extract.citations import cited_sources
from shuiheng.plans.extract.context import ReadingContext, Statements
from shuiheng.plans.extract.figure_tables import figure_table_targets
from shuiheng.plans.extract.items import Extracted, extract_items
from shuiheng.plans.extract.statements import statements

__all__ = [
    "Extracted",
    "ReadingContext",
    "Statements",
    "cited_sources",
    "extract_items",
    "figure_table_targets",
    "statements",
]
