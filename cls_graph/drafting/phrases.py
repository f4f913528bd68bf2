"""The words of signing: what says that a contract is signed, by whom, and who is only near."""

from __future__ import annotations

import re

from cls_graph.drafting.naming import CAP

CONTRACT = r"(?:contrats? loca(?:l|ux) de sante|cls|contrats?|document)"
CLAUSE = re.compile(r" (?:(?!president)[a-z]{3,}(?<!m)ent|ont|sont|vont)\b")
"""A plural verb right after a list: the last of the list are its subject, not part of the list."""

OTHER_OBJECT = re.compile(
    r"\b(?:contrats? (?:loca(?:l|ux) |territoria(?:l|ux) )?d(?:e |')(?:\w+ et de )?"
    r"(?:securite|prevention|delinquance|ville|relance|territoire|sejour|travail|transition|reussite|quartier"
    r"|riviere|milieux?|plan|projet|developpement|cohesion|mobilites?|logement|redynamisation|mixite|engagement"
    r"|objectifs?)s?\b"
    r"|contrats? loca(?:l|ux) d(?:e |')(?!sante\b)\w+|chartes?|conventions?|protocoles?|lettres? d'"
    r"|contrat de ville|contrat territorial|"
    r"bail|avenant|"
    r"petition|pacte|accord-cadre"
    r"|contrats? (?:distinct|separe|a part)s?|contrat de territoire|contrat d'objectifs|"
    r"contrat de relance|convention-cadre|contrat "
    r"local de sante mentale|projet territorial)\b"
)
DATED = re.compile(r"\b(?:le|en) (?:\d{1,2}(?:er)? )?[a-z]+ 20\d\d")
"""A vote approves a contract "conclu le 7 juin 2022 entre …": that was signed."""
AUTHORISING = re.compile(
    r"\b(?:autoris\w+|habilit\w+|appro(?:uv\w+|bation)|delibere?\b|delibere la|favorable a)\b"
)
BESIDE = re.compile(
    r"\([^()]*\)|(?:(?<=signataires)|(?<=contractants)|(?<=contractantes)|(?<=parties au contrat))"
    r"(?: du contrat)?(?:,| :)[^.]*"
)
"""Where another agreement may be named that is not the one signed."""
PREPARING = re.compile(
    r"\ben chantier\b|\b(?:co-?)?(?:bati\w*|construi\w+|construction|entam\w+|initi(?:e|er|ent|ee?s?)"
    r"|demarr\w+|redig\w+|ecri(?:t|re|vent)|redaction|ecriture|reflexion|demarche|etudie\w*|imagin\w+|esquiss\w+|amorc\w+)\b"
    r"|\b(?:vers|projet d'|travailler? (?:a|sur)) (?:un|son|leur|le)\b|\bprojet de\b"
)
"""A contract "avec l'ARS" that is only in the making."""
SIGNING = re.compile(r"\b(?:co-?)?(?:sign|paraph|conclu|scell|contractualis|officialis)\w*")
ELSEWHERE = re.compile(
    r"\b(?:apres|comme|a l'image d\w+|a l'instar d\w+|sur le modele d\w+|inspire\w* d\w+|contrairement a\w*)"
    r" (?:le |un |celui |l')?(?:\w+ )?(?:contrat|cls|signe)[^.;,]{0,60}\b(?:signe|conclu)\w*[^.;,]{0,30}$"
)
"""A contract that somebody else signed, to which this one is held: "un an après le contrat signé par"."""
LATER = re.compile(
    r"\b(?:absent|excus|empech)\w*[^.;]*\b(?:doi(?:t|vent)|devr\w+|va|vont|signer(?:a|ont))\b"
    r"|\bdemand\w+ (?:a|son|leur)\b"
)
"""Who has not signed yet: "absente ce jour-là, doit le parapher", "demande à devenir signataire"."""
SOMETHING_ELSE = re.compile(
    r" (?:un|une|des) (?!(?:[\w'-]+ ){0,4}?(?:contrat|cls|document|accord|partenariat|engagement|texte)\b)"
)
"""What is signed is no contract: "ont signé un nouveau calendrier"."""
ANOTHER = re.compile(
    r" (?:(?:[\w'-]+|par ailleurs) ){0,2}?(?:le|la|les|un|une|des|leur|son) (?:\w+ )?"
    r"(?:contrats? d(?:e |')(?!sante)\w+|chartes?|conventions?|protocoles?|pactes?|lettres?)\b"
)
"""What is signed is another agreement, whatever else the sentence names."""
THEY = re.compile(r",? qui (?:l'|le |y )?(?:ont|signent|cosignent|viennent|se sont|sont)\b")
"""What is said of all that a list names: "la volonté de A et de B, qui ont signé"."""
THIS = re.compile(r"\bpar (?:ce|cet|le present|le nouveau) ")
THE_ONE = re.compile(r"\b(?:la|cette) convention\b(?! (?:de|du|des|entre|sur|pour|avec)\b| d')")
"""What a text calls the contract that it has just named."""
OURS = re.compile(r"contrats? loca(?:l|ux) de sante(?! mentale)|\bcls\b")
SIGNATORIES = re.compile(r"\b(?:co-?)?signataires?\b")
HEADER_END = re.compile(
    r"(?:vu\b|considerant|preambule|expose|il (?:est|a ete) (?:expose|convenu|arrete)|article|titre|"
    r"sommaire"
    r"|contexte|les parties (?:conviennent|ont)|1[. ])"
)
UNITES = re.compile(
    r"(?:il|celui-ci|ce (?:nouveau |dernier )?(?:contrat|cls|document)?) ?(?:reunit|lie|unit|engage|"
    r"rassemble) "
    r"(?=l'|la |le |les )"
)
"""After a sentence about the signature, the contract "reunit" those who signed it."""
SIDES = (
    r"(?:etat|collectivites?(?: \w+)?|communes|territoire|institutions?|assurance maladie|securite sociale"
    r"|protection sociale|organismes sociaux|soins?|soignants|sante|professionnels(?: de sante)?|social"
    r"|medico-social|associations?|usagers|habitants|etablissements?(?: de sante)?|hopitaux|education)"
)
"""What those who sign are put under, in groups."""
SIDE = re.compile(
    r"(?:(?<=[,;:] )|(?<=\bet )|^ )(?:pour|(?:du )?cote|au titre) "
    rf"(?:de la |de l'|du |des |de |l'|la |le |les )?{SIDES},"
    rf"|(?:^|(?<=\. ))(?:du )?cote (?:de la |de l'|du |des |de |l'|la |le |les )?{SIDES},"
)
""" "…, pour l'État, le préfet ; du côté des associations, l'UDAF": groups within a list."""
GROUP_LEAD = re.compile(
    rf"(?:(?:les|l') ?)?(?:services de l'|partenaires? |acteurs |{SIDES}\b)[^:]{{0,25}} ?: "
)
""" "Collectivités : Ville de Pau, Département": an item that is a group of those who sign."""
PRESENCE = re.compile(
    r"\b(?:en (?:la )?presence|presence d|assist(?!ance publique)\w+|etai(?:en)?t (?:aussi |egalement |"
    r"notamment )?presents?|invite\w*|temoins?\b|sous le regard|sous l'egide"
    r"|sous le haut patronage|remerci\w+|salu\w+|accueilli\w*|devant\b|"
    r"honor\w+ de (?:sa|leur) presence|a leurs cotes, dans|applaud\w+|apres avis|sans\b"
    r"|n'(?:a|ont|est|sont|etai\w+) (?:pas|jamais)|ne (?:signe|sont|figure\w*|participe\w*) "
    r"pas|avec (?:le|l') (?:soutien|appui|concours|aide|accompagnement)|avec l'(?:appui|aide|"
    r"accompagnement)|avec le (?:soutien|concours)"
    r"|soutenu\w*|accompagne\w* (?:par|de)|anime\w* par|pilote\w* par|coordonne\w* par|en "
    r"(?:lien|partenariat|concertation|association|collaboration|cooperation) avec|finance\w*|"
    r"co-?finance\w*|elabore\w*|prepare\w*|travaill\w+|associ\w+ a l'elaboration)"
)
GROUPING = re.compile(
    r",? ?\b(?:qui|lequel|laquelle|lesquels)? ?(?:regroup|rassembl|reuni(?:t|ssant)|feder|"
    r"compos|constitu|form|compren|englob|compt|associ|couvr)(?:e|ent|ant|ee?s?|s|t|d|ue?s?)\b"
    r"(?!nt sign)[^.;]*?(?=, (?:a|ont|signe\w*|vien\w+|vient|s')\b|, et (?:l'|la |le |les )|[.;]|$)"
    r"|,? (?:toutes |tous )?membres? (?:de la |de l'|du |d'|des |de )[^,;.]*|,? dont (?!c'est |il |elle |on )"
    r"(?![^.;]*\bsignataires?\b)"
    r"[^.;]*?(?=, (?:a|ont|signe\w*|vien\w+)\b|[.;]|$)|,? ses membres[^,;.]*"
)
REPRESENTED = re.compile(
    r",? ?(?:dument |valablement )?represente(?:e|s|es)?s? (?:aux presentes |a la ceremonie "
    r")?par [^;\n]*?(?=, (?:l'|la |le |les |et )|;| et (?:l'|la |le |les )(?!maire|president|"
    r"prefet|direct)|,? ainsi que |(?<!\bm)(?<!\bmm)(?<!\bdr)(?<!\bpr)[.]|\n|$)"
)
NEGATED = re.compile(
    r"\bn'(?:a|ont|est|avait)\b|\bne \w+ pas\b|\bpas (?:encore )?(?:ete )?sign|refus\w+|"
    r"\bsans (?:avoir )?sign"
)
FUTURE = re.compile(
    r"\b(?:ser(?:a|ont)|doi(?:t|vent) etre|va etre|vont|signer(?:a|ont)|prochainement|auront)\b"
)
GENERAL = re.compile(
    r"\b(?:les (?:contrats locaux de sante|cls)\b(?! (?:de|du|des|d')\b)[^.;]{0,60}\b(?:sont|"
    r"visent|ont|permettent|peuvent|associent|lient)"
    r"|(?:un|le) (?:contrat local de sante|cls)(?: \(cls\))?, c'est\b"
    r"|un (?:contrat local de sante|cls)(?: \(cls\))? (?:est|peut|permet|associe|vise|lie|reunit|se signe)"
    r"|\ben (?:general|principe)\b|generalement|habituellement|a minima|au minimum"
    r"|le (?:contrat local de sante|cls)(?: \(cls\))?,? (?:est|constitue|se veut|reste) (?:un|"
    r"une|l'|ainsi un)|outil \w+ (?:entre|liant))"
)
"""What is said of such contracts in general is not said of this one."""
SUPPOSED = re.compile(
    r"\b(?:(?:quand|lorsqu'|si) ?une? (?:\w+ )?(?:ville|commune|collectivite|territoire|intercommunalite)\b"
    r"|(?:entre|engage|lie|unit|portent?|signe\w*|par|associe|avec)\b[^.;:]{0,60}\bune (?:ou (?:plusieurs"
    r"|des) )?(?:collectivites?|intercommunalites?)(?: territoriales?| locales?)?(?=[ .,;]|$))"
)
"""A contract that any authority may sign: "quand une ville signe", "entre l'ARS et une collectivité"."""
ALLOWED = frozenset(
    """le la les l d de du des et ainsi que mais aussi egalement enfin puis avec aux cotes cote son sa ses
    leur leurs notre m mm mme mmes mr dr docteur professeur pr monsieur madame messieurs mesdames
    president presidente presidents vice-president vice-presidente vice-presidents
    presidente-directrice directeur directrice directeurs directrices general generale generales generaux
    adjoint adjointe adjoints departemental departementale territorial territoriale regional
    regionale delegue deleguee delegues interim par maire maires representant representante
    representants representantes represente representee representes representees au nom secretaire
    premier premiere 1er 1re elus elu elues services service chef cheffe medecin doyen doyenne
    administrateur administratrice conseiller conseillere conseillers departementaux regionaux en
    charge sante solidarites solidarite affaires sociales deux trois quatre cinq six plusieurs
    chacun ensemble tous toutes d'autres outre pour part autre une d'une d'un un cosignataires
    associes partenaires partenaire suivants dont notamment local locale locaux territoire donc soit
    nationale national colonel senateur senatrice depute deputee prefigurateur prefiguratrice
    nouveau nouveaux nouvelle nouvelles representation gouverneur coordinateur coordinatrice rejoint
    rejointe rejoints rejointes desormais maintenant equipe actuel actuelle honoraire executif
    delegation collectivites ci-apres denommee denomme porteur porteuse pilote""".split()
)
RELATIVE = re.compile(
    r", (?:qui|que|dont|lequel|laquelle) (?!n'|ne |assist|devait|pourr|s'en |a refus)[^,;.:()]{3,90}(?=, )"
)
"""What is said by the way of one body of a list: "la Ville, qui porte le contrat, l'ARS et la CAF"."""
PHRASES = re.compile(
    rf"{SIDE.pattern}|\bpour la premiere fois\b|- et c'est [^,;.-]{{3,30}} -|\brejointe?s? par\b"
    r"|\([^()]*\)|\b(?:et )?(?:bien|beaucoup|nombre) d'autres (?:partenaires|acteurs|structures|institutions)"
    r"(?: \w+)? (?:tels?|telles?|comme|dont|notamment|parmi lesquels)(?: que)?"
    r"|\b(?:deleguee?s?|chargee?s?|en charge|referente?s?) (?:a la|a l'|aux?|de la|"
    r"de l'|du|des|de) [^,;()]*?(?=,|;| (?:de|du|des|a|pour) |$)"
    r"|\badjointe?s? (?:au|a la) maire\b"
    r"|\b(?:et )?(?:\d+|de nombreux|de nombreuses|plusieurs|une \w+aine d[e']?|d'autres|deux|"
    r"trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt)\s*(?:autres )?(?:acteurs|partenaires|signataires|institutions|structures|"
    r"organismes|collectivites)[^,;.]*"
    r"|\b(?:l'ensemble des|tous les|ses|les|leurs|des|avec les) (?:\w+ )?(?:partenaires|"
    r"acteurs|signataires|institutions)(?: [a-z-]+){0,3}(?= ?[(:])"
    r"|\bcelles? (?:de la|de l'|du|des|d'|de)|, (?:a laquelle|auquel) [^,;.()]{3,60}(?=, )"
    r"|\bde meme que(?: de| par| avec)?|\btout comme|\bau meme titre que|\bsans oublier|\ba l'instar "
    r"(?:de la|de l'|du|des|d'|de)"
    r"|\bpour le compte (?:de la|de l'|du|des|d'|de)|\bau titre (?:de la|de l'|du|des|d'|de)"
    r"|\baux? cotes? (?:de la|de l'|du|des|d'|de)|\bainsi que (?:par |avec |de |d')?|\bmais "
    r"(?:aussi|egalement)(?: par| avec)?|\bd'(?:une|autre) part|\bd'autre part"
    r"|\bqui (?:preside|dirige|represente|conduit|administre)(?= (?:l[ae]s? |l'))"
    r"|\bqui est(?: [\w']+){0,4} l[ea] (?:delegue|direct|president|represent|maire|prefet)\w*"
    r"(?: general\w*| departemental\w*| territorial\w*)* (?:de la|de l'|du|des|de|d')"
    r"|, qu'(?:il|elle) preside"
    r"|\b(?:a la tete|aux commandes) (?:de la|de l'|du|des|d'|de)|\b(?:avec )?a (?:ses|leurs) cotes\b"
    r"|\bs'y (?:associe|ajoute|joigne)(?:nt)?\b|\bs'y joint\b|\bd'abord\b|\ben premier lieu\b"
    r"|«[^»]*»|\b(?:bien sur|bien entendu|evidemment|naturellement|de gauche a droite)\b|\b(?:de"
    r"|pour) la (?:delegation|direction) (?:departementale|territoriale)"
)
OPENERS = frozenset(
    """c'est pourquoi ainsi aussi desormais enfin aujourd'hui hier ce cet cette matin soir jour semaine
    mois annee dernier derniere lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier
    mars avril mai juin juillet aout septembre octobre novembre decembre 1er en apres-midi officiel
    effet alors bilan resultat donc or communique sante cls signature actualite info pour part cote
    leur leurs de""".split()
)
STOP = frozenset(
    "lors dans sous afin pour qui que dont ou quand comme puis apres avant devant selon chez "
    "vers sur grace visant a au lorsque car mais sera seront ont est sont".split()
)
PERSON = re.compile(
    rf"^(?:M\.|MM\.|Mme|Mmes|Monsieur|Madame|Dr|Docteur|Pr|Professeur)\b|^(?:{CAP})(?: {CAP}){{1,3}}$"
)
