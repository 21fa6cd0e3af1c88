"""Tables under pictures: what a page shows, a file holds and a picture draws are the same cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal

from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.web.templatetags.shown import amount

M3_OF_A_WAN = 10_000
FINE = Decimal(1)
SHORT = Context(prec=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell.

    Args:
        value: What a file holds; None for what is not known.
        shown: What the page shows; nothing for what is not known.
        link: Where it leads, or nothing.
        is_document: Whether the words are those of a document, which nobody translates.
        links: Words that lead each to a page of its own, where one link is not enough.
    """

    value: Value
    shown: str
    link: str = ""
    is_document: bool = False
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row, with the cells beside their columns."""

    cells: Sequence[Cell]
    columns: Sequence[Column]
    is_total: bool = False

    @property
    def pairs(self) -> Sequence[tuple[Column, Cell]]:
        """Return each cell with its column."""
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under a picture.

    Args:
        part: Its short name in addresses.
        title: What it shows.
        columns: Its columns.
        rows: Its rows; `totals` of them, from the first, speak of the whole.
        totals: How many rows speak of the whole.
    """

    part: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    totals: int = 0

    @property
    def lines(self) -> Sequence[Line]:
        """Return the rows with their columns."""
        return [
            Line(cells=row, columns=self.columns, is_total=place < self.totals)
            for place, row in enumerate(self.rows)
        ]


def number_column(title: str, *, width: int = 14) -> Column:
    """Return a column of numbers."""
    return Column(title=title, form=ColumnForm.NUMBER, width=width)


def words_cell(words: object, *, link: str = "", is_document: bool = False) -> Cell:
    """Return a cell of words."""
    text = str(words)
    return Cell(value=text, shown=text, link=link, is_document=is_document)


def number_cell(value: Decimal | None, *, digits: int = 2, link: str = "") -> Cell:
    """Return a cell of a number, more digits for a small one; one that is not known is empty, never 0."""
    if value is None:
        return Cell(value=None, shown="")
    return Cell(value=value, shown=shown_number(value, digits=digits), link=link)


def volume_cell(value_m3: Decimal | None, *, link: str = "") -> Cell:
    """Return a cell of a volume in 万m³."""
    return number_cell(in_wan(value_m3), link=link)


def percent_cell(ratio: Decimal | None) -> Cell:
    """Return a cell of a ratio in percent."""
    return number_cell(None if ratio is None else ratio * 100, digits=1)


def in_wan(value_m3: Decimal | None) -> Decimal | None:
    """Return m³ in 万m³."""
    return None if value_m3 is None else value_m3 / M3_OF_A_WAN


def shown_number(value: Decimal, *, digits: int = 2) -> str:
    """Return a number with its thousands apart; a small one with more digits, so that it is not nothing."""
    fine = digits + 2 if value and abs(value) < FINE else digits
    text = f"{value:,.{fine}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def target_amount(value: Decimal | None, target: RegisterTarget) -> str:
    """Return a value of a target in words, with its unit and no more digits than one reads."""
    if value is None:
        return ""
    return amount(SHORT.plus(value), target)


def empty_cell() -> Cell:
    """Return a cell in which nothing belongs, which is not the same as not known."""
    return Cell(value="", shown="—")


def target_cell(value: Decimal | None, target: RegisterTarget) -> Cell:
    """Return a cell of a value of a target: in words on the page, whole in a file."""
    return Cell(value=value, shown=target_amount(value, target))


def drawn(value: Decimal | None) -> float | None:
    """Return a number as a picture draws it; what is not known stays unknown."""
    return None if value is None else float(value)


def unknown_words() -> str:
    """Return the word for what is not known."""
    return _("未知")
