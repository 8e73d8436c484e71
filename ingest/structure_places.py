"""Whether a name stands where names of places do: besieged, travelled to, listed with towns, or behind "in"."""

from ingest.antecedents import find_antecedent
from ingest.parse import Doc, Token
from ingest.reading import Reading

_LOCATIVE = frozenset(
    {"in", "at", "near", "from", "into", "toward", "towards", "around", "outside", "inside", "across"}
)
# What one has, sees or places in a person: "confidence in Haddad".
_IN_SOMEBODY = frozenset(
    {
        *(
            "trust",
            "confidence",
            "faith",
            "hope",
            "interest",
            "believe",
            "belief",
            "confide",
            "invest",
            "see",
            "find",
        ),
        *(
            "change",
            "result",
            "role",
            "partner",
            "ally",
            "rival",
            "friend",
            "champion",
            "successor",
            "leader",
            "have",
        ),
        *(
            "star",
            "starring",
            "disappointed",
            "instil",
            "instill",
            "vest",
            "share",
            "stake",
            "stock",
            "interested",
            "loss",
            "belief",
        ),
    }
)
# What one does in bodies as well as in places.
_IN_BODIES = frozenset(
    {"serve", "work", "sit", "play", "enrol", "enroll", "enlist", "study", "remain", "invest", "use"}
)
# What is in a town, and never in a firm: "hideouts in Panjgur".
_ON_THE_GROUND = frozenset(
    {"airport", "ambush", "army", "barracks", "base", "battle", "bombing", "camp", "checkpoint", "church", "clash", "commander",
     "court", "demonstration", "demonstrator", "fight", "fighter", "fighting", "garrison", "gunman", "hideout", "hospital",
     "market", "massacre", "militant", "mosque", "outpost", "police", "prison", "protest", "protester", "raid", "rally", "rebel",
     "refugee", "resident", "school", "shelling", "siege", "soldier", "temple", "troop", "troops", "villager", "violence", "warehouse"}
)  # fmt: skip
# What is done to towns, and never to firms.
_BESIEGING = frozenset(
    {"bombard", "besiege", "encircle", "liberate", "overrun", "recapture", "retake", "shell"}
)
# What armed men do to towns, and others to much else.
_TAKING = frozenset({"capture", "hold", "lose", "take"})
_ARMED = frozenset(
    {"army", "battalion", "brigade", "commando", "corps", "division", "fighter", "force", "forces", "front", "guard", "guerrilla",
     "insurgent", "militia", "militiaman", "paratrooper", "rebel", "regiment", "soldier", "troop", "troops", "unit"}
)  # fmt: skip
_TOWN_HEADS = frozenset({"governor", "governors", "mayor", "mayors", "prefect", "sub-prefect"})
_RALLIES = frozenset({"demonstration", "march", "parade", "protest", "rally", "vigil"})
_GOING = frozenset({"to", "into", "from", "in", "at", "towards", "toward", "for"})
_TRAVELS = frozenset(
    {
        *(
            "fly",
            "travel",
            "drive",
            "arrive",
            "land",
            "flee",
            "retreat",
            "march",
            "journey",
            "sail",
            "advance",
        ),
        *("evacuate", "deploy", "escape", "relocate", "walk", "ride", "convoy"),
    }
)
_MARCHING = frozenset({"advance", "converge", "descend", "march"})
_DRIVING = frozenset(
    {"drive", "flee", "fly", "march", "pull", "push", "retreat", "ship", "smuggle", "withdraw"}
)
_OLDEST = 120
_NEAR = 2
# What is done in a place, at one end of it or at its edge.
_DONE_AT = frozenset(
    {"ambush", "arrest", "base", "bury", "camp", "capture", "detain", "die", "encamp", "execute", "intercept", "kill", "land", "massacre",
     "murder", "shoot", "station", "stop", "surrender"}
)  # fmt: skip
_BESIEGED = frozenset(
    {
        "battle",
        "blockade",
        "bombardment",
        "encirclement",
        "outskirts",
        "recapture",
        "shelling",
        "siege",
        "storming",
        "suburbs",
    }
)
_TOWN_ARTICLES = frozenset({"el", "la", "las", "los", "san", "santa", "sao"})
_DONE_TO_LAND = frozenset({"annex", "border", "claim", "lie", "occupy", "overlook"})


def stands_like_place(reading: Reading, doc: Doc, start: int, end: int) -> bool:
    """Say whether a lone capitalised word stands where towns stand: besieged, or listed after a town."""
    token = doc[start]
    if end - start > 2 or (start and doc[start - 1].pos_ in {"PROPN", "NOUN"}):
        return False
    root = doc[start:end].root
    if _is_gone_to(doc, start, end) or is_located_in(doc, start, end) or has_mayor(doc, start, end):
        return True
    if end - start == 1 and (_is_done_at(doc, start, end) or _is_besieged(doc, start)):
        return True
    if token.ent_type_ == "PERSON" and _is_listed_with_places(root):
        return True
    if root.dep_ in {"dobj", "nsubjpass"} and (end - start == 1 or token.lower_ in _TOWN_ARTICLES):
        return root.head.lemma_ in reading.words.town_verbs
    return False


def find_type_by_which(root: Token) -> str | None:
    """Return what a name is that "which" or "where" tells of, as they do of no person: "Kalipur, which Nepal claims"."""
    for clause in (child for child in root.children if child.dep_ == "relcl"):
        if any(child.lower_ == "where" and child.i <= root.i + _NEAR for child in clause.children):
            return "place"
        if any(
            child.lower_ == "which" and child.dep_ in {"nsubj", "nsubjpass", "dobj"}
            for child in clause.children
        ):
            return "place" if clause.lemma_.lower() in _DONE_TO_LAND else "organization"
    return None


def is_place_after_all(doc: Doc, start: int, end: int) -> bool:
    """Say whether what the recogniser took for a firm is where something happens, or listed with such places."""
    token = doc[start]
    besieged = token.dep_ in {"dobj", "nsubjpass"} and token.head.lemma_.lower() in _BESIEGING
    besieged = besieged or _is_taken_by_force(token)
    listed = not token.text.isupper() and (besieged or _is_listed_with_places(token))
    travelled = token.text.istitle() and _is_gone_to(doc, start, end)
    return listed or travelled or has_mayor(doc, start, end) or _happens_in(doc, start, end)


def has_mayor(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name is of what has a mayor or a governor: "mayor of Bafra", "the governor of Ubari"."""
    if start < 2 or doc[start - 1].lower_ != "of" or doc[start - 2].lower_ not in _TOWN_HEADS:
        return False
    followed = end < len(doc) and doc[end].pos_ in {"PROPN", "NOUN"}
    return not followed and doc[start].text.istitle()


def _is_taken_by_force(name: Token) -> bool:
    """Say whether armed men take or hold what a lone word without an article names: "the 2nd Brigade holds Cuango"."""
    verb = name.head
    if name.dep_ != "dobj" or verb.lemma_.lower() not in _TAKING or any(name.lefts):
        return False
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return any(find_antecedent(subject).lemma_.lower() in _ARMED for subject in subjects)


def _is_listed_with_places(root: Token) -> bool:
    """Say whether a word is listed behind a place that something is in: "at Gori, Zugdidi and Mtskheta"."""
    head = root.head
    place = root.dep_ == "conj" and head.ent_type_ in {"GPE", "LOC"} and head.dep_ in {"pobj", "conj"}
    return place and _get_climbed_preposition(root) in _LOCATIVE


def has_age(doc: Doc, end: int) -> bool:
    """Say whether somebody's age follows: "Isla Ford, 34, of Dayton"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 2].text != ",":
        return False
    return doc[end + 1].text.isdigit() and 0 < int(doc[end + 1].text) < _OLDEST


def _is_gone_to(doc: Doc, start: int, end: int) -> bool:
    """Say whether a lone word is what somebody travels to or from: "flew to Tibu"."""
    root = doc[start]
    if end - start != 1 or root.dep_ != "pobj":
        return False
    above = root.head.head
    if root.head.lower_ == "of" and above.lower_ == "out":
        return above.head.lemma_.lower() in _DRIVING
    if root.head.lower_ == "as" and above.lower_ == "far":
        return above.head.pos_ == "VERB"
    if root.head.lower_ in {"on", "upon"}:
        return above.lemma_.lower() in _MARCHING
    return root.head.lower_ in _GOING and above.lemma_.lower() in _TRAVELS


def is_located_in(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name stands right behind "in" or "near" as places do, and not as whom one trusts or sees change."""
    if not start or doc[start - 1].lower_ not in {"in", "near"} or doc[start - 1].dep_ == "prt":
        return False
    if end < len(doc) and (doc[end].tag_ == "POS" or doc[end].pos_ in {"PROPN", "NOUN"}):
        return False
    governor = doc[start - 1].head
    return governor.lemma_.lower() not in _IN_SOMEBODY and not has_age(doc, end)


def _happens_in(doc: Doc, start: int, end: int) -> bool:
    """Say whether something happens in what the recogniser took for a firm: "was born in Hol", "was shot at Tol"."""
    if doc[start].text.isupper() or not doc[start].text.isalpha():
        return False
    governor = doc[start - 1].head if start else doc[start]
    if _is_done_at(doc, start, end) or _is_besieged(doc, start):
        return True
    if not is_located_in(doc, start, end):
        return False
    if doc[start - 1].lower_ == "near":
        return True
    if governor.pos_ == "NOUN":
        return governor.lemma_.lower() in _ON_THE_GROUND
    return governor.pos_ == "VERB" and governor.lemma_.lower() not in _IN_BODIES


def _is_done_at(doc: Doc, start: int, end: int) -> bool:
    """Say whether somebody fell or was seized at a name without an article."""
    at = doc[start].dep_ == "pobj" and start and doc[start - 1].lower_ == "at"
    followed = end < len(doc) and (doc[end].tag_ == "POS" or doc[end].pos_ in {"PROPN", "NOUN"})
    return bool(at) and not followed and doc[start - 1].head.lemma_.lower() in _DONE_AT | _RALLIES


def _is_besieged(doc: Doc, start: int) -> bool:
    """Say whether a name is what a siege, a battle or outskirts are of: "the siege of Tol", "most of Tol"."""
    before = doc[start - 1] if start else doc[start]
    if start + 1 < len(doc) and doc[start + 1].tag_ == "POS":
        return False
    return doc[start].dep_ == "pobj" and before.lower_ in {"of", "for"} and before.head.lower_ in _BESIEGED


def _get_climbed_preposition(token: Token) -> str:
    """Return the preposition that governs a noun or the nouns it is joined to, in lower case; empty if none."""
    while token.dep_ == "conj":
        token = token.head
    return token.head.lower_ if token.dep_ == "pobj" else ""
