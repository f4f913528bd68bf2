"""The specifications that checks refer to, section by section."""

from __future__ import annotations

from cls_graph.scoring.checks import Spec

_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/#"
_QUERY = "https://www.w3.org/TR/sparql11-query/#"
_HTTP = "https://www.rfc-editor.org/rfc/rfc9110#section-"


def protocol(section: str, anchor: str) -> Spec:
    """A section of the SPARQL 1.1 Protocol."""
    return Spec(f"SPARQL 1.1 Protocol, {section}", _PROTOCOL + anchor)


def query(section: str, anchor: str) -> Spec:
    """A section of the SPARQL 1.1 Query Language."""
    return Spec(f"SPARQL 1.1 Query, {section}", _QUERY + anchor)


def http(section: str) -> Spec:
    """A section of HTTP Semantics.

    >>> http("15.5.7").url
    'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.7'
    """
    return Spec(f"RFC 9110, {section}", _HTTP + section)


GET = protocol("2.1.1", "query-via-get")
FORM = protocol("2.1.2", "query-via-post-urlencoded")
DIRECT = protocol("2.1.3", "query-via-post-direct")
DATASET = protocol("2.1.4", "dataset")
ACCEPTED = protocol("2.1.5", "conneg")
SUCCESS = protocol("2.1.6", "query-success")
FAILURE = protocol("2.1.7", "query-failure")
UPDATE = protocol("2.2", "update-operation")
SECURITY = protocol("4.1", "policy-security")
LANGUAGE = Spec("SPARQL 1.1 Update", "https://www.w3.org/TR/sparql11-update/")
STORE = Spec("SPARQL 1.1 Graph Store HTTP Protocol", "https://www.w3.org/TR/sparql11-http-rdf-update/")
DESCRIPTION = Spec(
    "SPARQL 1.1 Service Description, 2", "https://www.w3.org/TR/sparql11-service-description/#accessing"
)
VOCABULARY = Spec(
    "SPARQL 1.1 Service Description, 3", "https://www.w3.org/TR/sparql11-service-description/#vocab"
)
JSON = Spec("SPARQL 1.1 Query Results JSON Format", "https://www.w3.org/TR/sparql11-results-json/")
XML = Spec("SPARQL Query Results XML Format", "https://www.w3.org/TR/rdf-sparql-XMLres/")
CSV = Spec("SPARQL 1.1 Query Results CSV and TSV Formats", "https://www.w3.org/TR/sparql11-results-csv-tsv/")
TURTLE = Spec("RDF 1.1 Turtle", "https://www.w3.org/TR/turtle/")
NTRIPLES = Spec("RDF 1.1 N-Triples", "https://www.w3.org/TR/n-triples/")
RDFXML = Spec("RDF 1.1 XML Syntax", "https://www.w3.org/TR/rdf-syntax-grammar/")
JSONLD = Spec("JSON-LD 1.1", "https://www.w3.org/TR/json-ld11/")
CORS = Spec("Fetch, CORS protocol", "https://fetch.spec.whatwg.org/#http-cors-protocol")
HONESTY = http("15.1")
LICENCE = Spec("RFC 4946", "https://www.rfc-editor.org/rfc/rfc4946")
VOID = Spec("VoID, 7.2", "https://www.w3.org/TR/void/#well-known")
VOID_DATA = Spec("VoID, 2", "https://www.w3.org/TR/void/#dataset")
EXAMPLES = Spec("SIB, SPARQL examples", "https://github.com/sib-swiss/sparql-examples")
PREFIXES = Spec("SHACL, 5.2.1", "https://www.w3.org/TR/shacl/#sparql-prefixes")
DCAT = Spec("DCAT 3", "https://www.w3.org/TR/vocab-dcat-3/")
HYDRA = Spec("Hydra, collections", "https://www.hydra-cg.com/spec/latest/core/#collections")
COOL = Spec("Cool URIs for the Semantic Web", "https://www.w3.org/TR/cooluris/")
OWASP = Spec(
    "OWASP, server-side request forgery",
    "https://owasp.org/www-community/attacks/Server_Side_Request_Forgery",
)
ENTITIES = Spec(
    "OWASP, XML external entities",
    "https://owasp.org/www-community/vulnerabilities/XML_External_Entity_(XXE)_Processing",
)
EXHAUSTION = Spec(
    "CWE-400, uncontrolled resource consumption", "https://cwe.mitre.org/data/definitions/400.html"
)
