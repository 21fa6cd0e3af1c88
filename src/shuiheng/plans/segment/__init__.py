"""Segment: a read document becomes passages with their part in the plan.

In: a SourceDocument. Out: an Outline: header, task and body passages with their path and
units, figure tables, conventions. Stages, each a pure function in its own file: pieces
(paragraphs cut at headings) → sections (tree) → prose and rows (passages) → outline.
A goals cell beside the measure cell of a row belongs to the text, joined in column order.
"""

from shuiheng.plans.segment.outline import segment

__all__ = ["segment"]
