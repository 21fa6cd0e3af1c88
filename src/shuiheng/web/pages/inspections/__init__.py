"""Pages of random inspections: the plan of a year, one draw, the registers, what came of it."""
