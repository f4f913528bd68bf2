"""What the tests of drafting share: a text in, the facts of its drafts out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from cls_graph.corpus import Corpus
from cls_graph.drafting import Draft, draft, read_bytes

SIGNING = ("signatory", "lead-signatory", "associated-signatory")


@dataclass
class Read:
    """The drafts of a text, with what tests ask of them."""

    drafts: list[Draft]

    @property
    def record(self) -> dict[str, Any]:
        return self.drafts[0].record

    def signatories(self, index: int = 0) -> list[str]:
        """ "kind name" of each sure signatory."""
        return [
            f"{e['kind']} {e['name_as_stated']}"
            for e in self.drafts[index].record.get("engagements", [])
            if e["role"] in SIGNING and e.get("assertion") != "unresolved"
        ]

    def doubtful(self) -> list[str]:
        return [
            e["name_as_stated"]
            for e in self.record.get("engagements", [])
            if e.get("assertion") == "unresolved"
        ]

    def axes(self, index: int = 0) -> list[str]:
        return [a["label"] for a in self.drafts[index].record.get("programme", [])]

    def milestones(self) -> dict[str, str]:
        """The stated date of each milestone, by type."""
        return {m["type"]: m.get("stated_date", "") for m in self.record.get("milestones", [])}

    def doubts(self) -> str:
        return "\n".join(d["fr"] for d in self.drafts[0].doubts)


@pytest.fixture(scope="session")
def reads() -> Callable[[str], Read]:
    """Drafts a text against the bundled corpus."""
    corpus = Corpus.open()
    return lambda text: Read(draft(read_bytes("essai.txt", text.encode()), corpus))
