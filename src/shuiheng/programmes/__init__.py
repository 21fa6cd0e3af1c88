"""What must be created, tested, audited and inspected, and was it.

In: kinds of programmes as data, the dated events of their cases, and what is known of their subjects.
Out: who is eligible, what a case may do next, its score with every point, what counts on any day.
"""
