"""Which rows of a table head its columns."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.documents.drafts import DraftCell
from shuiheng.adapters.documents.text.kinds import is_header_row


def mark_header(cells: Sequence[DraftCell]) -> None:
    """Mark the header rows when the file does not say which they are and their words do.

    A title that spans the whole table may stand above them; cells of the header that are
    merged downwards make a header of several rows.
    """
    if any(cell.is_header for cell in cells):
        return
    width = max((cell.column + cell.column_span for cell in cells), default=0)
    row = 0
    while row < 2:
        here = [cell for cell in cells if cell.row == row]
        if len(here) != 1 or here[0].column_span < width or width < 2:
            break
        row += 1
    head = [cell for cell in cells if cell.row == row]
    if not is_header_row([cell.text for cell in head]):
        return
    last = row + max((cell.row_span for cell in head if cell.row_span <= 3), default=1)
    for cell in cells:
        if cell.row < last:
            cell.is_header = True
