"""With which probability a target is met at its deadline, by sampled futures.

In come series of use by even periods, or the courses of cases, with a seed; out come samples of what the
deadline will bring, the share of them that meets the target, and what was assumed. Same input and seed,
same digits. It is an aid for staff and never a figure of the city: what is not known is sampled or makes
the answer unknown, and is never taken for 0.

`series`, `smoothing`: two models of use. `scenarios`: totals over several series. `pace`, `counts`: cases
under way. `chance`: the probability with its interval. `score`, `rolling`: how well all this did before.
"""
