"""The questions of the start page, with the query that answers each."""

from __future__ import annotations

from dataclasses import dataclass

_HEAD = """PREFIX cls: <https://w3id.org/cls-sante/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

"""


@dataclass(frozen=True)
class Example:
    """A question by language and its SPARQL query."""

    fr: str
    en: str
    query: str

    def question(self, lang: str) -> str:
        """The question in one of the languages of the pages."""
        return self.en if lang == "en" else self.fr


EXAMPLES = (
    Example(
        "Quels organismes sont parties à plusieurs contrats ?",
        "Which organisations are party to more than one contract?",
        _HEAD
        + """SELECT ?organisation ?name (COUNT(DISTINCT ?contract) AS ?contracts) WHERE {
  ?contract cls:hasEngagement ?engagement .
  ?engagement cls:party ?organisation .
  ?organisation rdfs:label ?name .
}
GROUP BY ?organisation ?name
HAVING (COUNT(DISTINCT ?contract) > 1)
ORDER BY DESC(?contracts) ?name
""",
    ),
    Example(
        "Quels déterminants de santé sont visés par au moins deux contrats ?",
        "Which determinants of health do two or more contracts address?",
        _HEAD
        + """SELECT ?determinant ?name (COUNT(DISTINCT ?contract) AS ?contracts) WHERE {
  { ?contract cls:addressesDeterminant ?determinant . ?contract a cls:LocalHealthContract }
  UNION
  { ?contract cls:hasProgrammeElement ?element . ?element cls:addressesDeterminant ?determinant }
  ?determinant skos:prefLabel ?name FILTER(LANG(?name) = "fr")
}
GROUP BY ?determinant ?name
HAVING (COUNT(DISTINCT ?contract) > 1)
ORDER BY DESC(?contracts) ?name
""",
    ),
    Example(
        "Quelles dates sont déduites, et pourquoi ?",
        "Which dates are inferred, and why?",
        _HEAD
        + """SELECT ?contract ?type ?date ?why WHERE {
  ?contract cls:hasMilestone ?milestone .
  ?milestone cls:inferredDate ?date ; cls:milestoneType ?type .
  OPTIONAL { ?milestone cls:inferenceNote ?why }
}
ORDER BY ?contract ?date
""",
    ),
)
