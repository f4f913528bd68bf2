"""The file of a ready question that is wrong: what, on which line, and how to mend it, in both languages."""

from __future__ import annotations

import pytest

from cls_graph.errors import QuestionError
from cls_graph.queries.question import read

FILE = """\
#+ title:
#+   fr: Quels contrats ?
#+   en: Which contracts?
#+ description: {fr: Tous., en: All.}
#+ theme: contracts
#+ parameters:
#+   minimum: {type: integer, default: 1, min: 0}
SELECT ?key (COUNT(?x) AS ?total) WHERE {
  VALUES ?minimum { 1 }
  ?x <http://purl.org/dc/terms/identifier> ?key
} GROUP BY ?key ORDER BY ?key
"""


def test_a_right_file_is_a_question() -> None:
    question = read("mine", FILE)
    assert (question.view, question.columns) == ("table", ("key", "total"))
    assert [p.name for p in question.parameters] == ["minimum"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#+   en: Which contracts?\n", "", 1, "title: words in French (fr) and in English (en) are needed"),
        ("fr: Tous., ", "", 4, "description: words in French"),
        ("fr: Tous.", "fr: ''", 4, "description: words in French"),
        ("#+ description: {fr: Tous., en: All.}\n", "", 1, "description: words in French"),
        ("theme: contracts", "theme: contract", 5, "'contract' is not one of: contracts, partners"),
        ("#+ theme", "#+ view: graph\n#+ theme", 5, "'graph' is not one of: table, chart"),
        (
            "#+ theme",
            "#+ view: chart\n#+ theme",
            5,
            "view: name the columns of the picture: chart: {label, value",
        ),
        ("#+ theme", "#+ chart: {label: key}\n#+ theme", 5, "chart: value, the name of a column, is missing"),
        ("#+ theme", "#+ chart: {label: key, value: sum}\n#+ theme", 5, "'sum' is not one of: key, total"),
        (
            "#+ theme",
            "#+ chart: {label: key, worth: total}\n#+ theme",
            5,
            "unknown key (there are: label, value",
        ),
        ("#+ theme", "#+ network: {source: [key]}\n#+ theme", 5, "is not one of: key, total"),
        ("#+ theme", "#+ computed: pagerank\n#+ theme", 5, "'pagerank' is not one of: betweenness"),
        ("#+ theme", "#+ colums: {}\n#+ theme", 5, "Did you mean 'columns'?"),
        ("#+ theme", "#+ columns: {total: {fr: Total}}\n#+ theme", 5, "columns → total: words in French"),
        ("#+ theme", "#+ columns: total\n#+ theme", 5, "columns: keys with their values"),
        ("#+ theme", "#+ theme: x\n#+ theme", 6, "the head is not YAML"),
        ("{type: integer", "{type: int", 7, "'int' is not one of: concept"),
        ("type: integer", "type: concept", 7, "scheme, the name of the code list, is missing"),
        ("min: 0", "min: none", 7, "min: this is not a number"),
        ("min: 0", "least: 0", 7, "unknown key (there are: type, scheme"),
        ("minimum: {", "few: {", 7, "parameters → few → label: words in French"),
        ("VALUES ?minimum { 1 }", "", 7, "write VALUES ?minimum { … }"),
        ("?total)", "?sum)", 1, "the column ?sum has no name: add '#+   sum: {fr: …, en: …}'"),
        (" ORDER BY ?key", "", 1, "the query has no ORDER BY"),
        ("SELECT ?key (COUNT(?x) AS ?total) WHERE", "ASK", 1, "a query SELECT … WHERE is needed"),
        (FILE[: FILE.index("SELECT")], "", 1, "the head (lines '#+ key: value') is missing"),
    ],
)
def test_a_wrong_file_says_where_and_how_to_mend_it(old: str, new: str, line: int, said: str) -> None:
    assert old in FILE
    with pytest.raises(QuestionError) as caught:
        read("mine", FILE.replace(old, new, 1))
    assert said in caught.value.detail["en"]
    assert caught.value.detail["en"].startswith(f"mine.rq, line {line}: ")
    assert caught.value.detail["fr"].startswith(f"mine.rq, ligne {line} : ")
    assert caught.value.exit_code == 2
