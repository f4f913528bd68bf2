"""The grammar of signing: how the words of ``lexicon.py`` stand around a run of bodies (``R``) in a sentence.

``SUBJECTS``: the run is before what is said of it. ``OBJECTS``: it is after. ``TURNED``: the verb is before
its subject. Each shell is a pattern over the letters of the lexicon; what stands between two words of a shell
is a filler without verbs, negations, other bodies, or words that take bodies out.
"""

from __future__ import annotations

import re

_GAP = "[^RZNFYAESQqoDLlx;.:!?]"
"""One word that neither ends a clause nor turns its sense."""
_INCISE = r"(?:[,(-][^RZNq,;.:!?()]{1,14}[,)-])?"
_DET = "[dwmCe]{0,4}"
_LEAD = (
    "(?:[dwmeh]{0,4}c(?:w{0,2}|[wehkd]{0,11}uE|(?:[wehkd]{0,5}|[wehkd]{0,11}uE)"
    "(?:[(:,-]{1,2}[Dz]{0,2}[:,]?|[Dz]{1,2}[:,]?)))?(?:dmw,)?[dwC,]{0,4}"
)
"""What introduces a list: articles, a person, "l'ensemble des partenaires, à savoir"."""
_OBJ = rf"{_DET}k"

_UNFINISHED = (
    rf"(?:{_GAP}{{0,24}}?[ig](?!{_DET}x)"  # se sont réunis pour signer, se sont engagés en signant
    rf"|V{_GAP}{{0,9}}?n|V[dwm]{{0,3}},?[wm]{{0,5}},?hdn"  # ont apposé leur signature
    rf"|V{_DET}w[hdwe]{{1,5}}k"  # ont inscrit leur nom au bas du contrat
    rf"|[VG]{_GAP}{{0,4}}?k{_GAP}{{0,3}}?(?:g|hg)"  # ont noué un partenariat en signant
    rf"|w?J[hdw]{{0,3}}(?:{_OBJ}|e?{_DET}p)"  # ont adhéré au contrat, complètent la liste des signataires
    rf"|G{_GAP}{{0,6}}?b{_DET}(?:k|n))"  # se sont engagés par ce contrat
)
_MEETING = rf"I{_DET}nw?e{_DET}k"
_PREDICATES = (
    rf"A[wmh&dt+c]{{0,5}}?{_INCISE}[wdt]{{0,3}}(?:s(?!{_DET}x)|{_UNFINISHED})",  # ont signé
    rf"j?[EF]e?[wmtH]{{0,4}}?{_UNFINISHED}",
    rf"j?E[wmt]{{0,2}}H[^RZNx;.:!?]{{0,14}}?{_MEETING}",  # se sont retrouvés pour la signature du contrat
    rf"f(?!{_DET}x)",
    r"A[w&]{0,2}r[wmdhI,]{0,7}k",
    r"jE?G(?=v[dwC]{0,3}R[hdmw]{1,5}k.*[sfn])",
    r"jG[wmt]{0,3}\+",  # s'engage à son tour
    r"[Sd]Aw{0,2}J(?=.*[pxk])",  # nous ont rejoints
    rf"U{_GAP}{{0,16}}?k",
    rf"U{_GAP}{{0,7}}?v[dwC]{{0,3}}R(?=[^x.;:]{{0,14}}k)",  # signera vendredi avec A un contrat
    rf"U{_GAP}{{0,4}}?n{_GAP}{{0,3}}?k",  # apposeront leur signature
    rf"s(?={_OBJ})",
    rf"j[EF]?[wmt]{{0,3}}G{_GAP}{{0,10}}?(?:g|[bh]{_DET}(?:k|n))",
    rf"G{_GAP}{{0,10}}?(?:g|b{_DET}(?:k|n))",
    rf"[Vj]{{1,2}}{_GAP}{{0,6}}?n{_GAP}{{0,6}}?k",
    rf"j?J[hdw]{{0,3}}(?:{_OBJ}|e?{_DET}c?p)",
    rf"A[w]{{1,2}}{_DET}w?h{_DET}c?p",  # ont fait leur entrée parmi les signataires
    rf"[EF][wmt]{{0,3}}(?:h{_DET}c?p|{_DET}c?w?p|e{_DET}p|w{{0,3}}e{_DET}c?p)",  # font partie des signataires
    r"E[dwmC]{0,4}c?(?:&[dwmC]{0,4}c?)?p",  # en est le porteur et le premier signataire
    rf"(?:[EF]|,)?[wmct]{{0,3}}h{_GAP}{{0,2}}e?u?[ewm]{{0,2}}p",  # en qualité de signataires
)
PREDICATE = "(?:" + "|".join(_PREDICATES) + ")"
PREDICATES = re.compile(PREDICATE)

SUBJECTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p)
    for p in (
        # "A et B ont signé", "A et B, réunis hier à la mairie, ont signé"
        rf"R(?:,C{{1,4}})?(?:,?v[dwC]{{0,3}}R,?|&?[dmwc]{{0,4}}[-(]d?R[-)])?{_GAP}{{0,14}}?[wy,]{{0,2}}(?:l'|d)?{PREDICATE}",
        rf"R,[^R;.:!?]{{1,30}}?,(?:d|y)?{PREDICATE}",
        # "A et B ont uni leurs forces et ont signé"
        rf"R[AEFjYf][^RZNqx;.:!?]{{1,25}}?&(?:A[wt]{{0,3}}(?:s|{_UNFINISHED})|f|[hwdS]{{0,2}}E[dwmC]{{0,4}}p)",
        # "A et B : ils sont deux à s'être engagés par la signature du contrat"
        rf"R(?:,[CPw]{{1,5}}){{0,2}}[:-]c(?:E[wm]{{0,2}}h?[jQ]{{0,2}}|A)[^RZNx;.:!?]{{0,14}}?"
        rf"(?:s|i|G[^RZNx;.:!?]{{0,8}}b{_DET}[nk])",
        # "A et B sont de la partie : ils ont signé eux aussi"
        r"R[^RZNx;.!?:]{1,20}:c(?:A[wt]{0,3}s|f|E[wdm]{0,3}p)",
        # "A s'est alliée à B en signant"
        rf"R(?:Fe)?jE?{_GAP}{{0,2}}G(?=[hv][dwC]{{0,3}}R,?(?:hg|Iw{{0,2}}i|b{_DET}[nk]))",
        # "on a vu A et B signer le contrat"
        rf"R(?=i{_DET}k)",
        # "préparé par A et B, puis signé par eux"
        r"R,?[&w]{0,3}sbc",
        # "ce sont A et B qui ont signé", "A et B : tous ont signé", "A et B, qui signent"
        rf"Rw?(?:,C{{1,4}})?,?qc?(?:d|y)?{PREDICATE}",
        r"R(?:,[CPw]{1,5}){0,2}[,:;.-]{1,2}[zc&dmwp]{0,3}(?:d|y)?(?:A[wt]{0,3}s|f|E?[zdwmc]{0,4}p)",
        # "outre A, le contrat a été signé par B"
        r"(?<=[vde])R,A[wt&]{0,3}s[dwC]{0,4}R",
        r"(?<=[vd])R,S[EA][wt]{0,3}s",
        r"(?<=[vdz])R,[^RZNx;.:!?]{0,8}p",
        # "A et B main dans la main : le contrat est signé"
        rf"R{_GAP}{{0,6}}:{_DET}k[^RZNx;.:!?]{{0,8}}[EA]t?[wt]{{0,2}}s",
        # "réunis autour de A pour signer : B, C"
        r"(?<=z)RIw?i",
        # "entre A et B, un contrat local de santé"
        r"(?:(?<=^B)|(?<=^Bd)|(?<=:B)|(?<=:Bd))R,d?[wm]{0,2}k",
        rf"(?<=[vd])R,{_DET}k[EA]t?[wt]{{0,2}}s",
        # "A et B portent désormais ensemble un contrat local de santé avec C"
        rf"RV[wt]{{1,3}}{_OBJ}v",
        r"RJ[dwC]{0,3}Rh[dw]{0,2}p",
        # "A s'est engagée, avec B, par la signature du contrat"
        rf"RjE?G,?v[dwC]{{0,3}}R,?[hb]{_DET}n",
        # "c'est avec A et B que C a signé"
        rf"(?:(?<=Ev)|(?<=Evd))Ru[dwC]{{0,3}}R{_GAP}{{0,4}}?{PREDICATE}",
        # "A est liée à B par un contrat local de santé"
        rf"REw{{0,2}}G(?=h[dwC]{{0,3}}R{_GAP}{{0,3}}b{_DET}k)",
        # "A et B : trois signatures au bas du contrat"
        r"R[:-]m?w?n(?=[hdwe]{1,6}k)",
        # "A et B, signataires du contrat"; "A et B (signataires)"
        rf"R[,(-][cmwd]{{0,3}}p(?![:(]|{_DET}k?E)",
    )
)
OBJECTS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p)
    for p in (
        # "signé hier par A", "la signature du contrat entre A et B", "un accord entre A et B"
        rf"(?:s|n|r){_GAP}{{0,16}}?{_INCISE}[dwhmC,]{{0,4}}[bB1]:?{_LEAD}(?:P[ewdC]{{1,4}},?[dwC]{{0,3}})?(?P<R>R)",
        # "X a signé au nom de A", "Y a signé le contrat pour B"
        rf"[sfi]\+?(?:{_DET}k)?\+?I[ed]{{0,2}}[dwC]{{0,3}}(?P<R>R)",
        # "signé mardi avec A", "ont apposé leur signature, aux côtés de A"
        rf"(?:s|n|f|i|g|r|k){_GAP}{{0,14}}?{_INCISE}[dwhmCk,)(-]{{0,8}}v:?{_LEAD}(?P<R>R)",
        rf"U{_GAP}{{0,7}}?v:?{_LEAD}(?P<R>R)(?=[^x.;:]{{0,14}}k)",
        rf"jG[wmt]{{0,3}}\+v{_LEAD}(?P<R>R)",
        rf"jE?G{_GAP}{{0,3}}h{_LEAD}(?P<R>R)(?=,?(?:hg|Iw{{0,2}}i|b{_DET}[nk]))",
        rf"Ew{{0,2}}Gh{_LEAD}(?P<R>R)(?={_GAP}{{0,3}}b{_DET}k)",
        rf"jE?G{_GAP}{{0,3}}v{_LEAD}(?P<R>R)(?=,?(?:hg|Iw{{0,2}}i|b{_DET}[nk]))",
        rf"jE?G{_GAP}{{0,6}}?v:?{_LEAD}(?P<R>R)(?=[hdmw]{{1,5}}k.*[sfn])",
        rf"k[^RZNFYAELx;.:!?]{{0,9}}?B{_LEAD}(?P<R>R)",
        # "un engagement de cinq ans, entre deux porteurs, A et B"
        r"Bd?mw?[cp][:,(-][dwC]{0,4}(?P<R>R)",
        # "renouvelé, avec l'engagement de dix partenaires, parmi lesquels A et B"
        rf"[sr][^RZNx;.:!?]{{0,14}}k[ehd]{{1,2}}m?w?c{_GAP}{{0,6}}hq[:,]?[dwC]{{0,4}}(?P<R>R)",
        # "Réunis hier pour la signature du contrat, A et B"
        rf"^H[^RZNx;.:!?]{{0,14}}?{_MEETING}[wCeO]{{0,4}},[dwC]{{0,4}}(?P<R>R)",
        # "signé hier, en présence du député, par A et B"
        rf"s[^RZNx;.:!?]{{0,14}},hZ[^RNx;.:!?]{{1,24}},b{_LEAD}(?P<R>R)",
        # "les paraphes du maire de A et du préfet"
        r"[dm]s(?::c)?e[dwC,]{0,4}(?P<R>R)",
        # "A et B rejoignent C parmi les signataires"
        r"J[dwC]{0,3}(?P<R>R)(?=h[dw]{0,2}p)",
        # "huit institutions l'ont signé, parmi lesquelles A et B"
        r"s,?hq[:,]?[dwC]{0,4}(?P<R>R)",
        rf"jE?G,?v{_LEAD}(?P<R>R)(?=,?[hb]{_DET}n)",
        # "autour de la table, pour parapher le document : A et B"
        rf"^z[wC]{{1,3}},?I[id]{{1,2}}{_DET}k?,?:[dwC]{{0,4}}(?P<R>R)",
        # "côté signataires, on trouve A"; "il n'a que deux signataires, A et B"
        r"p,S[wY][dwC]{0,3}(?P<R>R)",
        r"NAum?[wm]{0,2}p[,:(][dwC]{0,3}(?P<R>R)",
        # "autres signataires, A et B"
        r"(?:^|[;:])[dwc]{0,2}p,[dwC]{0,3}(?P<R>R)",
        # "13 signataires y ont mis la main (A, B, C)"
        r"p[^RZNx;.:!?(]{0,16}\([dwC]{0,3}(?P<R>R)",
        # "un contrat que rejoignent, en qualité de signataires associés, A et B"
        r"k[wd]{0,3}ud?J[^RZNx;.:!?]{0,12}?,?[dwC]{0,3}(?P<R>R)",
        # "a signé pour A, et Jeanne Roux pour B"
        rf"[sfi]\+?(?:{_DET}k)?\+?I[ed]{{0,2}}[dwC]{{0,3}}R[^.;:!?]{{0,24}}?[,&]{{1,2}}"
        r"C{2,4}I[ed]{0,2}[dwC]{0,2}(?P<R>R)",
        # "il l'a été aussi par A et B"
        r"^SdAtw{0,2}b[dwC]{0,3}(?P<R>R)",
        # "à nos côtés : A et B", of a contract that is signed
        r"^v:[dwC]{0,3}(?P<R>R)",
        # "C rejoint A et B", where these have signed
        r"RA?w{0,2}J[dwC]{0,4}(?P<R>R)(?=[.;!]|$)",
        # "A et B y sont rejointes par C", "il engage A aux côtés de B"
        r"RyEw{0,2}v[dwC]{0,4}(?P<R>R)",
        rf"(?:(?:^|,)[wS]d?|k[^RZNFYAEqx;.:!?]{{0,9}}?q?)[Ll][dmwC]{{0,4}}R[wmhdI]{{0,8}},?v{_LEAD}(?P<R>R)",
        # "à ses côtés pour signer, A et B"
        r"^vw?I[id]{1,2},[dwC]{0,4}(?P<R>R)",
        # "six institutions s'y engagent pour cinq ans : A, B et C"
        r"^[dm]{0,2}w?cjy?G[^RZNx;.!?:]{0,12}:[dwC]{0,3}(?P<R>R)",
        # "les signatures de A et de B", "celles de A"
        r"n(?:E?[wdhekmF]{0,12}[:,]?c)?e[dwC,]{0,4}(?P<R>R)",
        # "a reçu les signatures suivantes : A", "trois signatures, à savoir A"
        r"n[,:(]?z:?[dwC,]{0,4}(?P<R>R)",
        r"(?:V|A[wdhm]{0,8})[dwm]{0,3}n(?:e?dk)?[:(][dwC,]{0,4}(?P<R>R)",
        # "sa signature a eu lieu le 12 décembre entre A et B"
        rf"n[dwehkC]{{0,8}}(?:A|jE|F)[wm]{{1,3}}{_GAP}{{0,14}}?[bB]:?{_LEAD}(?P<R>R)",
        # "dont la signature a réuni hier A et B"
        rf"n{_GAP}{{0,4}}A[wt]{{0,2}}l[dwmh]{{0,8}}(?P<R>R)",
        # "les signataires historiques ont tous rempilé, à savoir A"; "et des cosignataires, A et B"
        rf"p[wd]{{0,3}}A[cwt]{{0,3}}w?,?z{_LEAD}(?P<R>R)",
        r"&[ed]{0,2}p,[dwC]{0,2}(?P<R>R)",
        # "le contrat lie A et B", "unissant"
        # "lie pour cinq ans A et B", "réunit autour de A B et C"
        # "le contrat, signé hier à la mairie, lie A et B"
        r"(?:k[^RZNFYAEqx;.:!?]{0,9}?(?:q[dj]?|N(?=[Ll]u))?|(?:^|[,:;])[wS]d?|k[^RZNFYAELlqx;.:!?,]{0,9},s[^RLlx;.:!?]{0,16}[OR]?,)[Ll]u?(?:[Ih]m?w)?(?:\(m-?m?\))?"
        r"[dmwhcpz,C&]{0,7}(?P<R>R)",
        # "on y trouve A", of a contract that is signed
        r"(?:^|[.,])T[dwC]{0,3}(?P<R>R)",
        # "les signataires du contrat sont A", "… : A", "(A)", "a pour signataires A"
        rf"p[^RZNAx;.!?]{{0,16}}?(?:E[wz,v]{{0,3}}|F[wz,v]{{0,2}}|[:(-])[:]?[z,]{{0,2}}{_LEAD}(?P<R>R)",
        rf"p(?:{_GAP}{{0,9}},)?h?z?z[,:]?[dwC]{{0,4}}(?P<R>R)",
        r"[hI][dwmc]{0,3}p{1,2}w?(?:[eh][dwm]{0,2}k)?[:,]?[dwC]{0,4}(?P<R>R)",
        # "parmi les signataires figurent A", "sont signataires A", "y sont parties A"
        rf"p{_GAP}{{0,8}}[EF][dwC]{{0,4}}(?P<R>R)",
        rf"[EF][wzc]{{0,3}}p(?:w?,[hwe]{{1,4}}p)?(?:e{_OBJ})?{_GAP}{{0,4}}?[:,]?[dwC]{{0,4}}(?P<R>R)",
        # "en apposant leur nom au bas du contrat, A et B"
        rf"^[^RZNFYAELx;.:!?]{{0,8}}hV{_DET}[wn][hdwe]{{0,5}}k{_GAP}{{0,9}},[dwC]{{0,4}}(?P<R>R)",
        # "en signant ce contrat, A et B s'engagent"; "par leur signature, A"
        rf"^[^RZNFYAELx;.:!?]{{0,8}}(?:hg|b{_DET}n|b{_DET}k(?=.*G)){_GAP}{{0,9}},[dwC]{{0,4}}(?P<R>R)",
    )
)
TURNED: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p)
    for p in (
        # "ont signé le contrat A et B", "que signent A", "auquel ont souscrit A", "l'ont signé A"
        rf"(?:^(?:v[dwC]{{0,3}}R,)?[^RcpA]{{0,12}},?|[:;uoy?]d?|^d)[wh]{{0,3}}(?:A[whtdm&]{{0,6}}(?:s|J|{_UNFINISHED})|Fe?i|f)"
        rf"(?:{_GAP}{{0,3}}k{_GAP}{{0,5}}?)?[:,]?v?(?<![eh])(?<![eh][dw])[dwC]{{0,4}}(?P<R>R)",
        # "au bas du contrat figurent les signatures de A"
        rf"[EF]{_GAP}{{0,3}}n(?:e|{_GAP}{{0,3}}:c?e)[dwC]{{0,4}}(?P<R>R)",
        # "se sont succédé à la table des signatures A"
        r"(?:^|,)j?[EF][whde]{0,7}n[dwC,h]{0,6}(?P<R>R)",
        # "aux côtés des trois présidents et de A ont signé B et C"
        r"^v[dwmCPe&,]{0,8}R?,?A[wht]{0,3}s[dwC]{0,4}(?P<R>R)",
        # "étaient réunis pour la signature A et B"
        rf"^[EF][wH]{{0,2}}I{_DET}n(?:e?{_DET}k)?:?[dwC]{{0,4}}(?P<R>R)",
        # "y sont parties A"
        r"y?[EF][wm]{0,3}p[,:]?[dwC]{0,4}(?P<R>R)",
    )
)
TOLD = (
    # "le contrat a été signé. A et B s'y engagent jusqu'en 2027"
    re.compile(rf"R{_GAP}{{0,6}}?jyG(?!h)"),
    # "le contrat a été signé. A et B s'engagent pour la période 2025-2027"
    re.compile(r"R[w]{0,2}jE?G[wt]{0,2}[Ih][dwc]{0,3}m"),
    # "A et B unissent leurs forces à travers ce contrat"
    re.compile(rf"RL[dw]{{1,3}}[hbe]{{1,2}}[wde]{{0,2}}{_OBJ}"),
    # "A a signé avec B. C et D l'ont rejointe."
    re.compile(r"R[dS]?(?:Aw{0,2})?J(?=[.;!]|$|[dwC]{0,4}R(?:[.;!]|$))"),
    # "A et B y sont rejoints par C"
    re.compile(r"RyEw{0,2}v"),
    # "A et B apposent leur signature"
    re.compile(r"RV[dwm]{1,3}n(?=[.;,!]|$)"),
    # "A et B le sont aussi"
    re.compile(r"RdE(?=w?[.;,!]|w?$)"),
    # "autour de A, on y trouve B et C"
    re.compile("(?<=z)R,T(?=[dwC]{0,3}R)"),
)
"""Subjects of a sentence that signs only because the one before says that the contract is signed."""
WEAKLY = re.compile(
    "(?:^v:[dwC]{0,3}|^SdA[^R]*|RA?w{0,2}J[dwC]{0,4}|l[^LR]{0,6}|T[dwC]{0,3}|yEw{0,2}v[dwC]{0,4}|jy?G[^R]{0,12}:[dwC]{0,3})R$"
)
"""A contract that "réunit" or "associe": only the words around say whether by signing."""
