"""The database marks months in which something changed that totals of use follow from.

A mark is written by a trigger, in the transaction of the change, so that no service, command or other
program can forget it. Marks are never wrong for being too many: a marked month is added up anew.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "records_"
MARKS = f"{PREFIX}usemark"
FIGURES = (
    "meter_id",
    "month",
    "by_time_litres",
    "estimated_litres",
    "measured_seconds",
    "spread_seconds",
    "estimated_seconds",
    "missing_seconds",
)
ENDS = ("superseded_at",)
"""The only column of a belief that can change and matters; `guards` sees to the others."""

_ALWAYS = ("'0001-01-01'", "NULL")
_MONTH = ("{row}.month", "{row}.month")
_DAYS = ("{row}.valid_from", "{row}.valid_to")
_ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What marks months when rows of a table change.

    Args:
        table: Table without the prefix.
        verb: The change: INSERT, UPDATE or DELETE.
        span: First and last day of the months that a row concerns, as SQL over `{row}`; NULL is for ever.
        columns: Columns of which one must change to matter; any when empty.
    """

    table: str
    verb: str
    span: tuple[str, str]
    columns: tuple[str, ...] = ()

    @property
    def trigger(self) -> str:
        """The name of the trigger, and of its function on PostgreSQL."""
        return f"{PREFIX}{self.table}_marks_{self.verb.lower()}"

    def statements(self, *, vendor: str) -> tuple[str, ...]:
        """Return what makes the trigger on a database of this vendor."""
        return self._once_a_statement() if vendor == "postgresql" else (self._once_a_row(),)

    def definition(self, *, vendor: str) -> str:
        """Return what the database's own catalogue says of it once it is made."""
        return self._body() if vendor == "postgresql" else self._once_a_row()

    def _once_a_row(self) -> str:
        """Return the trigger of SQLite: there is one writer, so a mark that stands is not repeated."""
        changed = f" WHEN {self._changed('OLD', 'NEW')}" if self.columns else ""
        inserts = []
        for row in _ROWS[self.verb]:
            first, last = (part.format(row=row) for part in self.span)
            within = f"mark.first <= {first} AND (mark.last IS NULL OR mark.last >= {last})"
            inserts += [
                f"INSERT INTO {MARKS} (first, last) SELECT date({first}, 'start of month'), {last}",
                " ".join(("WHERE NOT EXISTS (SELECT 1 FROM", MARKS, "AS mark WHERE", f"{within});")),
            ]
        head = f"CREATE TRIGGER {self.trigger} AFTER {self.verb} ON {PREFIX}{self.table} FOR EACH ROW"
        return f"{head}{changed} BEGIN {' '.join(inserts)} END"

    def _once_a_statement(self) -> tuple[str, ...]:
        """Return the trigger of PostgreSQL: each transaction sets its own mark and waits for no other."""
        named = " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in _ROWS[self.verb])
        return (
            f"CREATE OR REPLACE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$${self._body()}$$",
            f"CREATE TRIGGER {self.trigger} AFTER {self.verb} ON {PREFIX}{self.table} "
            f"REFERENCING {named} FOR EACH STATEMENT EXECUTE FUNCTION {self.trigger}()",
        )

    def _body(self) -> str:
        names = [f"{row.lower()}_rows" for row in _ROWS[self.verb]]
        source = names[0]
        if self.verb == "UPDATE":
            source = f"{names[0]} JOIN {names[1]} ON {names[0]}.id = {names[1]}.id"
            source += f" AND ({self._changed(*names)})" if self.columns else ""
        parts = []
        for name in names:
            first, last = (part.format(row=name) for part in self.span)
            month = f"date_trunc('month', CAST({first} AS timestamp))::date"
            parts.append(" ".join(("SELECT DISTINCT", f"{month}, CAST({last} AS date)", "FROM", source)))
        return f" BEGIN INSERT INTO {MARKS} (first, last) {' UNION '.join(parts)}; RETURN NULL; END "

    def _changed(self, old: str, new: str) -> str:
        return " OR ".join(f"{old}.{name} IS DISTINCT FROM {new}.{name}" for name in self.columns)


def markers() -> tuple[Marker, ...]:
    """Return all of them: months as settled, beliefs by which meters count and group, whose a meter is."""
    facts = ("meterfact", "userfact", "sourcefact")
    return (
        *(Marker(table="settledmonth", verb=verb, span=_MONTH) for verb in ("INSERT", "DELETE")),
        Marker(table="settledmonth", verb="UPDATE", span=_MONTH, columns=FIGURES),
        *(Marker(table=table, verb="INSERT", span=_DAYS) for table in facts),
        *(Marker(table=table, verb="UPDATE", span=_DAYS, columns=ENDS) for table in facts),
        Marker(table="meter", verb="UPDATE", span=_ALWAYS, columns=("user_id", "city_id")),
        Marker(table="watersource", verb="UPDATE", span=_ALWAYS, columns=("kind",)),
    )
