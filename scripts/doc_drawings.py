"""The drawings of ``docs/images``: the way of the data, and the classes of the ontology."""

from __future__ import annotations

from drawing import Arrow, Box, drawing

WAY = (
    Box("texts", 140, 40, 240, "source texts", ("found by SHA-256, not shipped",)),
    Box("records", 140, 140, 240, "records/", ("data/contracts/*.yaml", "⇄ sheets/ (workbooks)")),
    Box("rest", 440, 140, 240, "corpus", ("registry · ontology/ · shapes/",)),
    Box("checking", 290, 250, 300, "checking/ evidence.py", ("form · references · quotes · SHACL",)),
    Box("entailment", 290, 335, 300, "entailment/", ("rules, a named graph for each",)),
    Box(
        "release",
        290,
        430,
        300,
        "release/ publication/",
        ("graph.nq with its digest", "tables · catalogue · changes"),
    ),
    Box("store", 140, 535, 240, "store/", ("one engine in memory,", "or any SPARQL 1.1 store")),
    Box("static", 440, 535, 240, "publish", ("files for any web server",)),
    Box("service", 140, 640, 240, "service/", ("keeper ─fork─▶ workers,", "killed at their deadline")),
    Box("api", 140, 740, 240, "api/", ("SPARQL · linked data · pages",)),
    Box("python", 440, 640, 240, "analysis/ queries/", ("Python · ready questions",)),
)
WAY_ARROWS = (
    Arrow("texts", "records", "draft, review"),
    Arrow("records", "checking"),
    Arrow("rest", "checking"),
    Arrow("checking", "entailment", "no violation"),
    Arrow("entailment", "release"),
    Arrow("release", "store"),
    Arrow("release", "static"),
    Arrow("store", "service"),
    Arrow("store", "python"),
    Arrow("service", "api"),
)
CLASSES = (
    Box("LocalHealthContract", 430, 230, 200, "LocalHealthContract", ("contrat local de santé",)),
    Box("Engagement", 120, 90, 180, "Engagement", ("role, name as stated",)),
    Box("ProgrammeElement", 740, 90, 200, "ProgrammeElement", ("axis, objective, action",)),
    Box("Milestone", 120, 370, 180, "Milestone", ("date, place, agents",)),
    Box("FundingCommitment", 430, 400, 190, "FundingCommitment", ("amount, frequency",)),
    Box("FrameworkReference", 740, 370, 200, "FrameworkReference", ("implements, coordinates",)),
    Box("StatedCount", 755, 230, 160, "StatedCount", ("“30 fiches actions”",)),
    Box("QualifiedStatement", 105, 230, 170, "QualifiedStatement", ("a plain fact, how known",)),
    Box("party", 120, 18, 180, "org:Organization"),
    Box("determinant", 740, 18, 200, "determinant (SKOS)"),
    Box("evidence", 430, 500, 330, "Evidence", ("quote, position and source of each fact above",)),
)
CLASS_ARROWS = (
    Arrow("LocalHealthContract", "Engagement", "hasEngagement"),
    Arrow("LocalHealthContract", "ProgrammeElement", "hasProgrammeElement"),
    Arrow("LocalHealthContract", "Milestone", "hasMilestone"),
    Arrow("LocalHealthContract", "FundingCommitment", "hasFunding"),
    Arrow("LocalHealthContract", "FrameworkReference", "hasFrameworkReference"),
    Arrow("LocalHealthContract", "StatedCount", "hasStatedCount"),
    Arrow("Engagement", "party", "party"),
    Arrow("ProgrammeElement", "determinant", "addressesDeterminant"),
    Arrow("LocalHealthContract", "QualifiedStatement", "hasStatement"),
    Arrow("FundingCommitment", "evidence", "hasEvidence"),
)


def architecture() -> str:
    """``architecture.svg``."""
    return drawing(
        580,
        780,
        "The way of the data · Le chemin des données",
        "From source texts through records, checks and entailment to a release; from the release to a "
        "store, the query "
        "service, the HTTP interface, Python and a static publication. Data move one way, down.",
        WAY,
        WAY_ARROWS,
    )


def ontology() -> str:
    """``ontology.svg``."""
    return drawing(
        860,
        540,
        "Classes of the ontology · Classes de l'ontologie",
        "A LocalHealthContract has engagements of organisations, programme elements that address "
        "determinants of health, "
        "milestones, funding, references to frameworks and stated counts; each fact has evidence.",
        CLASSES,
        CLASS_ARROWS,
    )
