"""The words of signing: what says that a contract is signed, by whom, and who is only near."""

from __future__ import annotations

import re

from cls_graph.drafting.naming import CAP

CONTRACT = r"(?:contrats? loca(?:l|ux) de sante|cls|contrats?|document)"
COMMITTEE = re.compile(r"\b(?:comite|pilotage|groupes?|instances?|equipe|coordination|demarche|reseau)\b")
CLAUSE = re.compile(r" (?:(?!president)[a-z]{3,}(?<!m)ent|ont|sont|vont)\b")
"""A plural verb right after a list: the last of the list are its subject, not part of the list."""

OTHER_OBJECT = re.compile(
    r"\b(?:chartes?|conventions?|protocoles?|lettres? d'|contrat de ville|contrat territorial|"
    r"bail|avenant|"
    r"petition|pacte|accord-cadre"
    r"|contrat de territoire|contrat d'objectifs|contrat de relance|convention-cadre|contrat "
    r"local de sante mentale|projet territorial)\b"
)
DONE = r"(?:co-?sign|sign|paraph|conclu|scell|ratifi|contractualis|officialis)"
SIGNED = r"(?:(?:co-?)?sign|paraph|ratifi|contractualis|officialis|scell)ee?s?\b|conclue?s?\b"
ACTIVE = re.compile(
    rf"\b(?:(?:l')?(?:ont|a|avait|avaient|auront|avons) (?:(?!pas\b)[\w']+ ){{0,3}}?(?:(?:choisi|"
    rf"prevu|decide) (?:ce jour |\w+ ){{0,5}}(?:pour|de) )?"
    rf"(?:{SIGNED}|appose (?:\w+ ){{0,3}}?(?:sa|leurs?) (?:signatures?|paraphes?)|procedee?s? "
    rf"(?:(?!au\b)[\w'-]+ ){{0,4}}?a la (?:\w+ )?signature|formalise|contracte|entrepris de signer|adhere"
    rf"|renouvele (?=(?:[a-z]+di |le \d+ |\w+ 20\d\d ?|\d+ ){{0,4}}(?:le|leur|son|ce) (?:\w+ )?{CONTRACT}))"
    rf"|(?:viennent|vient|venaient) (?:tout juste )?de (?:{DONE}\w*|conclure)"
    rf"|(?:s'etaient|s'est|se sont|etaient|sont|se) (?:tous )?(?:reuni\w*|retrouve\w*|"
    rf"rassemble\w*|donne rendez-vous)(?:(?! et | qui )[^.;]){{0,110}}? (?:pour|afin de|afin d'y) (?:\w+ "
    rf"){{0,2}}?(?:{DONE}\w*|conclure|apposer|la signature)"
    rf"|(?:sont|est) (?:\w+ ){{0,2}}(?:unis?|liee?s?|unies?) par (?=(?:un|le|ce) )"
    rf"|(?:sont|est) (?:\w+ ){{0,2}}parties? (?=(?:au|a ce) )|y (?:sont|est) (?:\w+ ){{0,2}}parties?"
    rf"|(?:ont|a|se sont|s'est|sont|est)\b[^.;]{{0,140}}?,? en (?:le |l'|y )?(?:co-?)?(?:signant|"
    rf"paraphant|apposant)"
    rf"|(?:vont|va|doivent|doit|s'appretent a|s'apprete a) (?:\w+ ){{0,2}}?(?:co-?signer|"
    rf"signer|parapher|conclure|ratifier)"
    rf"|(?:co-?)?sign(?:ent|eront|era|aient|ait|erent|e)(?= (?:\w+[ -]){{0,6}}?(?:{CONTRACT}|"
    rf"\d)| avec (?:l'|la |le |les ))|paraphent|concluent|(?:conclu|parap)h?ai(?:t|ent)|contractualisent)\b"
)
PASSIVE = re.compile(
    r"\b(?:(?:co-?|contre)?signee?s?|renouvelee?s?|reconduit\w*|paraphee?s?|conclue?s?|"
    r"ratifiee?s?|contractualisee?s?|scellee?s?|passee?s?|etablie?s?|"
    r"nouee?s?)\b(?P<gap>[^.;:]{0,110}?)"
    r"\b(?P<by>par|entre|avec)\b(?! un[e]? | des | an\b| ailleurs| voie| mois)"
)
NOUN = re.compile(
    rf"\bsignatures?\b(?P<gap>[^.;:()]{{0,120}}?)\b(?P<by>par|entre|avec)\b(?! un[e]? | des )"
    rf"|\bsignatures? (?=(?:de la|de l'|du|des|d'|de) )(?!(?:du|de ce|de son|d'un|des|de leur|"
    rf"de la|officielle du) (?:\w+ )?{CONTRACT})"
    rf"|\bcontrats?(?: local de sante| locaux de sante)?(?: "
    rf"\([^)]*\))?(?P<gap2>[^.;:]{{0,70}}?)\b(?:entre|liant|lie|liait|unissant|unit)\b"
    rf"|\b(?:engage|lie|unit|liera|engageait|liait|oblige) (?:[^.;:,]{{0,40}}? )??(?=(?:l'|la |le |les "
    rf")(?:ville|ars|"
    rf"agence|communaute|etat|commune|metropole|agglomeration|petr|pole|pays|departement))"
)
SIGNATORIES = re.compile(r"\b(?:co-?)?signataires?\b")
LIST_AFTER = re.compile(
    r"(?: (?:du|de ce|de ce nouveau|de cette|de notre|de la|des|initiaux|officiels|"
    r"institutionnels|associes|suivants|[a-z'-]+)){0,9}?"
    r"(?: \([^)]*\))?(?:, (?:signe|conclu|date|paraphe)[^,;:.]{0,40},)?,? ?(?:(?:sont|etaient|seront|"
    r"figurent|comprend|comptent|incluent|on "
    r"(?:compte|retrouve|trouve|peut citer)|citons|a savoir|notamment"
    r"|il y a)(?: (?:ainsi|donc|egalement|aussi|notamment|entre autres|outre|a ce jour|les suivants))*"
    r"(?: (?:les? )?(?:\d+ |\w+ )?(?:partenaires|institutions|organismes|acteurs|structures) "
    r"suivante?s)? ?[:,]?|:|\(|=)"
)
SIGNED_LIST = re.compile(
    r"\b(?:ont|a) (?:\w+ ){0,2}(?:co-?)?signe(?: (?:ce|le|ledit) (?:\w+ )?(?:contrat|cls|"
    r"document)[^.:;]{0,60})? ?: ?"
)
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
HEADING = re.compile(
    r"^(?:\W*)(?:(?!(?:non|futurs?|les non|sans)\b)(?:[\w'-]+ ){0,4}(?:co-?)?signataires?"
    r"(?: (?:du|de|des|de la|de ce|au) [\w' -]{2,60})?$|(?:les )?parties (?:au|du|contractantes)|qui "
    r"(?:sont (?:les )?(?:\w+ )?signataires|signe\w*|a signe)|(?:la )?liste "
    r"des |(?:les |nos |ses |leurs )?(?:\w+ )?(?:partenaires )?(?:co-?)?signataires|(?:les "
    r")?partenaires signataires|(?:les )?parties(?: signataires| prenantes signataires)?$|"
    r"(?:ils|elles|qui) (?:ont|a) sign|ont sign|sign\w+ par|signatures?$|les partenaires "
    r"engages par)"
)
BACKWARD = re.compile(
    r"\b(?:complet\w+|rejoign\w+|rejoint|integr\w+) (?:egalement |aussi )?(?:la liste des|le "
    r"cercle des|les) (?:\w+ )?(?:co-?)?signataires?\b|\b(?:sont|est|seront|sera|etaient|"
    r"etait|deviennent|devient|figurent|compte\w*)(?: (?:deja|egalement|aussi|tous|toutes|ainsi|"
    r"donc|desormais))* "
    r"(?:parmi |au nombre d|dans |les |le |la |des |l'une? d|co-?)*(?:premiers? |nouveaux? |"
    r"principaux )?(?:partenaires )?(?:co-?)?signataires?\b"
    r"|(?<=, )(?:tous |toutes )?(?:co-?)?signataires?(?= (?:du|de ce) (?:nouveau )?(?:contrat|"
    r"cls)[^,;:]{0,30}[.;]?$)"
)
AFTER_BACKWARD = re.compile(
    r"(?: (?:a|au) (?:leurs|ses) cotes?)?,? ?(?:outre [^:]*:|:|(?:egalement|aussi|notamment)?)"
)
PRESENCE = re.compile(
    r"\b(?:en (?:la )?presence|presence d|assist(?!ance publique)\w+|etai(?:en)?t (?:aussi |egalement |"
    r"notamment )?presents?|invite\w*|temoins?\b|sous le regard|sous l'egide"
    r"|sous le haut patronage|remerci\w+|salu\w+|accueilli\w*|devant (?:l|un|plus|de)|"
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
    r"|,? (?:toutes |tous )?membres? (?:de la |de l'|du |d'|des |de )[^,;.]*|,? dont "
    r"(?![^.;]*\bsignataires?\b)"
    r"[^.;]*?(?=, (?:a|ont|signe\w*|vien\w+)\b|[.;]|$)|,? ses membres[^,;.]*"
)
REPRESENTED = re.compile(
    r",? ?(?:dument |valablement )?represente(?:e|s|es)?s? (?:aux presentes |a la ceremonie "
    r")?par [^;\n]*?(?=, (?:l'|la |le |les |et )|;| et (?:l'|la |le |les )(?!maire|president|"
    r"prefet|direct)|,? ainsi que |[.]|\n|$)"
)
NEGATED = re.compile(
    r"\bn'(?:a|ont|est|avait)\b|\bne \w+ pas\b|\bpas (?:encore )?(?:ete )?sign|refus\w+|"
    r"\bsans (?:avoir )?sign"
)
NOT_SIGNING = re.compile(
    r"\b(?:autoris\w+|habilit\w+|mandat\w+|donne pouvoir|invit\w+|appel\w+|propos\w+|"
    r"sollicit\w+|charg\w+|souhait\w+|decid\w+|projet\w+ de|envisag\w+|pourr\w+|permet\w*|"
    r"avant de|afin de|en vue de)\b[^.;]{0,90}$"
)
PREVIOUS_TENSE = re.compile(
    r"\bavai(?:en)?t (?:deja )?(?:ete )?(?:co-?)?(?:sign|conclu|paraph)|\b(?:l(?:iait|iaient)|"
    r"etaient signataires|engageait)\b"
)
FUTURE = re.compile(
    r"\b(?:ser(?:a|ont)|doi(?:t|vent) etre|va etre|vont|signer(?:a|ont)|prochainement|auront)\b"
)
GENERAL = re.compile(
    r"\b(?:les (?:contrats locaux de sante|cls)\b(?! (?:de|du|des|d')\b)[^.;]{0,60}\b(?:sont|"
    r"visent|ont|permettent|peuvent|associent|lient)"
    r"|un (?:contrat local de sante|cls)(?: \(cls\))? (?:est|peut|permet|associe|vise|lie|reunit|se signe)"
    r"|\ben (?:general|principe)\b|generalement|habituellement|a minima|au minimum"
    r"|le (?:contrat local de sante|cls)(?: \(cls\))?,? (?:est|constitue|se veut|reste) (?:un|"
    r"une|l'|ainsi un)|outil \w+ (?:entre|liant))"
)
"""What is said of such contracts in general is not said of this one."""
ALLOWED = frozenset(
    """le la les l d de du des et ainsi que mais aussi egalement enfin puis avec aux cotes cote son sa ses
    leur leurs notre m mm mme mmes mr dr docteur professeur pr monsieur madame messieurs mesdames
    president presidente presidents vice-president vice-presidente vice-presidents
    presidente-directrice directeur directrice directeurs directrices general generale generaux
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
PHRASES = re.compile(
    r"\([^()]*\)|\b(?:deleguee?s?|chargee?s?|en charge|referente?s?) (?:a la|a l'|aux?|de la|"
    r"de l'|du|des|de) [^,;()]*?(?=,|;| (?:de|du|des|a|pour) |$)"
    r"|\badjointe?s? (?:au|a la) maire\b"
    r"|\b(?:et )?(?:\d+|de nombreux|de nombreuses|plusieurs|une \w+aine d[e']?|d'autres|deux|"
    r"trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt)\s*(?:autres )?(?:acteurs|partenaires|signataires|institutions|structures|"
    r"organismes|collectivites)[^,;.]*"
    r"|\b(?:l'ensemble des|tous les|ses|les|leurs|des|avec les) (?:\w+ )?(?:partenaires|"
    r"acteurs|signataires|institutions)(?: [a-z-]+){0,3}(?= ?[(:])"
    r"|\bde meme que(?: de| par| avec)?|\btout comme|\bau meme titre que|\bsans oublier|\ba l'instar "
    r"(?:de la|de l'|du|des|d'|de)"
    r"|\bpour le compte (?:de la|de l'|du|des|d'|de)|\bau titre (?:de la|de l'|du|des|d'|de)"
    r"|\baux? cotes? (?:de la|de l'|du|des|d'|de)|\bainsi que (?:par |avec |de |d')?|\bmais "
    r"(?:aussi|egalement)(?: par| avec)?|\bd'(?:une|autre) part|\bd'autre part"
    r"|«[^»]*»|\b(?:de|pour) la (?:delegation|direction) (?:departementale|territoriale)"
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
