"""How people say that a model or property release exists, or doesn't: expressions in seven languages.

The words are those of photo sites' labels and photographers' captions (English, German, French, Spanish, Italian,
Dutch, Portuguese; reference: releases.md §7). Used by ``releases``, which decides what a sentence states.
"""

from __future__ import annotations

import re

#: Marks where one element of a page ends and the next begins: there a label and its value may part.
EDGE = "\x1f"

_MODEL = (
    r"(?:model|talent)(?:['’]s)?[\s-]?releases?d?"
    r"|modell?-?freigaben?|model-?vertrag|einverst[äa]ndniserkl[äa]rung(?:en)?\s+de[rs]\s+(?:models?|abgebildeten)"
    r"|(?:autorisations?|d[ée]charges?)\s+(?:de\s+|du\s+|des\s+)mod[èe]les?"
    r"|(?:autorizaci[óo]n(?:es)?|liberaci[óo]n(?:es)?)\s+(?:de\s+|del\s+|de\s+la\s+)modelos?"
    r"|liberatori[ae]\s+(?:del\s+|della\s+|dei\s+|di\s+)?modell[oaei]"
    r"|quitclaims?|modelverklaring(?:en)?"
    r"|(?:autoriza[çc](?:[ãa]o|[õo]es)|libera[çc][ãa]o)\s+(?:de\s+|do\s+|da\s+)(?:uso\s+de\s+imagem|modelos?)"
)
_PROPERTY = (
    r"property[\s-]?releases?d?"
    r"|eigent(?:um|ümer|uemer)s?-?freigaben?|objekt-?freigaben?"
    r"|autorisations?\s+(?:de\s+|du\s+|des\s+)propri[ée]t(?:[ée]s?|aires?)"
    r"|autorizaci[óo]n(?:es)?\s+(?:de\s+|de\s+la\s+)propiedad"
    r"|liberatori[ae]\s+(?:di\s+|della\s+)?propriet[àa]"
    r"|eigendomsverklaring(?:en)?"
    r"|autoriza[çc](?:[ãa]o|[õo]es)\s+(?:de\s+|da\s+)propriedade"
)
#: What is spoken of. Groups: ``both``, ``model``, ``property``.
SUBJECT = re.compile(
    rf"\b(?:(?P<both>model(?:\s*(?:and|or|und|oder|et|y|e|en|&|/|,)\s*)property[\s-]+releases?d?)"
    rf"|(?P<model>{_MODEL})|(?P<property>{_PROPERTY}))(?!\w)",
    re.IGNORECASE,
)
#: "MR: yes", "PR on file": capitals only.
SHORT = re.compile(r"\b(?P<kind>[MP]R)\b(?=\s*[:=]|\s+(?:on\s+file|available|signed|vorhanden|yes|no|not)\b)")

# The longer answers stand before the shorter ones they begin with.
_NOT_NEEDED = (
    r"not\s+(?:applicable|required|needed|necessary)|n/?a|n\.\s?a\.|entf[äa]llt|nicht\s+(?:erforderlich|n[öo]tig|notwendig)"
    r"|sans\s+objet|non\s+(?:requise?|applicable|n[ée]cessaire)|no\s+(?:aplicable|aplica|requerid[oa]|necesari[oa])"
    r"|non\s+(?:applicabile|richiest[oa]|necessari[oa])|n\.?v\.?t\.?|niet\s+(?:van\s+toepassing|nodig|vereist)"
    r"|não\s+(?:aplic[áa]vel|necess[áa]ri[oa]|se\s+aplica)"
)
_NO_PHRASE = (
    r"(?:not\s+(?:yet\s+)?|never\s+|(?:is|are|was|were)n['’]t\s+)(?:available|released|signed|on\s+file|obtained|held|provided)"
    r"|unavailable|unsigned|missing"
    r"|liegt\s+(?:mir\s+|uns\s+)?(?:noch\s+)?nicht\s+vor|liegen\s+(?:noch\s+)?nicht\s+vor|nicht\s+(?:vorhanden|verf[üu]gbar|unterschrieben)|fehlt"
    r"|non\s+(?:disponible|sign[ée]e?s?|obtenue?s?)|no\s+(?:disponible|firmad[oa])|non\s+(?:disponibile|firmat[oa])"
    r"|niet\s+(?:aanwezig|beschikbaar|ondertekend)|ontbreekt|não\s+(?:dispon[íi]vel|assinad[oa])|indispon[íi]vel"
)
_YES_PHRASE = (
    r"on\s+file|available(?!\s+(?:at|in|from|soon|now|today|to|for(?!\s+(?:all|every|each|this|the)))\b)|signed|obtained|held|liegt\s+(?:mir\s+|uns\s+)?vor|liegen\s+(?:mir\s+|uns\s+)?vor|vorhanden|verf[üu]gbar"
    r"|unterschrieben|disponibles?|sign[ée]e?s?|firmad[oa]|disponibil[ei]|firmat[oa]|aanwezig|beschikbaar|ondertekend"
    r"|dispon[íi]ve(?:l|is)|assinad[oa]"
)
_LIMITED = (
    r"limited|incomplete|partial(?:ly)?|teilweise|eingeschr[äa]nkt|unvollst[äa]ndig|partiel(?:le)?|limitad[oa]|parcial"
    r"|limitat[oa]|parziale|beperkt|gedeeltelijk"
)
_YES = r"yes|y|ja|oui|s[íi]|sì|sim"
_NO = r"no(?:ne)?|n|nein|keine[rs]?|non|aucune?|nessun[oa]?|nee|geen|não|nenhuma?"
# A bare yes or no counts where it stands for itself: not in "no longer", nor in "No. 4711"
_ENDS = rf"(?=\s*(?:$|[,;:|)(/{EDGE}–—]|-\s|\.(?!\s*#?\d)|{EDGE})|\s+(?:and|und|et|y|e|en|property|model|releases?)\b)"
_NO_FORM = rf"(?!\s*[/|]\s*(?:{_NO})\b)"  # "yes / no" is a form that nobody filled in
_ANSWER = (
    rf"(?:(?P<na>{_NOT_NEEDED})|(?P<no>{_NO_PHRASE})|(?P<limited>{_LIMITED})|(?P<yes>(?:unlimited|{_YES_PHRASE})))(?!\w)"
    rf"|(?:(?P<bare_yes>{_YES}){_NO_FORM}|(?P<bare_no>{_NO})){_ENDS}"
)
#: After the subject: "(s): yes", " = not available". The whole match ends with the answer.
LABEL = re.compile(
    rf"\s*(?:\((?:s|d|en|n)\))?\s*(?:status|info(?:rmation)?)?[\s{EDGE}]*(?:[:=–—]|\s-\s|{EDGE})[\s{EDGE}]*(?:{_ANSWER})",
    re.IGNORECASE,
)
#: After the subject: " is on file", " liegt vor".
VERBAL = re.compile(
    rf"\s*(?:\((?:s|d)\))?\s*(?:is|are|was|were|has\s+been|have\s+been|ist|sind|wurde|est|sont|está|è|sono|zijn|é)?\s*"
    rf"(?:(?P<no>{_NO_PHRASE})|(?P<yes>{_YES_PHRASE}))(?!\w)",
    re.IGNORECASE,
)
#: After the subject: "no model release needed".
NEEDED = re.compile(
    r"\s*(?:is\s+)?(?:required|needed|necessary|erforderlich|n[öo]tig|n[ée]cessaire|requise?|necesari[oa]|nodig)\b",
    re.IGNORECASE,
)
_ADJECTIVES = (
    r"(?:an?|any|the|signed|valid|written|complete|full|eine[nrs]?|unterschriebene[nrs]?|une?|l['’]|d['’]|de|una?|een|"
    r"uma)"
)
#: Before the subject: "no signed", "ohne", "do not have a".
WITHOUT = re.compile(
    r"(?:\b(?:no|not|nor|neither|lacks?|lacking|kein(?:e[nrs]?)?|aucune?|pas\s+(?:de|d['’])|nessun[oa]?|geen|nenhuma?|"
    r"isn['’]t|aren['’]t)"
    r"|(?:\bnot|n['’]t|\bnever)\s+(?:currently\s+|yet\s+)?(?:have|hold|got|possess|obtain|obtained)"
    r"|\b(?P<prose>without|ohne|sans|sin|senza|zonder|sem))"
    rf"\s+(?:{_ADJECTIVES}\s*)*$",
    re.IGNORECASE,
)
#: Before the subject: "has a signed", "mit".
WITH = re.compile(
    r"\b(?:have|has|hold|holds|got|comes\s+with|with|mit|habe[n]?|avec|con|met|com|tengo|ho|heb|tenho)"
    rf"\s+(?:{_ADJECTIVES}\s*)*$",
    re.IGNORECASE,
)
#: Before "model released": "this photo is fully", "Release info:", or nothing.
RELEASED_BEFORE = re.compile(
    rf"(?:^[\W{EDGE}]*|\b(?:image|photo|picture|photograph|file|it)\s+(?:is|has\s+been|was)\s+|\breleases?(?:\s+info(?:rmation)?)?\s*:[\s{EDGE}]*)"
    r"(?:fully\s+|all\s+)?$",
    re.IGNORECASE,
)
#: Agencies' "Release info: Not released." and "Releases: Model - yes | Property - no".
NOT_RELEASED = re.compile(
    rf"(?<!\bmodel )(?<!\bmodel-)(?<!\bproperty )\breleases?(?:\s+info(?:rmation)?|\s+status)?\s*[:{EDGE}][\s{EDGE}]*"
    r"(?:(?P<no>not\s+released)|(?P<na>no\s+releases?\s+(?:required|needed)))\b",
    re.IGNORECASE,
)
PAIR = re.compile(
    rf"\breleases?\s*[:{EDGE}]?[\s{EDGE}]*model\s*[-–:]\s*(?P<model>yes|no|n/?a)\b[\s|,;/{EDGE}]*property\s*[-–:]\s*(?P<property>yes|no|n/?a)\b",
    re.IGNORECASE,
)

#: Before the subject: what makes "model release" the release of a model, and a box that nobody ticked.
ANOTHER_THING = re.compile(
    r"(?:\b(?:new|newest|latest|next|upcoming|recent|first|second|third|major|updated|car|toy|phone|iphone|language|AI|"
    r"neue[nrs]?|nouveau)\s+|☐\s*|\[\s?\]\s*)$",
    re.IGNORECASE,
)
#: Before "model release is available" in a sentence of its own: nothing, or words that belong to the release.
OF_ITSELF = re.compile(
    r"(?:^|[^\w\s]|\b(?:an?|the|this|my|our|all|signed|valid|written|full|complete|standard|unlimited|and|und|et|y|e|en|"
    r"eine?|unterschriebene[rs]?|das|die|der|les?|la|une?|una|el|il|lo|de|het|os?|as|uma?|[0-9]+)\s*)\s*$",
    re.IGNORECASE,
)
#: After "has a model release": the end, or words that go on about it; "a model release party" is another thing.
GOES_ON = re.compile(
    r"\s*(?:$|[^\w\s]|(?:on|for|from|of|by|and|or|so|signed|available|und|von|für|et|de|du|pour|y|para|e|di|per|en|van|"
    r"voor|do|da|vorhanden|firmad[oa])\b)",
    re.IGNORECASE,
)

#: Signs that a sentence speaks of releases in general, or asks: it then states nothing about this picture.
GENERAL = re.compile(
    r"\b(?:if|whether|unless|when(?:ever)?|before|may|might|must|should|could|would|need(?:s|ed)?|ask|ensure|sure|"
    r"please|you|your|contributors?|marked|label+ed|some|many|most|certain|images|photos|pictures|photographs|files|photographers|members|sellers|"
    r"wenn|falls|ob|muss|müssen|sollten?|sie|ihre?n?|bitte|bilder|fotos|vous|votre|vos|doit|devez|faut|"
    r"usted|debe[ns]?|deve|devono|moet(?:en)?|uw|você|imagens|imágenes|immagini|cliquez|click)\b",
    re.IGNORECASE,
)
#: For a sentence that says "no", fewer: "No model release, so you may only …" is a statement.
GENERAL_BEFORE_NO = re.compile(
    r"\b(?:if|whether|unless|when(?:ever)?|images|photos|pictures|photographs|files|content|wenn|falls|ob|si|bilder|"
    r"some|many|most|there\s+(?:may|might)|ask)\b",
    re.IGNORECASE,
)
#: Sentences end here; "No. 4711" does not end one.
SENTENCE = re.compile(r"(?<!\bno\.)(?<!\bnr\.)(?<=[.!?;])\s+|[\n\r|•·]+", re.IGNORECASE)
QUICK = re.compile(
    r"releas|freigabe|einverst|autori[sz]a|liberatori|liberaci|libera[çc]|d[ée]charge|quitclaim|verklaring|\b[MP]R\b",
    re.IGNORECASE,
)
