"""What the servers are asked: a cheap question with many forms, an export, eight analyses, a runaway."""

from __future__ import annotations

from cls_graph.namespaces import PREFIXES

_NAMES = ("cls", "dcterms", "oa", "org", "rdf", "rdfs", "skos")
PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _NAMES)
CONTRACTS_OF = (
    PROLOGUE
    + """SELECT ?contract ?name WHERE {{
  ?engagement cls:party <{party}> . ?contract cls:hasEngagement ?engagement ; dcterms:identifier ?key
  OPTIONAL {{ ?engagement cls:nameAsStated ?name }}
}} ORDER BY ?key LIMIT 20"""
)
"""The cheap question: the contracts that a body engages in. To be formatted with ``party``."""

PARTIES = (
    PROLOGUE + "SELECT DISTINCT ?party WHERE { ?engagement cls:party ?party } ORDER BY ?party LIMIT 2000"
)
BUSIEST = (
    PROLOGUE
    + "SELECT ?contract (COUNT(*) AS ?n) WHERE { ?contract cls:hasEngagement ?e } "
    + "GROUP BY ?contract ORDER BY DESC(?n) ?contract LIMIT 1"
)
EXPORT = (
    PROLOGUE
    + """SELECT ?evidence ?exact ?start ?end WHERE {
  ?evidence oa:hasTarget ?target . ?target oa:hasSelector ?quote , ?position .
  ?quote oa:exact ?exact . ?position oa:start ?start ; oa:end ?end
} LIMIT 50000"""
)
"""As many rows as there are quotes, up to 50,000."""

ROWS = (
    PROLOGUE
    + """SELECT ?contract ?element ?label ?position WHERE {
  ?contract cls:hasProgrammeElement ?element .
  ?element a ?type ; skos:prefLabel ?label ; cls:position ?position
} LIMIT 50000"""
)
"""50,000 rows of four columns."""

CROSS = (
    PROLOGUE
    + "SELECT (COUNT(*) AS ?n) WHERE { ?a cls:position ?x . ?b cls:position ?y . ?c cls:position ?z "
    + "FILTER(?x + ?y + ?z < 0) }"
)
"""It does not end, and needs no memory for that."""

SORT = PROLOGUE + "SELECT ?a ?b WHERE { ?a cls:position ?x . ?b cls:position ?y } ORDER BY ?x ?b LIMIT 1"
"""It wants all the memory there is."""

ANALYSES: dict[str, str] = {
    "contracts that share bodies with one": """SELECT ?other (COUNT(DISTINCT ?body) AS ?n) WHERE {
  <{contract}> cls:hasEngagement/cls:party ?body . ?e cls:party ?body . ?other cls:hasEngagement ?e
  FILTER(?other != <{contract}>) }
  GROUP BY ?other HAVING(COUNT(DISTINCT ?body) >= 3) ORDER BY DESC(?n) ?other""",
    "bodies in several contracts": """SELECT ?body ?label (COUNT(DISTINCT ?contract) AS ?n) WHERE {
  ?contract cls:hasEngagement/cls:party ?body . ?body skos:prefLabel ?label }
  GROUP BY ?body ?label HAVING(COUNT(DISTINCT ?contract) > 1) ORDER BY DESC(?n) ?body ?label LIMIT 50""",
    "pairs of bodies": """SELECT ?one ?two (COUNT(DISTINCT ?contract) AS ?n) WHERE {
  ?contract cls:hasEngagement/cls:party ?one . ?contract cls:hasEngagement/cls:party ?two
  FILTER(STR(?one) < STR(?two)) } GROUP BY ?one ?two ORDER BY DESC(?n) ?one ?two LIMIT 20""",
    "pairs of contracts": """SELECT ?one ?two (COUNT(DISTINCT ?body) AS ?n) WHERE {
  ?one cls:hasEngagement/cls:party ?body . ?two cls:hasEngagement/cls:party ?body .
  ?body org:classification ?kind
  FILTER(STR(?one) < STR(?two) && !CONTAINS(STR(?kind), 'ars')) }
  GROUP BY ?one ?two ORDER BY DESC(?n) ?one ?two LIMIT 20""",
    "determinants by kind of axis": """SELECT ?type ?determinant (COUNT(?element) AS ?n) WHERE {
  ?element cls:addressesDeterminant ?determinant ; cls:isSubElementOf ?axis . ?axis cls:axisType ?type }
  GROUP BY ?type ?determinant ORDER BY DESC(?n) ?type ?determinant LIMIT 50""",
    "determinants by family": """SELECT ?top (COUNT(DISTINCT ?element) AS ?n) WHERE {
  ?top skos:topConceptOf ?scheme . ?determinant skos:broader* ?top .
  ?element cls:addressesDeterminant ?determinant } GROUP BY ?top ORDER BY DESC(?n) ?top""",
    "words in labels and quotes": """SELECT ?element ?label ?exact WHERE {
  ?element cls:isSubElementOf ?axis ; skos:prefLabel ?label
  OPTIONAL { ?element cls:hasEvidence/oa:hasTarget/oa:hasSelector/oa:exact ?exact }
  FILTER(CONTAINS(LCASE(STR(?label)), 'air') || CONTAINS(LCASE(STR(?exact)), 'logement')) }
  ORDER BY ?element ?exact LIMIT 100""",
    "graphs that speak of a determinant": """SELECT ?graph (COUNT(DISTINCT ?element) AS ?n) WHERE {
  GRAPH ?graph { ?element cls:addressesDeterminant ?determinant ; cls:position ?position }
  FILTER(CONTAINS(STR(?determinant), 'housing')) } GROUP BY ?graph ORDER BY DESC(?n) ?graph LIMIT 50""",
}
"""Eight analyses; ``{contract}`` stands for a contract with many bodies."""


def analysis(name: str, contract: str) -> str:
    """The text of an analysis."""
    return PROLOGUE + ANALYSES[name].replace("{contract}", contract)
