"""Each client's share of the workers: a reserve of work that refills, and a few long queries at once.

A client is an address; of IPv6 the network of 64 bits that one subscriber has.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import Scope

from cls_graph.errors import TooManyRequests
from cls_graph.service.ticket import Ticket
from cls_graph.settings import Settings

_CLIENTS = 10_000
"""Clients that are remembered; the one that was quiet longest is forgotten first."""
_LONG_RETRY = 5


def client_address(scope: Scope, proxies: int) -> str:
    """The address of who asks.

    Behind ``proxies`` servers that each add to X-Forwarded-For, it is the one that the first of them
    saw; whatever stands further left was written by the client and means nothing.
    """
    peer = str((scope.get("client") or ("",))[0])
    if not proxies:
        return peer
    values = [v.decode("latin-1") for k, v in scope["headers"] if k == b"x-forwarded-for"]
    chain = [part.strip() for part in ",".join(values).split(",") if part.strip()] + [peer]
    return chain[max(0, len(chain) - 1 - proxies)]


@lru_cache(maxsize=1024)
def client_key(address: str) -> str:
    """What the client at ``address`` is accounted under."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 6:
        mapped = ip.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def client_of(scope: Scope) -> str:
    """What the client of a request is accounted under."""
    return client_key(str((scope.get("client") or ("",))[0]))


@dataclass
class _Account:
    reserve: float
    seen: float
    long: int = 0


class Budgets:
    """The accounts of all clients. ``refused`` counts the queries that were turned away."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.refused = 0
        self._burst = settings.client_burst
        self._rate = settings.client_rate
        self._most_long = settings.client_long
        self._clock = clock
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def enter(self, client: str) -> None:
        """Let a query in, if its client has any reserve left. Raises ``TooManyRequests``."""
        account = self._account(client)
        if self._burst and account.reserve <= 0:
            # Come back once there is a second of work in reserve again.
            wait = (1.0 - account.reserve) / self._rate if self._rate else 3600.0
            self._refuse(
                math.ceil(wait),
                "Vos requêtes ont épuisé la part de calcul accordée à un client.",
                "Your queries have used up the share of work that a client gets.",
            )

    def long(self, client: str, ticket: Ticket) -> bool:
        """Note that a query has become long; true if its client may have one more, else it is stopped."""
        account = self._account(client)
        if self._most_long and account.long >= self._most_long:
            try:
                self._refuse(
                    _LONG_RETRY,
                    f"Vous avez déjà {account.long} requêtes longues en cours.",
                    f"You already have {account.long} long queries running.",
                )
            except TooManyRequests as error:
                ticket.stop(error)
            return False
        account.long += 1
        return True

    def leave(self, client: str, seconds: float, *, long: bool) -> None:
        """Charge a query that has ended: the ``seconds`` of a worker that it took."""
        account = self._account(client)
        account.reserve -= seconds
        account.long = max(0, account.long - long)

    def _account(self, client: str) -> _Account:
        now = self._clock()
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = _Account(self._burst, now)
            if len(self._accounts) > _CLIENTS:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(client)
        account.reserve = min(self._burst, account.reserve + (now - account.seen) * self._rate)
        account.seen = now
        return account

    def _refuse(self, wait: int, fr: str, en: str) -> None:
        self.refused += 1
        raise TooManyRequests(fr, en, retry_after=wait)
