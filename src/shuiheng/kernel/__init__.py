"""Values that every room speaks: spans, findings, days.

In: nothing. Out: small frozen values with no domain of their own. The kernel uses
the standard library only and knows no document, no database and no clock.
"""

from shuiheng.kernel.finding import Finding, Severity
from shuiheng.kernel.span import Span

__all__ = ["Finding", "Severity", "Span"]
