"""Providers of identities outside: who somebody is, proved by another system.

In: the address of a provider, and what it sends back with a person. Out: the name by which it
knows that person. `port` says what every provider can do; `oidc` and `cas` do it. What is
asked of a provider goes over TLS, except to this machine itself.
"""
