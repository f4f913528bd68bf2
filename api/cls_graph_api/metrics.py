"""Figures of the service, in the text format that Prometheus reads."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_KINDS = {
    "sparql": "sparql",
    "update": "update",
    "store": "store",
    "id": "thing",
    "page": "thing",
    "explain": "thing",
    "data": "data",
    "ontology": "terms",
    "vocab": "terms",
    "shapes": "terms",
    "static": "static",
    "healthz": "health",
    "readyz": "health",
    "metrics": "health",
    "docs": "docs",
    "openapi.json": "docs",
    "queries": "queries",
    ".well-known": "catalogue",
    "catalog": "catalogue",
    "dumps": "catalogue",
    "": "page",
}
Labels = Mapping[str, str]


def kind(path: str) -> str:
    """The kind of route of a path; few, so that nobody can fill the figures with made-up ones."""
    return _KINDS.get(path.lstrip("/").partition("/")[0], "other")


class Histogram:
    """How often a duration fell under each bound."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        """Count one duration."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds


class Metrics:
    """What is counted as it happens; the rest is read when it is asked for."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: dict[str, Histogram] = {}
        self.waits = Histogram()
        self.ends: Counter[str] = Counter()
        self.worker_seconds = 0.0
        self.in_flight = 0

    def request(self, kind: str, method: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        self.requests[kind, method if method in _METHODS else "other", status] += 1
        self.seconds.setdefault(kind, Histogram()).observe(seconds)

    def query(self, cause: str, waited: float, seconds: float) -> None:
        """Count a query that a worker has ended with."""
        self.ends[cause] += 1
        self.waits.observe(waited)
        self.worker_seconds += seconds

    def dropped(self, cause: str) -> None:
        """Count a query that ended before any worker took it up."""
        self.ends[cause] += 1

    def render(self, gauges: Iterable[tuple[str, str, str, Labels, float]]) -> str:
        """All of it, with ``gauges``: rows of name, type, help, labels and value."""
        lines: list[str] = []
        _head(lines, "cls_requests_total", "counter", "Requests answered, by kind of route.")
        for (route, method, status), count in sorted(self.requests.items()):
            said = {"route": route, "method": method, "status": str(status)}
            lines.append(_sample("cls_requests_total", said, count))
        _head(lines, "cls_request_seconds", "histogram", "Time to answer, by kind of route.")
        for route, histogram in sorted(self.seconds.items()):
            lines += _buckets("cls_request_seconds", {"route": route}, histogram)
        _head(lines, "cls_query_wait_seconds", "histogram", "Time that queries waited for a worker.")
        lines += _buckets("cls_query_wait_seconds", {}, self.waits)
        _head(
            lines,
            "cls_query_ends_total",
            "counter",
            "Queries ended, by cause; all but done were ended early.",
        )
        for cause, count in sorted(self.ends.items()):
            lines.append(_sample("cls_query_ends_total", {"cause": cause}, count))
        _head(lines, "cls_worker_seconds_total", "counter", "Time that workers gave to queries.")
        lines.append(_sample("cls_worker_seconds_total", {}, self.worker_seconds))
        _head(lines, "cls_requests_in_flight", "gauge", "Requests that are being answered.")
        lines.append(_sample("cls_requests_in_flight", {}, self.in_flight))
        for name, type_, text, labels, value in gauges:
            _head(lines, name, type_, text)
            lines.append(_sample(name, labels, value))
        return "\n".join(lines) + "\n"


_METHODS = frozenset({"GET", "HEAD", "POST", "QUERY", "PUT", "DELETE", "OPTIONS", "PATCH"})


def _head(lines: list[str], name: str, type_: str, text: str) -> None:
    lines += [f"# HELP {name} {text}", f"# TYPE {name} {type_}"]


def _sample(name: str, labels: Labels, value: float) -> str:
    inside = ",".join(f'{k}="{_escape(v)}"' for k, v in labels.items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def _buckets(name: str, labels: Labels, histogram: Histogram) -> list[str]:
    lines, total = [], 0
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), histogram.counts, strict=True):
        total += count
        lines.append(_sample(name + "_bucket", {**labels, "le": bound}, total))
    lines.append(_sample(name + "_sum", labels, histogram.sum))
    lines.append(_sample(name + "_count", labels, total))
    return lines


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
