"""The page of one case: its steps, evidence, score, publication and history, and what is done to it."""
