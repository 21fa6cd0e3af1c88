"""The database keeps what settled months told before they changed, when official figures may rest on them.

It is written by a trigger, in the transaction of the change, so that no service, command or other program
can forget it. One row stands for a meter and month until the next figure is signed off: it holds what was
settled when the last one of its city was. Months of years of which none was signed off leave nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass

PREFIX = "records_"
TABLE, TURNS, FIGURES = f"{PREFIX}settledmonth", f"{PREFIX}settledturn", f"{PREFIX}figure"
METERS = f"{PREFIX}meter"
MATTERS = ("meter_id", "month", "by_time_litres", "estimated_litres")
COLUMNS = "meter_id, month, told_litres, estimated_litres, figure_id, turned_at"
_INTO = f"INSERT INTO {TURNS} ({COLUMNS})"
_ROW = {"INSERT": "NEW", "UPDATE": "OLD", "DELETE": "OLD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnKeeper:
    """What keeps a settled month as it was when it changes by a verb: INSERT, UPDATE or DELETE."""

    verb: str

    @property
    def trigger(self) -> str:
        """The name of the trigger, and of its function on PostgreSQL."""
        return f"{TABLE}_turns_{self.verb.lower()}"

    def statements(self, *, vendor: str) -> tuple[str, ...]:
        """Return what makes the trigger on a database of this vendor."""
        if vendor != "postgresql":
            return (self._once_a_row(),)
        names = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[self.verb]
        named = " ".join(f"{row} TABLE AS {row.lower()}_rows" for row in names)
        return (
            f"CREATE OR REPLACE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$${self._body()}$$",
            f"CREATE TRIGGER {self.trigger} AFTER {self.verb} ON {TABLE} "
            f"REFERENCING {named} FOR EACH STATEMENT EXECUTE FUNCTION {self.trigger}()",
        )

    def definition(self, *, vendor: str) -> str:
        """Return what the database's own catalogue says of it once it is made."""
        return self._body() if vendor == "postgresql" else self._once_a_row()

    def _once_a_row(self) -> str:
        row = _ROW[self.verb]
        when = [_rests(row, f"CAST(strftime('%Y', {row}.month) AS INTEGER)")]
        when += [f"({_changed('OLD', 'NEW')})"] if self.verb == "UPDATE" else []
        same = (
            f"turn.meter_id = {row}.meter_id AND turn.month = {row}.month AND turn.figure_id = {_last(row)}"
        )
        values = f"{row}.meter_id, {row}.month, {self._litres(row)}, {_last(row)}"
        parts = (
            *(_INTO, "SELECT", values, ", strftime('%Y-%m-%d %H:%M:%f', 'now')"),
            *("WHERE NOT EXISTS (SELECT 1 FROM", TURNS, "AS turn WHERE", same, ");"),
        )
        head = f"CREATE TRIGGER {self.trigger} AFTER {self.verb} ON {TABLE} FOR EACH ROW"
        return f"{head} WHEN {' AND '.join(when)} BEGIN {' '.join(parts)} END"

    def _body(self) -> str:
        row = f"{_ROW[self.verb].lower()}_rows"
        source = row
        if self.verb == "UPDATE":
            changed = _changed("old_rows", "new_rows")
            source = f"old_rows JOIN new_rows ON old_rows.id = new_rows.id AND ({changed})"
        values = f"{row}.meter_id, {row}.month, {self._litres(row)}, {_last(row)}, clock_timestamp()"
        parts = (
            *(_INTO, "SELECT", values, "FROM", source),
            *("WHERE", _rests(row, f"EXTRACT(year FROM {row}.month)"), "ON CONFLICT DO NOTHING;"),
        )
        return f" BEGIN {' '.join(parts)} RETURN NULL; END "

    def _litres(self, row: str) -> str:
        """Return what was settled before: nothing for a month that was not settled yet."""
        if self.verb == "INSERT":
            return "CAST(NULL AS bigint), CAST(NULL AS bigint)"
        return f"{row}.by_time_litres, {row}.estimated_litres"


def _rests(row: str, year: str) -> str:
    """Return the condition that an official figure of the city of a meter speaks of a year or a later one."""
    made = " ".join(("EXISTS (SELECT 1 FROM", FIGURES, "AS made WHERE made.city_id =", _city(row)))
    return f"{made} AND made.year >= {year})"


def _last(row: str) -> str:
    """Return the figure of the city of a meter that was signed off last."""
    return " ".join(("(SELECT max(made.id) FROM", FIGURES, "AS made WHERE made.city_id =", f"{_city(row)})"))


def _city(row: str) -> str:
    return " ".join(("(SELECT own.city_id FROM", METERS, f"AS own WHERE own.id = {row}.meter_id)"))


def _changed(old: str, new: str) -> str:
    return " OR ".join(f"{old}.{name} IS DISTINCT FROM {new}.{name}" for name in MATTERS)


def turn_keepers() -> tuple[TurnKeeper, ...]:
    """Return all of them."""
    return tuple(TurnKeeper(verb=verb) for verb in _ROW)
