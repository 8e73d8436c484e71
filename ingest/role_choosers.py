"""Who gives somebody a role: "the party chose Ana Ruiz as its president"; it is in the chooser that the role is held."""

from collections.abc import Iterator

from ingest.arguments import get_arguments
from ingest.lexicon import Title
from ingest.parse import Token
from ingest.scene import Scene

_CHOOSING = frozenset(
    {"appoint", "choose", "confirm", "designate", "dismiss", "elect", "employ", "fire", "hire", "name", "oust", "pick",
     "re-elect", "reappoint", "reelect", "remove", "sack", "select"}
)  # fmt: skip
# "Whom the fighters call their emir"
_CALLING = frozenset({"acknowledge", "call", "consider", "have", "recognise", "recognize", "regard", "see"})
_LEADING = frozenset({"leader", "commander", "head-of-state"})
# What a body has of its own. A council may choose the president of a state.
_OWN_KINDS = _LEADING | {"deputy-leader", "deputy-commander", "spokesperson"}
_CHOOSERS = frozenset({"armed-group", "party", "organization", "security-force"})


def find_choosers(scene: Scene, role: Token, title: Title | None) -> Iterator[int]:
    """Yield the bodies and states that put somebody into a role named without a body of its own."""
    verb = role.head.head if role.dep_ == "pobj" and role.head.lower_ == "as" else role.head
    lemma = verb.lemma_.lower()
    if title is None or title.relation is None or lemma not in _CHOOSING | _CALLING:
        return
    own = any(child.lower_ in {"its", "their"} for child in role.lefts)
    if role.dep_ not in {"pobj", "oprd", "attr", "dobj"} or (lemma in _CALLING and not own):
        return
    for bearer in scene.roster.find_sources(get_arguments(verb).agents):
        chooser = scene.mentions[bearer.mention].type
        fits = chooser in _CHOOSERS and title.kind in _OWN_KINDS
        if fits or (chooser == "country" and "country" in title.of):
            yield bearer.mention
