"""Ways out of the house: mail and short messages.

In: an address, a title, a text and a key that names the message. Out: nothing, or a
TransportError that says whether to try again. A way that is not configured does not exist.
"""

from shuiheng.adapters.messages.transports import (
    MailTransport,
    SmsTransport,
    Transport,
    TransportError,
    transports,
)

__all__ = ["MailTransport", "SmsTransport", "Transport", "TransportError", "transports"]
