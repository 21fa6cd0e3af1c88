"""The number formats of cells: which show a percent sign, which show a day, and one more for days."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from shuiheng.adapters.workbooks.markup import every, first, made

_PERCENTS = frozenset({9, 10})
_DAYS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})  # built in, with those of Chinese
_FIRST_OWN = 164  # below, numbers of formats are built in
_DAY_CODE = "yyyy\\-mm\\-dd"
_SILENT = re.compile(r"\"[^\"]{0,200}\"|\\.|\[[^\]]{0,60}\]|_.|\*.")
_DAY_SIGNS = re.compile(r"[yd]|(?<!h)m(?!s)", re.I)


class CellStyles:
    """The styles of one workbook; `day_style` may add to them.

    Args:
        root: The part `styles.xml`.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.is_changed = False
        self._codes = {
            int(str(each.get("numFmtId"))): str(each.get("formatCode") or "")
            for each in every(root, "numFmt")
            if str(each.get("numFmtId")).isdecimal()
        }
        styles = first(root, "cellXfs")
        self._styles = styles if styles is not None else made(root, "cellXfs")
        self._of_days: dict[int, int] = {}

    def shows_percent(self, style: int) -> bool:
        """Return whether a style prints a share as percent."""
        number = self._number(style)
        return number in _PERCENTS or "%" in _SILENT.sub("", self._codes.get(number, ""))

    def shows_day(self, style: int) -> bool:
        """Return whether a style prints a number as a day."""
        number = self._number(style)
        code = _SILENT.sub("", self._codes.get(number, ""))
        return _DAY_SIGNS.search(code) is not None if number in self._codes else number in _DAYS

    def day_style(self, style: int) -> int:
        """Return a style that looks like this one and prints a day."""
        if self.shows_day(style):
            return style
        if style not in self._of_days:
            styles = list(every(self._styles, "xf"))
            copy = deepcopy(styles[style]) if style < len(styles) else made(self._styles, "xf")
            copy.set("numFmtId", str(self._day_number()))
            copy.set("applyNumberFormat", "1")
            self._styles.append(copy)
            self._styles.set("count", str(len(styles) + 1))
            self._of_days[style] = len(styles)
            self.is_changed = True
        return self._of_days[style]

    def _number(self, style: int) -> int:
        styles = list(every(self._styles, "xf"))
        number = str(styles[style].get("numFmtId")) if style < len(styles) else ""
        return int(number) if number.isdecimal() else 0

    def _day_number(self) -> int:
        """Return the number of our format for days, which is added when it is not there."""
        known = next((number for number, code in self._codes.items() if code == _DAY_CODE), None)
        if known is not None:
            return known
        number = max(_FIRST_OWN - 1, *self._codes, 0) + 1
        formats = first(self.root, "numFmts")
        if formats is None:
            formats = made(self.root, "numFmts")
            self.root.insert(0, formats)
        formats.append(made(formats, "numFmt", numFmtId=str(number), formatCode=_DAY_CODE))
        formats.set("count", str(len(formats)))
        self._codes[number] = _DAY_CODE
        return number
