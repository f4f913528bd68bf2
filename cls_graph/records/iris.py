"""The IRIs of things, built and taken apart in one place.

Keys are codes, never names; ``docs/modelling.md`` lists the patterns.
"""

from __future__ import annotations

from dataclasses import dataclass

from cls_graph.namespaces import DEFAULT_BASE


@dataclass(frozen=True)
class Iris:
    """IRIs under one base (``dataset.yaml``, key ``base_iri``)."""

    base: str = DEFAULT_BASE

    def thing(self, kind: str, key: str) -> str:
        """``thing("organisation", "ars-84")``, ``thing("territory", "commune/26362")``."""
        return f"{self.base}id/{kind}/{key}"

    def graph(self, name: str) -> str:
        """``graph("registry")``, ``graph("contract/26362-3")``."""
        return f"{self.base}graph/{name}"

    def key(self, kind: str, iri: str) -> str:
        """The key of a thing of a kind; raises ``ValueError`` where the IRI is of another kind.

        >>> Iris().key("organisation", "https://w3id.org/cls-sante/id/organisation/ars-84")
        'ars-84'
        """
        prefix = f"{self.base}id/{kind}/"
        if not iri.startswith(prefix):
            raise ValueError(f"{iri} is not a {kind} of {self.base}")
        return iri[len(prefix) :]

    def kind_and_key(self, iri: str) -> tuple[str, str] | None:
        """``("organisation", "ars-84")`` of an IRI, or ``None`` where it is not one of ours."""
        prefix = f"{self.base}id/"
        if not iri.startswith(prefix):
            return None
        kind, _, key = iri[len(prefix) :].partition("/")
        return (kind, key) if key else None
