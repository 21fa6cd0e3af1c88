"""A reading as it comes in, before anybody knows whose meter it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedReading:
    """One register at one instant, by the number that the sender gives the meter.

    Args:
        meter_number: Number of the meter as sent; the ledger knows which meter it is.
        read_at: UTC seconds at which the register showed it.
        register_litres: What the register showed, whole litres. A row without a register is no
            reading: in the store such a row would withdraw one.
        flow_l_h: Flow at that instant, litres per hour, exact, where it was sent.
        battery: What was sent about the battery, in the sender's words.
        status: What was sent about the state, in the sender's words or as hex.
        line: Which line of its file or entry of its call it was, from 1; 0 where it has no place.
            Two readings that differ in nothing else are the same.
    """

    meter_number: str
    read_at: int
    register_litres: int
    flow_l_h: Decimal | None = None
    battery: str = ""
    status: str = ""
    line: int = field(default=0, compare=False)
