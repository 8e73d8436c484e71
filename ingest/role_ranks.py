"""How high a role is: at the top of a body or a state, or one of many in it."""

from ingest.parse import Token
from ingest.scene import Scene

# Of whom a body has one at a time, so that "a former leader of" it led it.
_TOPS = frozenset({"chairman", "chairwoman", "chief", "head", "leader", "president"})
# What stands for a state in "the junta chief", and how its leader is called.
_REGIMES = frozenset({"administration", "government", "junta", "regime", "state"})
_RULING = frozenset(
    {"acting", "authoritarian", "autocratic", "current", "de", "deposed", "elected", "embattled", "exiled", "facto", "former",
     "hardline", "incumbent", "interim", "late", "longtime", "military", "new", "newly", "old", "ousted", "paramount", "powerful",
     "supreme", "transitional", "unelected", "veteran", "wartime", "young"}
)  # fmt: skip
# What a body has several of.
PARTS = frozenset(
    {"branch", "bureau", "chapter", "delegation", "department", "desk", "mission", "office", "program", "programme", "section",
     "team"}
)  # fmt: skip
# Before a role, these say that it is held below the top: "a department director", "a regional commander".
_LOWER = frozenset(
    {
        *("department", "section", "unit", "branch", "desk", "brigade", "battalion", "division", "regional"),
        *(
            "district",
            "local",
            "provincial",
            "field",
            "sector",
            "squad",
            "platoon",
            "area",
            "bureau",
            "front",
        ),
        *("mid-level", "middle-ranking", "low-ranking", "junior", "assistant", "associate", "deputy"),
    }
)


def leads_state(scene: Scene, body: int, role: Token) -> bool:
    """Say whether a leader is a state's own: "Chad's military leader", "the junta chief", but not "Chad's rebel leader"."""
    mention = scene.mentions[body]
    if mention.type != "country" or role.lemma_.lower() not in _TOPS | {"boss"} or role.tag_ == "NNS":
        return False
    if scene.doc[mention.end_token - 1].lemma_.lower() in _REGIMES:
        return True
    own = range(mention.start_token, mention.end_token)
    beside = (
        child for child in role.children if child.dep_ in {"amod", "compound", "nmod"} and child.i not in own
    )
    return role.lemma_.lower() == "leader" and all(child.lower_ in _RULING for child in beside)


def leads_part(scene: Scene, role: Token) -> bool:
    """Say whether a role is that of a part without a name of its own: "the head of the United Nations mission"."""
    return any(
        part.dep_ == "pobj"
        and part.lemma_.lower() in PARTS
        and scene.get(part) is None
        and not any(child.lower_ == "political" for child in part.children)
        for link in role.children
        if link.lower_ in {"of", "for"}
        for part in link.children
    )


def is_one_of_many(scene: Scene, role: Token) -> bool:
    """Say whether a body has others with such a role: "a Hezbollah commander", "the ministry's department director"."""
    if role.dep_ == "attr" and role.head.lemma_ == "become":
        return False
    if role.dep_ == "pobj" and role.head.lower_ == "of" and role.head.head.lower_ == "one":
        return True  # "one of its commanders"
    former = role.lemma_.lower() in _TOPS and any(child.lower_ in {"former", "ex"} for child in role.lefts)
    if former and any(child.lower_ == "of" for child in role.children):
        return False
    return any(
        (child.dep_ == "det" and child.lower_ in {"a", "an"})
        or (child.lower_ in _LOWER and child.dep_ != "appos" and not scene.is_named(child))
        for child in role.children
    )
