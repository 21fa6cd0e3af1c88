"""One refusal of the database, and the trigger that makes it on each vendor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

PREFIX = "records_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One refusal.

    Args:
        name: Name of its trigger without the prefix.
        table: Table without the prefix.
        verb: What is refused: INSERT, UPDATE or DELETE.
        code: Cause, which stands in the words of the refusal.
        condition: When it is refused, over OLD and NEW; always unless given.
        spared: The only column that may change; a change of any other of the table is refused too.
        erased: Columns that may all become empty, with nothing else changing, once `over_when` holds.
        over_when: When what stands in them is no longer needed, over OLD.
    """

    name: str
    table: str
    verb: str
    code: str
    condition: str = ""
    spared: str = ""
    erased: tuple[str, ...] = ()
    over_when: str = ""

    @property
    def trigger(self) -> str:
        """The name of the trigger, and of its function on PostgreSQL."""
        return PREFIX + self.name

    @property
    def words(self) -> str:
        """What the database answers."""
        return f"records.{self.code}: {PREFIX}{self.table} refuses {self.verb}"

    @property
    def body(self) -> str:
        """The body of its function on PostgreSQL."""
        refusal = f"RAISE EXCEPTION '{self.words}' USING ERRCODE = 'check_violation';"
        refusal = f"IF {self.condition} THEN {refusal} END IF;" if self.condition else refusal
        return f" BEGIN {refusal} RETURN {'OLD' if self.verb == 'DELETE' else 'NEW'}; END "

    def over(self, columns: Iterable[str]) -> Guard:
        """Return the refusal for a table that has these columns."""
        if not self.spared:
            return self
        names = list(columns)
        changed = (f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in names if name != self.spared)
        condition = " OR ".join((self.condition, *changed))
        if self.erased:
            same = (
                f"OLD.{name} IS NOT DISTINCT FROM NEW.{name}" for name in names if name not in self.erased
            )
            empty = (f"NEW.{name} = ''" for name in self.erased)
            allowed = " AND ".join((f"({self.over_when})", *same, *empty))
            condition = f"({condition}) AND NOT ({allowed})"
        return replace(self, condition=condition, spared="", erased=(), over_when="")

    def statements(self, *, vendor: str) -> tuple[str, ...]:
        """Return what makes the refusal on a database of this vendor."""
        trigger = f"CREATE TRIGGER {self.trigger} BEFORE {self.verb} ON {PREFIX}{self.table} FOR EACH ROW"
        if vendor == "postgresql":
            return (
                f"CREATE OR REPLACE FUNCTION {self.trigger}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$${self.body}$$",
                f"{trigger} EXECUTE FUNCTION {self.trigger}()",
            )
        when = f" WHEN {self.condition}" if self.condition else ""
        return (f"{trigger}{when} BEGIN SELECT RAISE(ABORT, '{self.words}'); END",)

    def definition(self, *, vendor: str) -> str:
        """Return what the database's own catalogue says of the refusal once it is made."""
        return self.body if vendor == "postgresql" else self.statements(vendor=vendor)[0]
