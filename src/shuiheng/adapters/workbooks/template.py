"""A form that goes out as a workbook and comes back filled in: its columns, keys and rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel import Severity

Value = str | int | Decimal | date | None
Row = Mapping[str, Value]


class ColumnForm(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DAY = "day"
    CHOICE = "choice"

    @property
    def is_number(self) -> bool:
        """Whether the cells are numbers."""
        return self in (ColumnForm.INTEGER, ColumnForm.DECIMAL, ColumnForm.PERCENT)


class CodeScheme(StrEnum):
    """A scheme of codes whose check is built in."""

    NONE = ""
    CREDIT_CODE = "credit_code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a form.

    Args:
        key: Name in the program, letters, digits and underscores.
        zh: Heading in Chinese, without the unit.
        en: Heading in English.
        unit: Unit as printed in the heading (万m³); values are in it. A percent column has `%`
            and holds ratios from 0 to 1 in the program.
        form: What its cells hold.
        is_required: Whether a row must have it. Key columns are required in any case.
        is_locked: Whether it is filled before issue and must come back as it was.
        choices: The words of a choice column, in the order of the list.
        lowest: Lowest number or first day, included.
        highest: Highest number or last day, included.
        places: Most decimal places as printed.
        shortest: Fewest characters of a text.
        longest: Most characters of a text or code.
        pattern: Regular expression that a whole code must match.
        scheme: Scheme whose check a code must pass.
        also: Further headings under which the column is found.
        unit_also: Further spellings of the unit that a cell may carry.
        help: One sentence for the instructions and the input message.
        samples: What the two sample rows show; made up when empty.
        width: Width in characters.
    """

    key: str
    zh: str
    en: str = ""
    unit: str = ""
    form: ColumnForm = ColumnForm.TEXT
    is_required: bool = False
    is_locked: bool = False
    choices: tuple[str, ...] = ()
    lowest: Decimal | date | None = None
    highest: Decimal | date | None = None
    places: int | None = None
    shortest: int = 0
    longest: int = 2000
    pattern: str = ""
    scheme: CodeScheme = CodeScheme.NONE
    also: tuple[str, ...] = ()
    unit_also: tuple[str, ...] = ()
    help: str = ""
    samples: tuple[Value, ...] = ()
    width: int = 16

    @property
    def shown_unit(self) -> str:
        """The unit of the heading."""
        return self.unit or ("%" if self.form is ColumnForm.PERCENT else "")

    @property
    def heading(self) -> str:
        """The heading in Chinese with its unit, as the workbook prints it."""
        return f"{self.zh}（{self.shown_unit}）" if self.shown_unit else self.zh


class RuleKind(StrEnum):
    """How the cells of one row depend on each other."""

    COMPARE = "compare"
    REQUIRED_WHEN = "required_when"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRule:
    """One rule between cells of a row; it is held only where all its cells are filled.

    `COMPARE`: `left` stands to the sum of `right` as `operator` says (`<=`, `>=`, `=`, `<`, `>`).
    `REQUIRED_WHEN`: `left` is required when the cell `right[0]` is one of `words`.
    """

    kind: RuleKind
    left: str
    right: tuple[str, ...]
    operator: str = "="
    words: tuple[str, ...] = ()
    severity: Severity = Severity.DISQUALIFY


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A form: what it asks, and what holds for the answers.

    Args:
        id: Name in the program, kept for all editions.
        version: Edition; it rises with each change of columns.
        title: Title in Chinese, also the name of the sheet.
        columns: Columns in order.
        keys: Keys of the columns that tell rows apart.
        rules: Rules between the cells of a row.
        levels: Severity of codes that weigh otherwise than usual, by code.
        notes: Lines of the instructions, such as the approval number of the form.
        accepts_versions: Older editions that may still come back.
        takes_new_rows: Whether rows beyond those issued may be added.
        is_reasoned: Whether a column for reasons is added, which answers a 提示.
    """

    id: str
    version: int
    title: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...] = ()
    rules: tuple[RowRule, ...] = ()
    levels: tuple[tuple[str, Severity], ...] = ()
    notes: tuple[str, ...] = ()
    accepts_versions: tuple[int, ...] = ()
    takes_new_rows: bool = True
    is_reasoned: bool = True

    def column(self, key: str) -> Column:
        """Return the column with this key.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def needs(self, column: Column) -> bool:
        """Return whether a row must have a value in this column."""
        return column.is_required or column.key in self.keys

    @property
    def shape(self) -> str:
        """Digest of id, columns and keys: what the stamp of a workbook vouches for."""
        told = [self.id, *(f"{column.key}|{column.heading}|{column.form}" for column in self.columns)]
        return hashlib.sha256("\n".join([*told, *self.keys]).encode("utf-8")).hexdigest()[:16]

    def severity(self, code: str, usual: Severity) -> Severity:
        """Return how much a code weighs in this form."""
        return dict(self.levels).get(code, usual)
