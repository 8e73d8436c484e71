"""Relations that titles and roles carry: who leads, speaks for, belongs to what.

"Iran's Quds Force Commander Qasem Soleimani", "Qasem Soleimani, the commander of the Quds Force", "he served as
commander of the force": a role has a holder and, in most cases, a body that it is held in.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph.models import Modality
from ingest.cues import get_cues
from ingest.lexicon import Lexicon, Title, per_lexicon
from ingest.parse import Token
from ingest.parts import add_part
from ingest.regions import is_region
from ingest.respective import pair_nations
from ingest.role_bodies import (
    SPEAKING,
    find_bodies_after,
    find_body_behind_holder,
    find_body_in_front,
    find_known_country,
)
from ingest.role_choosers import find_choosers
from ingest.role_holders import (
    find_holders,
    get_titles,
    is_member_role,
)
from ingest.role_ranks import is_one_of_many, leads_part, leads_state
from ingest.scene import BODY_TYPES, Scene, get_structure

_MAX_TITLE_TOKENS = 6
_PIECE = re.compile(r"\w+|[^\w\s]")
# Who is that is president of no state that others know.
_UNRECOGNISED = frozenset(
    {"breakaway", "exiled", "rebel", "self-declared", "self-proclaimed", "self-styled", "separatist"}
)
_KIN = frozenset({"brother", "father", "mother", "sister"})
_LEADING = frozenset({"leader", "commander"})
# Who has ministers; a "Labour minister" need not be Labour's own.
_GOVERNING = frozenset({"country", "government-body", "armed-group"})
# Many a founder leads no longer.
_FOUNDED = 0.7
# Whoever does this "as leader of" leads no longer.
_LEAVING = frozenset(
    {"resign", "retire", "quit", "step", "stand", "oust", "remove", "dismiss", "sack", "depose", "fire"}
)
# Who heads a region, where it has no governor: "the head of Chechnya".
_HEADS = frozenset({"head", "leader", "president", "ruler", "strongman"})


def find_role_relations(scene: Scene) -> None:
    """Add what the titles and roles of a block say; cost: linear in tokens."""
    for token in scene.doc:
        if not (token.pos_ in {"NOUN", "PROPN"} or _ends_compound(token)) or scene.is_named(token):
            continue
        start, title = match_title(scene, token)
        member = is_member_role(scene, token)
        if title is None and not member:
            add_part(scene, token)
            continue
        _add_role(scene, token, start, title)
        if title is not None:
            add_part(scene, token)


def _ends_compound(token: Token) -> bool:
    """Whether a word that was taken for an adjective ends a role: "secretary-general"."""
    return token.lower_ == "general" and token.i > 1 and token.nbor(-1).text == "-"


def match_title(scene: Scene, token: Token) -> tuple[int, Title | None]:
    """Return the longest title outside of names that ends with a token: where it starts, and what it is."""
    titles, doc = get_titles(), token.doc
    endings = _get_endings()
    longer = _find_end(token)
    # Most words end no title; to look at all that stand before each of them took a tenth of the whole reading.
    if not longer and not endings & {_get_last_piece(token.lower_), _get_last_piece(token.lemma_.lower())}:
        return token.i, None
    lowest = token.i
    while lowest > max(0, token.i - _MAX_TITLE_TOKENS + 1) and scene.get(doc[lowest - 1]) is None:
        lowest -= 1
    for start in range(lowest, token.i + 1 if longer else lowest):
        title = titles.get(doc[start:longer].text.lower())
        if title is not None:
            return start, title
    text, lemma, end = doc.text, token.lemma_.lower(), token.idx + len(token)
    inner_end = doc[token.i - 1].idx + len(doc[token.i - 1]) if token.i else 0
    for start in range(lowest, token.i + 1):
        first = doc[start].idx
        title = titles.get(text[first:end].lower())
        title = title or titles.get(f"{text[first:inner_end].lower()} {lemma}".strip())
        if title is not None:
            return start, title
    return token.i, None


def _find_end(token: Token) -> int:
    """Where a title would end that goes on behind its noun: "head of state", "number two"; 0 where none can."""
    if token.i + 2 >= len(token.doc):
        return 0
    following = token.nbor(1)
    if following.lower_ == "of" and following.head.i == token.i and token.nbor(2).pos_ == "NOUN":
        return token.i + 3
    return token.i + 2 if following.dep_ == "nummod" and following.head.i == token.i else 0


@per_lexicon
def _get_endings(_lexicon: Lexicon) -> frozenset[str]:
    """Return what titles end in."""
    return frozenset(_get_last_piece(words) for words in get_titles())


@lru_cache(maxsize=20_000)
def _get_last_piece(words: str) -> str:
    """Return the last run of letters, or the mark that stands last: what two texts that are equal have in common."""
    pieces = _PIECE.findall(words)
    return pieces[-1] if pieces else ""


def _add_role(scene: Scene, role: Token, start: int, title: Title | None) -> None:
    holders = list(find_holders(scene, role))
    if not holders or role.lemma_.lower() in _KIN:
        return
    bodies = list(_find_bodies(scene, role, start, title, holders))
    modality = _find_modality(role, start, holders, scene)
    nations = pair_nations(scene, role, holders)
    for holder in holders:
        for body, sure, trigger in bodies:
            if _is_field(scene, body, role):
                continue
            own = nations.get(holder, body) if scene.mentions[body].type == "country" else body
            add_held(scene, holder, own, trigger, sure, title, modality)


def _is_field(scene: Scene, body: int, role: Token) -> bool:
    """Whether a country is what somebody knows of, and not his own: "an Iran expert", but not "an Iranian expert"."""
    mention = scene.mentions[body]
    return (
        mention.type == "country"
        and mention.resolution != "demonym"
        and role.lemma_.lower() in get_structure().field_roles
    )


def add_held(
    scene: Scene,
    holder: int,
    body: int,
    role: Token,
    sure: float,
    title: Title | None,
    modality: Modality | None,
) -> None:
    """Add what a title that somebody holds in a body says of the two; `sure` is within (0, 1]."""
    body_type = scene.mentions[body].type
    if body_type == "country" and role.lemma_.lower() in get_structure().civil_roles:
        scene.add(holder, "located-in", "based-in", body, role, 0.65 * sure, "role:origin", modality)
    elif (
        title is None
        or title.relation is None
        or (
            title.relation == "commands"
            and title.kind in _LEADING
            and (is_one_of_many(scene, role) or leads_part(scene, role))
        )
    ):
        if body_type in BODY_TYPES:
            scene.add(holder, "member-of", "belongs-to", body, role, 0.75 * sure, "role:member", modality)
    elif body_type == "person":
        if title.kind in SPEAKING:
            scene.add(holder, "member-of", title.how, body, role, 0.75 * sure, "role:title", modality)
    elif body_type == "place":
        _add_governed(scene, holder, body, role, sure, title, modality)
    else:
        _add_titled(scene, holder, body, role, sure, title, modality)


def _add_governed(
    scene: Scene, holder: int, body: int, role: Token, sure: float, title: Title, modality: Modality | None
) -> None:
    """Add what a title says of a place: "the governor of Borno" heads it and is at home there, as no deputy does."""
    region = role.lemma_.lower() in _HEADS and is_region(scene.mentions[body].text)
    if title.relation == "commands" and ("place" in title.of or region):
        scene.add(holder, "commands", title.how, body, role, 0.85 * sure, "role:title", modality)
    if title.kind == "head-of-region":
        scene.add(holder, "located-in", "based-in", body, role, 0.6 * sure, "role:place", modality)


def _add_titled(
    scene: Scene, holder: int, body: int, role: Token, sure: float, title: Title, modality: Modality | None
) -> None:
    """Add what a title with a relation says of its holder and a body or country."""
    body_type = scene.mentions[body].type
    how: str | None = "belongs-to"
    relation, rule, weight = "member-of", "role:member", 0.65
    if title.kind == "minister" and not (body_type in _GOVERNING or role.lemma_ == "treasurer"):
        return
    if _is_of_other_state(scene, holder, body):
        return
    taken_up = scene.mentions[body].resolution == "pronoun"
    if title.kind == "head-of-region" and body_type not in title.of and taken_up:
        return  # a court has no governor
    if title.kind == "founder":
        sure *= _FOUNDED
    if body_type in title.of:
        relation, how, weight = str(title.relation), title.how, 0.9
        rule = "title:of" if role.dep_ in {"compound", "nmod"} else "role:title"
    elif title.kind == "minister" and body_type == "government-body" and not _is_government(scene, body):
        relation, how, rule, weight = "commands", "leads", "role:title", 0.85
    elif title.relation == "commands" and body_type in BODY_TYPES:
        relation, how, rule, weight = "commands", "leads", "role:title", 0.8
    elif title.kind in _LEADING and leads_state(scene, body, role):
        relation, how, rule, weight = "commands", "heads-state", "role:title", 0.8
    elif body_type == "country" and title.kind == "leader" and role.lemma_.lower() == "leader":
        return  # "Chad's rebel leader" is none of the state's
    scene.add(holder, relation, how, body, role, weight * sure, rule, modality)


def _is_of_other_state(scene: Scene, holder: int, body: int) -> bool:
    """Whether a known person is of another state than a bare "Foreign Ministry" or "the country" was taken for."""
    person, known = (scene.actors[scene.mentions[end].actor] for end in (holder, body))
    mention = scene.mentions[body]
    taken = mention.resolution == "nested" and not known.name.startswith(mention.text.split()[0])
    taken |= mention.resolution == "description"
    apart = (
        None not in {person.country_code, known.country_code} and person.country_code != known.country_code
    )
    return taken and apart and person.known_id is not None


def _is_government(scene: Scene, body: int) -> bool:
    """Whether a body has ministers, and none that leads it: "the National Unity Government"."""
    words = scene.actors[scene.mentions[body].actor].name.casefold().split()
    return not {"government", "cabinet"}.isdisjoint(words)


def _find_modality(role: Token, start: int, holders: Iterable[int], scene: Scene) -> Modality | None:
    """What stands beside the role: "former", "ex-", "then", "acting" says nothing."""
    cues = get_cues()
    doc = role.doc
    words = {
        token.lower_
        for token in doc[max(0, start - 4) : start]
        if not token.is_punct and token.sent == role.sent
    }
    for holder in holders:
        words |= {c.lower_ for c in scene.get_head(holder).children if c.dep_ == "amod" and c.i < role.i}
    words |= {child.lower_ for child in role.children if child.dep_ in {"amod", "advmod"}}
    if words & (cues.past_adjectives - {"late"}) or (start and doc[start - 1].text == "-" and "ex" in words):
        return "past"
    if words & cues.alleged_adjectives:
        return "alleged"
    left = role.dep_ == "pobj" and role.head.lower_ == "as" and role.head.head.lemma_.lower() in _LEAVING
    return "past" if left else None


def _find_bodies(
    scene: Scene, role: Token, start: int, title: Title | None, holders: list[int]
) -> Iterator[tuple[int, float, Token]]:
    """The bodies a role is held in, with how surely they are the ones."""
    found = list(find_bodies_after(scene, role, title))
    before = find_body_in_front(scene, role, start, holders)
    if not found and before is not None:
        found = [(before, 1.0, role)]
    yield from ((body, sure, trigger) for body, sure, trigger in found if body not in holders)
    if found and before is not None and before != found[0][0]:
        if scene.mentions[before].type in BODY_TYPES and before not in holders:
            yield before, 0.9, role
        elif title is None or title.kind != "minister":
            _add_homeland(scene, found[0][0], before, role)
    if not found:
        own = list(find_body_behind_holder(scene, title, holders)) or list(find_choosers(scene, role, title))
        if not own and not any(child.lower_ in _UNRECOGNISED for child in role.lefts):
            own = list(find_known_country(scene, title, holders))
        yield from ((body, 0.95, role) for body in own)


def _add_homeland(scene: Scene, body: int, country: int, role: Token) -> None:
    """The country of a body, named by the role: "a Norwegian politician for the Labour Party"."""
    if scene.mentions[country].type != "country" or scene.mentions[body].type == "country":
        return
    if scene.mentions[body].type in {"government-body", "security-force"}:
        scene.add(body, "member-of", "part-of", country, role, 0.65, "name:homeland")
    elif scene.mentions[body].type in {"party", "media", "armed-group"}:
        scene.add(body, "located-in", "based-in", country, role, 0.65, "name:homeland")
