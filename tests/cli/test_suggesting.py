"""What a wrong word may be meant for, where a thousand words are wrong."""

from __future__ import annotations

from cls_graph.suggesting import Suggester

FEW = ["cpam-26", "caf-26"]
MANY = [f"commune-{n:05}" for n in range(300)]


def test_among_many_only_the_first_wrong_words_are_looked_up_and_the_same_one_once() -> None:
    suggester = Suggester()
    said = [suggester.near(f"comune-{n:05}", MANY, "organisation")["en"] for n in range(300)]
    assert said[0].startswith(" Did you mean 'commune-00000'")
    assert [bool(text) for text in said] == [True] * Suggester.MOST + [False] * 100
    assert suggester.near("comune-00000", MANY, "organisation")["en"] == said[0]
    assert suggester.near("cpam-27", FEW, "organisation")["en"].startswith(" Did you mean 'cpam-26'")
