"""Every rule that is checked in Python, in one table. Rules in SHACL are in ``shapes/``.

A rule has a severity, what to say, and how to mend it, in French and English.
``docs/rules.md`` and the tests are made from this table.
"""

from __future__ import annotations

from dataclasses import dataclass

from cls_graph.errors import Text

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True)
class Rule:
    """One row: severity, message and remedy templates by language."""

    severity: str
    message: Text
    remedy: Text


def _rule(fr: str, en: str, mend_fr: str = "", mend_en: str = "", severity: str = "violation") -> Rule:
    return Rule(severity, {"fr": fr, "en": en}, {"fr": mend_fr, "en": mend_en})


RULES: dict[str, Rule] = {
    # --- versions of data releases
    "version-form": _rule(
        "la version « {value} » n'a pas la forme 1.2.3 : rien ne peut en être dit.",
        "the version '{value}' has not the form 1.2.3: nothing can be said of it.",
        "Donnez trois nombres (semver.org).",
        "Give three numbers (semver.org).",
        severity="warning",
    ),
    "version-not-raised": _rule(
        "la version {version} n'est pas au-dessus de {previous}, alors que les données ont changé.",
        "the version {version} is not above {previous}, but the data has changed.",
        "Donnez au moins {asked} : une version publiée ne change plus.",
        "Give at least {asked}: a version that was published does not change.",
    ),
    "version-too-low-minor": _rule(
        "après {previous}, des ajouts demandent la version {asked} au moins, pas {version}.",
        "after {previous}, additions ask for version {asked} at least, not {version}.",
        "Donnez {asked}, ou vérifiez avec cls-graph diff que rien n'est ajouté.",
        "Give {asked}, or check with cls-graph diff that nothing was added.",
        severity="warning",
    ),
    "version-too-low-major": _rule(
        "après {previous}, un identifiant retiré demande la version {asked} au moins, pas {version}.",
        "after {previous}, a withdrawn identifier asks for version {asked} at least, not {version}.",
        "Donnez {asked}, ou gardez l'identifiant (cls-graph diff dit lesquels sont retirés).",
        "Give {asked}, or keep the identifier (cls-graph diff says which are withdrawn).",
        severity="warning",
    ),
    "release-date-back": _rule(
        "la date {value} est avant celle de la version {previous} ({before}).",
        "the date {value} is before that of version {previous} ({before}).",
        "Donnez la date de cette publication-ci : le flux des changements suit les dates.",
        "Give the date of this release: the feed of changes follows the dates.",
    ),
    "withdrawn-unlisted": _rule(
        "identifiants publiés qui ne sont plus là ({value}) : {paths}.",
        "identifiers that were published and are no longer there ({value}): {paths}.",
        "Inscrivez-les dans « withdrawn » (dataset.yaml) : ils répondront 410 (retiré) et non 404 (inconnu).",
        "List them in 'withdrawn' of dataset.yaml: they will answer 'withdrawn' (410), not 'unknown' (404).",
        severity="warning",
    ),
    # --- files
    "encoding": _rule(
        "le fichier n'est pas en UTF-8 (octet {byte}).",
        "the file is not UTF-8 (byte {byte}).",
        "Enregistrez-le en UTF-8.",
        "Save it as UTF-8.",
    ),
    "empty-file": _rule(
        "le fichier est vide.",
        "the file is empty.",
        "Supprimez-le ou remplissez-le.",
        "Delete it or fill it in.",
    ),
    "draft-as-json": _rule(
        "c'est un brouillon au format JSON, que « draft --json » écrit pour des programmes : pas une fiche.",
        "this is a draft as JSON, which 'draft --json' writes for programs, and no record.",
        "Faites écrire la fiche : cls-graph draft TEXTE --out FICHE.yaml.",
        "Have the record written: cls-graph draft TEXT --out RECORD.yaml.",
    ),
    "unreadable-file": _rule(
        "le fichier ne peut pas être lu : {reason}.",
        "the file cannot be read: {reason}.",
        "Vérifiez le chemin et les droits.",
        "Check the path and the permissions.",
    ),
    "yaml-syntax": _rule(
        "le YAML est rompu ici : {reason}{excerpt}.",
        "the YAML breaks here: {reason}{excerpt}.",
        "Vérifiez l'indentation, les deux-points et les guillemets de cette ligne et de la précédente.",
        "Check the indentation, colons and quotation marks of this line and the one before.",
    ),
    "yaml-character": _rule(
        "caractère interdit en YAML : {code}.",
        "character not allowed in YAML: {code}.",
        "Supprimez ce caractère invisible.",
        "Delete this invisible character.",
    ),
    "yaml-several": _rule(
        "le fichier contient plusieurs documents YAML.",
        "the file holds several YAML documents.",
        "Gardez un contrat par fichier : supprimez la ligne « --- ».",
        "Keep one contract a file: delete the '---' line.",
    ),
    "yaml-alias": _rule(
        "les ancres et alias YAML (&{name}, *{name}) ne sont pas acceptés.",
        "YAML anchors and aliases (&{name}, *{name}) are not accepted.",
        "Écrivez la valeur en toutes lettres.",
        "Write the value out.",
    ),
    "yaml-tag": _rule(
        "les étiquettes YAML ({tag}) ne sont pas acceptées.",
        "YAML tags ({tag}) are not accepted.",
        "Supprimez l'étiquette.",
        "Delete the tag.",
    ),
    "yaml-key": _rule(
        "une clé doit être un mot, pas une liste ni un objet.",
        "a key must be a word, not a list or a mapping.",
        "Corrigez la clé.",
        "Mend the key.",
    ),
    "yaml-depth": _rule(
        "plus de {depth} niveaux d'imbrication.",
        "more than {depth} levels of nesting.",
        "Aplatissez la structure.",
        "Flatten the structure.",
    ),
    "duplicate-key": _rule(
        "la clé « {key} » est déjà donnée à la ligne {first}.",
        "the key '{key}' is already given at line {first}.",
        "Gardez une seule des deux.",
        "Keep only one of the two.",
    ),
    "rdf-syntax": _rule(
        "le RDF est mal formé : {reason}.",
        "the RDF is malformed: {reason}.",
        "Corrigez la syntaxe à cet endroit.",
        "Mend the syntax at this place.",
    ),
    "csv-shape": _rule(
        "tableau inattendu : {reason}.",
        "unexpected table: {reason}.",
        "L'en-tête attendu est : {expected}.",
        "The expected header is: {expected}.",
    ),
    # --- form of a record
    "unknown-key": _rule(
        "clé inconnue « {key} ».",
        "unknown key '{key}'.",
        "Clés possibles ici : {allowed}.{suggestion}",
        "Keys allowed here: {allowed}.{suggestion}",
    ),
    "missing-key": _rule(
        "il manque la clé « {key} ».",
        "the key '{key}' is missing.",
        "Ajoutez « {key}: … ».",
        "Add '{key}: …'.",
    ),
    "document-incomplete": _rule(
        "il manque à ce document : {keys}.",
        "this document lacks: {keys}.",
        "Écrivez ces clés sous cette entrée, ou relancez « cls-graph draft TEXTE --register {options} ». "
        "{words}",
        "Write these keys under this entry, or run 'cls-graph draft TEXT --register {options}' again. "
        "{words}",
    ),
    "wrong-kind": _rule(
        "il faut ici {expected}.",
        "{expected} is expected here.",
        "Voyez le modèle dans docs/records.md.",
        "See the model in docs/records.md.",
    ),
    "bad-value": _rule(
        "valeur « {value} » refusée : {expected}.",
        "value '{value}' refused: {expected}.",
        "Corrigez la valeur.",
        "Mend the value.",
    ),
    "bad-code": _rule(
        "« {value} » n'est pas dans la liste {scheme}.",
        "'{value}' is not in the list {scheme}.",
        "Valeurs possibles : {allowed}.{suggestion}",
        "Possible values: {allowed}.{suggestion}",
    ),
    "duplicate-id": _rule(
        "l'identifiant « {value} » est déjà pris à la ligne {first}.",
        "the id '{value}' is already taken at line {first}.",
        "Donnez un identifiant libre ; ne renumérotez pas les autres.",
        "Give a free id; do not renumber the others.",
    ),
    "duplicate-value": _rule(
        "« {value} » est déjà dans cette liste, à la ligne {first}.",
        "'{value}' is already in this list, at line {first}.",
        "Gardez une seule des deux, avec toutes les preuves.",
        "Keep only one of the two, with all the evidence.",
    ),
    "key-file": _rule(
        "la clé du contrat est « {value} », le fichier s'appelle « {file} ».",
        "the contract key is '{value}', the file is called '{file}'.",
        "Renommez le fichier en {value}.yaml, ou corrigez la clé.",
        "Rename the file to {value}.yaml, or mend the key.",
    ),
    "key-carrier": _rule(
        "la clé « {value} » ne commence pas par le code du porteur « {carrier} ».",
        "the key '{value}' does not begin with the code of the carrier '{carrier}'.",
        "La clé est le code du porteur suivi du rang, de l'année de début ou de « a ».",
        "The key is the carrier's code followed by the ordinal, the start year or 'a'.",
    ),
    "key-taken": _rule(
        "la clé « {value} » est déjà celle de {other}.",
        "the key '{value}' is already that of {other}.",
        "Chaque chose a sa propre clé.",
        "Everything has a key of its own.",
    ),
    "identifier-unsure": _rule(
        "{lines} être cet organisme, sans que ce soit sûr : rien n'est proposé.",
        "{lines} may be this body, not for certain: nothing is proposed.",
        "Comparez les candidats et écrivez vous-même le bon numéro, ou donnez aussi StockEtablissement.",
        "Compare the candidates and write the right number yourself, or give StockEtablissement too.",
        severity="warning",
    ),
    "identifier-conflict": _rule(
        "le fichier donne le {kind} {value}, mais le registre ou une autre ligne dit {held}.",
        "the file gives the {kind} {value}, but the registry or another line says {held}.",
        "Vérifiez lequel est juste au répertoire officiel ; un numéro présent n'est jamais remplacé.",
        "Check which is right in the official directory; a number that is there is never replaced.",
    ),
    "period-order": _rule(
        "la période finit ({end}) avant de commencer ({begin}).",
        "the period ends ({end}) before it starts ({begin}).",
        "Vérifiez les deux dates dans la source.",
        "Check both dates in the source.",
    ),
    "period-empty": _rule(
        "la période ne dit ni début, ni fin, ni durée.",
        "the period gives no begin, end or duration.",
        "Donnez au moins « begin », « end » ou « duration ».",
        "Give at least 'begin', 'end' or 'duration'.",
    ),
    "amount-currency": _rule(
        "un montant et sa monnaie vont ensemble.",
        "an amount and its currency go together.",
        "Donnez « amount » et « currency ».",
        "Give both 'amount' and 'currency'.",
    ),
    # --- references
    "unknown-reference": _rule(
        "le registre n'a {what} « {value} ».",
        "{what} '{value}' is not in the registry.",
        "Ajoutez cette entrée dans {file}, ou corrigez la clé.{suggestion}",
        "Add it to {file}, or mend the key.{suggestion}",
    ),
    "unknown-sibling": _rule(
        "{part} ne porte l'identifiant « {value} » dans ce contrat.",
        "{part} has the id '{value}' in this contract.",
        "Écrivez l'« id » d'une partie de la même fiche.",
        "Write the 'id' of a part of the same record.",
    ),
    "not-reviewed": _rule(
        "la fiche est un brouillon : personne ne l'a encore relue.",
        "the record is a draft: nobody has reviewed it yet.",
        "Relisez-la : cls-graph review {file}.",
        "Review it: cls-graph review {file}.",
        severity="info",
    ),
    "review-open": _rule(
        "la fiche est de nouveau à relire ; {by} l'a relue en dernier ({on}).",
        "the record is to be reviewed again; {by} reviewed it last ({on}).",
        "Finissez la relecture : cls-graph review {file}.",
        "Finish the review: cls-graph review {file}.",
        severity="info",
    ),
    "review-unsigned": _rule(
        "la fiche est dite relue, sans par qui ni quand.",
        "the record is said to be reviewed, not by whom or when.",
        "Remplissez « by » et « on » : le nom de qui l'a relue, et le jour.",
        "Fill in 'by' and 'on': the name of who reviewed it, and the day.",
        severity="warning",
    ),
    "review-order": _rule(
        "les relectures ne sont pas dans l'ordre de leurs dates.",
        "the reviews are not in the order of their dates.",
        "Rangez « earlier » de la plus ancienne à la plus récente ; « by » et « on » disent la dernière.",
        "Put 'earlier' in order, the oldest first; 'by' and 'on' are those of the last one.",
        severity="warning",
    ),
    # --- evidence
    "no-evidence": _rule(
        "rien ne dit d'où vient cette information.",
        "nothing says where this comes from.",
        "Ajoutez « evidence » avec la citation, ou « assertion: inferred » (ou external) avec une note.",
        "Add 'evidence' with the quote, or 'assertion: inferred' (or external) with a note.",
    ),
    "no-note": _rule(
        "statut « {value} » sans note.",
        "status '{value}' without a note.",
        "Dites dans « note » comment on le sait.",
        "Say in 'note' how it is known.",
    ),
    "no-position": _rule(
        "citation sans position : « {quote} ».",
        "quote without a position: '{quote}'.",
        "Lancez « cls-graph verify --sources DOSSIER --write ».",
        "Run 'cls-graph verify --sources DIR --write'.",
    ),
    "position-length": _rule(
        "la position {start}-{end} a {span} caractères, la citation {length} : « {quote} ».",
        "the position {start}-{end} has {span} characters, the quote {length}: '{quote}'.",
        "Lancez « cls-graph verify --sources DOSSIER --write ».",
        "Run 'cls-graph verify --sources DIR --write'.",
    ),
    "quote-length": _rule(
        "citation de {length} caractères (120 au plus hors titres) : « {quote} ».",
        "quote of {length} characters (120 at most outside titles): '{quote}'.",
        "Gardez le passage le plus court qui porte le fait.",
        "Keep the shortest span that carries the fact.",
    ),
    "evidence-conflict": _rule(
        "à la même position {start}-{end} de « {document} », `{part}` diffère : {given} ici,"
        " {before} à la ligne {first}.",
        "at the same position {start}-{end} of '{document}', `{part}` differs: {given} here, {before}"
        " at line {first}.",
        "Une position n'a qu'une citation, avec ce qui l'entoure : corrigez l'une des deux.",
        "A position has one quote, with what stands around it: mend one of the two.",
    ),
    # --- against the texts
    "text-missing": _rule(
        "aucun texte de {folder} n'a l'empreinte du document « {document} » (SHA-256 {digest}…).",
        "no text of {folder} has the digest of document '{document}' (SHA-256 {digest}…).",
        "Placez le texte d'origine dans le dossier.",
        "Put the original text in the folder.",
    ),
    "text-changed": _rule(
        "le texte du document « {document} » a changé : empreinte {found}… au lieu de {digest}….",
        "the text of document '{document}' has changed: digest {found}… instead of {digest}….",
        "Rétablissez le texte d'origine, ou relisez chaque citation et mettez à jour « sha256 ».",
        "Restore the original text, or review each quote and update 'sha256'.",
    ),
    "digest-unknown": _rule(
        "ce texte n'est celui d'aucun document du registre (SHA-256 {digest}…).",
        "this text is that of no document of the registry (SHA-256 {digest}…).",
        "Ajoutez-le au registre (« cls-graph draft TEXTE --register »), ou retirez-le du dossier.",
        "Add it to the registry ('cls-graph draft TEXT --register'), or take it out of the folder.",
        severity="warning",
    ),
    "digest-missing": _rule(
        "le document « {document} » n'a pas d'empreinte : ses citations ne peuvent pas être vérifiées.",
        "document '{document}' has no digest: its quotes cannot be verified.",
        "Ajoutez « sha256 » dans data/documents.yaml.",
        "Add 'sha256' in data/documents.yaml.",
    ),
    "quote-moved": _rule(
        "la citation « {quote} » n'est pas à la position {start}-{end} mais à {found}.",
        "the quote '{quote}' is not at position {start}-{end} but at {found}.",
        "Corrigez la position, ou lancez « verify --write ».",
        "Mend the position, or run 'verify --write'.",
    ),
    "quote-absent": _rule(
        "la citation « {quote} » n'est pas dans le texte « {document} ».",
        "the quote '{quote}' is not in the text '{document}'.",
        "Recopiez le passage mot pour mot, apostrophes et tirets compris.",
        "Copy the passage word for word, apostrophes and dashes included.",
    ),
    "quote-ambiguous": _rule(
        "la citation « {quote} » se trouve {times} fois dans le texte.",
        "the quote '{quote}' stands {times} times in the text.",
        "Donnez « start », ou « prefix » et « suffix », pour dire laquelle.",
        "Give 'start', or 'prefix' and 'suffix', to say which one.",
    ),
    "context-wrong": _rule(
        "« {part} » ne correspond pas à ce qui entoure la citation « {quote} ».",
        "'{part}' is not what stands around the quote '{quote}'.",
        "Corrigez ou supprimez « {part} ».",
        "Mend or delete '{part}'.",
    ),
    "quote-share": _rule(
        "{share} % du texte « {document} » est reproduit (40 % au plus).",
        "{share} % of the text '{document}' is reproduced (40 % at most).",
        "Raccourcissez les citations.",
        "Shorten the quotes.",
    ),
    # --- entailment
    "rules-stale": _rule(
        "les règles ne sont plus celles des axiomes de l'ontologie.",
        "the rules are no longer those of the axioms of the ontology.",
        "Lancez « cls-graph rules --write ».",
        "Run 'cls-graph rules --write'.",
    ),
    # --- contradictions, looked for once all that follows is worked out (checking.consistency)
    "owl-disjoint-classes": _rule(
        "rien ne peut être à la fois {a} et {b} : {because}.",
        "nothing can be both {a} and {b}: {because}.",
        "Corrigez l'un des énoncés dont cela suit.",
        "Mend one of the statements that this follows from.",
    ),
    "owl-nothing": _rule(
        "cette chose est d'une classe qui ne peut rien contenir : {because}.",
        "this thing is of a class that can hold nothing: {because}.",
        "Corrigez l'énoncé dont cela suit.",
        "Mend the statement that this follows from.",
    ),
    "owl-complement": _rule(
        "ce qui est {a} ne peut pas être {b} : {because}.",
        "what is {a} cannot be {b}: {because}.",
        "Corrigez l'un des énoncés dont cela suit.",
        "Mend one of the statements that this follows from.",
    ),
    "owl-irreflexive": _rule(
        "rien ne peut être relié à soi-même par {a} : {because}.",
        "{a} cannot relate a thing to itself: {because}.",
        "Indiquez une autre valeur.",
        "Give another value.",
    ),
    "owl-asymmetric": _rule(
        "{a} ne peut pas valoir dans les deux sens avec « {other} » : {because}.",
        "{a} cannot hold both ways with '{other}': {because}.",
        "Supprimez l'un des deux sens.",
        "Delete one of the two ways.",
    ),
    "owl-disjoint-properties": _rule(
        "{a} et {b} ne peuvent pas mener tous deux à « {other} » : {because}.",
        "{a} and {b} cannot both lead to '{other}': {because}.",
        "Supprimez l'un des deux.",
        "Delete one of the two.",
    ),
    "owl-negative": _rule(
        "il est dit ailleurs que {a} ne mène pas à « {other} » : {because}.",
        "it is said elsewhere that {a} does not lead to '{other}': {because}.",
        "Supprimez cet énoncé, ou celui qui le nie.",
        "Delete this statement, or the one that denies it.",
    ),
    "owl-same-different": _rule(
        "« {other} » serait à la fois la même chose et une autre : {because}.",
        "'{other}' would be both the same thing and another one: {because}.",
        "Supprimez owl:sameAs ou owl:differentFrom.",
        "Delete owl:sameAs or owl:differentFrom.",
    ),
    "owl-functional": _rule(
        "{a} n'a qu'une valeur, et celles-ci sont dites différentes (« {other} ») : {because}.",
        "{a} has one value only, and these are said to be different ('{other}'): {because}.",
        "Gardez l'une des deux.",
        "Keep one of the two.",
    ),
    "owl-functional-twice": _rule(
        "{a} n'a qu'une valeur ; s'agit-il de deux noms d'une même chose (« {other} ») ? {because}.",
        "{a} has one value only; are these two names of one thing ('{other}')? {because}.",
        "Gardez l'une des deux.",
        "Keep one of the two.",
        severity="warning",
    ),
    "owl-functional-literal": _rule(
        "{a} n'a qu'une valeur, et il y en a plusieurs.",
        "{a} has one value only, and there are several.",
        "Gardez l'une d'elles.",
        "Keep one of them.",
    ),
    "owl-max-zero": _rule(
        "cette chose ne peut avoir aucune valeur pour {a} : {because}.",
        "this thing can have no value for {a}: {because}.",
        "Supprimez la valeur, ou corrigez la classe.",
        "Delete the value, or mend the class.",
    ),
    "owl-range-datatype": _rule(
        "« {value} » n'est pas du type de données que {a} demande ({b}).",
        "'{value}' is not of the datatype that {a} asks for ({b}).",
        "Écrivez la valeur dans ce type.",
        "Write the value in that datatype.",
    ),
    "owl-ill-typed": _rule(
        "« {value} » n'est pas une valeur possible de {b}, pour {a}.",
        "'{value}' is not a possible value of {b}, for {a}.",
        "Corrigez la valeur ou son type.",
        "Mend the value or its datatype.",
    ),
    "owl-empty-class": _rule(
        "aucune chose ne peut être {a} : {because}.",
        "nothing can be {a}: {because}.",
        "Corrigez les axiomes de l'ontologie.",
        "Mend the axioms of the ontology.",
    ),
    "owl-empty-property": _rule(
        "{a} ne peut rien relier : {because}.",
        "{a} can relate nothing: {because}.",
        "Corrigez les axiomes de l'ontologie.",
        "Mend the axioms of the ontology.",
    ),
}


REASONS: dict[str, Text] = {
    "versions": {
        "fr": "Qui cite une version compte sur elle : son numéro dit ce qui a changé depuis la précédente.",
        "en": "Whoever cites a version relies on it: its number says what has changed since the one before.",
    },
    "files": {
        "fr": "Un fichier qui se lit d’une seule façon se lit de même partout.",
        "en": "A file that can be read in one way only is read the same everywhere.",
    },
    "form": {
        "fr": "La fiche devient des faits clé par clé : une clé ou une valeur inattendue serait perdue.",
        "en": "The record becomes facts key by key: an unexpected key or value would be lost.",
    },
    "identity": {
        "fr": "La clé fait l’adresse de la chose : elle ne change pas et ne sert qu’une fois.",
        "en": "The key makes the address of the thing: it does not change and serves once.",
    },
    "references": {
        "fr": "Un nom qui ne mène à rien couperait le graphe en deux.",
        "en": "A name that leads nowhere would cut the graph in two.",
    },
    "evidence": {
        "fr": "Chaque fait dit d’où il vient, pour que chacun puisse le vérifier.",
        "en": "Each fact says where it comes from, so that anyone can verify it.",
    },
    "texts": {
        "fr": "Une citation ne vaut que si elle est dans le texte, à la place dite.",
        "en": "A quote is worth something only if it is in the text, at the place given.",
    },
    "rules": {
        "fr": "Des règles en retard sur les axiomes déduisent autre chose que ce que dit l’ontologie.",
        "en": "Rules that lag behind the axioms infer something else than what the ontology says.",
    },
    "logic": {
        "fr": "De faits qui se contredisent on peut déduire n’importe quoi.",
        "en": "From facts that contradict each other anything can be inferred.",
    },
}
"""Why the rules of each group exist."""

TITLES: dict[str, Text] = {
    "versions": {"fr": "Versions des publications", "en": "Versions of releases"},
    "files": {"fr": "Lecture du fichier", "en": "Reading the file"},
    "form": {"fr": "Forme de la fiche", "en": "Form of the record"},
    "identity": {"fr": "Clés et numéros", "en": "Keys and numbers"},
    "references": {"fr": "Noms du registre", "en": "Names of the registry"},
    "evidence": {"fr": "Preuves", "en": "Evidence"},
    "texts": {"fr": "Citations et textes", "en": "Quotes and texts"},
    "rules": {"fr": "Règles d’inférence", "en": "Rules of entailment"},
    "logic": {"fr": "Contradictions", "en": "Contradictions"},
}

GROUPS: dict[str, tuple[str, ...]] = {
    "versions": tuple(
        "version-form version-not-raised version-too-low-minor version-too-low-major release-date-back "
        "withdrawn-unlisted".split()
    ),
    "files": tuple(
        "encoding empty-file draft-as-json unreadable-file yaml-syntax yaml-character yaml-several "
        "yaml-alias yaml-tag yaml-key yaml-depth duplicate-key rdf-syntax csv-shape".split()
    ),
    "form": tuple(
        "unknown-key missing-key document-incomplete wrong-kind bad-value bad-code duplicate-value "
        "period-order period-empty amount-currency".split()
    ),
    "identity": (
        "duplicate-id",
        "key-file",
        "key-carrier",
        "key-taken",
        "identifier-unsure",
        "identifier-conflict",
    ),
    "references": ("unknown-reference", "unknown-sibling"),
    "evidence": (
        "not-reviewed",
        "review-open",
        "review-order",
        "review-unsigned",
        "no-evidence",
        "no-note",
        "no-position",
        "position-length",
        "quote-length",
        "evidence-conflict",
    ),
    "texts": tuple(
        "text-missing text-changed digest-unknown digest-missing quote-moved quote-absent quote-ambiguous "
        "context-wrong quote-share".split()
    ),
    "rules": ("rules-stale",),
    "logic": tuple(rule for rule in RULES if rule.startswith("owl-")),
}
_GROUP_OF = {rule: group for group, rules in GROUPS.items() for rule in rules}


def reason(rule: str) -> Text:
    """Why a rule of the table exists."""
    return REASONS.get(_GROUP_OF.get(rule, ""), {"fr": "", "en": ""})


def title(rule: str) -> Text:
    """What a rule of the table is about, in a few words."""
    return TITLES.get(_GROUP_OF.get(rule, ""), {"fr": "", "en": ""})
