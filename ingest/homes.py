"""Whose and from where a body or a person is, as its name, its kind or a bracket tells."""

from ingest.arguments import find_subjects
from ingest.conjuncts import expand_conjuncts
from ingest.geography import get_area
from ingest.lexicon import Lexicon, per_lexicon
from ingest.parse import Token
from ingest.scene import AREA_TYPES, BODY_TYPES, Scene, get_structure

_MONARCHS = frozenset({"King", "Queen", "Emperor", "Empress", "Sultan", "Emir", "Shah", "Tsar", "Czar"})
_GONE = frozenset({"dead", "deceased", "fallen", "late", "murdered", "slain"})


def find_homes(scene: Scene) -> None:
    """Add the country in a body's name, its kind, the party in brackets; cost: linear in mentions."""
    for index in scene.here:
        _add_brackets(scene, index)
        _add_home(scene, index)
        _add_inner(scene, index)
        _add_affiliation(scene, index)
        _add_kind(scene, index)
        _add_realm(scene, index)


def _add_realm(scene: Scene, index: int) -> None:
    """Read "King Abdullah II of Jordan", where the name of the state is part of the name."""
    mention = scene.mentions[index]
    words = mention.text.split()
    if mention.type != "person" or (words[0] not in _MONARCHS and not _is_numeral(words)):
        return
    for other in scene.here:
        inner = scene.mentions[other]
        before = inner.start_token - 1
        inside = mention.start_token < inner.start_token and inner.end_token == mention.end_token
        if (
            (inside or before == mention.end_token)
            and scene.doc[before].lower_ == "of"
            and inner.type == "country"
        ):
            scene.add(index, "commands", "heads-state", other, scene.doc[before], 0.85, "name:realm")


def _is_numeral(words: list[str]) -> bool:
    return any(set(word) <= set("IVX") for word in words[1:])


def _add_inner(scene: Scene, index: int) -> None:
    """Read the country in the name of its own body: "Iran's Supreme National Security Council".

    Only bodies of a state: "Nepali Congress" and "American Civil Liberties Union" say nothing of where these sit.
    A town does: "University of Sarajevo".
    """
    mention = scene.mentions[index]
    if mention.type == "organization":
        for other in scene.here:
            inner = scene.mentions[other]
            within = mention.start_token <= inner.start_token and inner.end_token <= mention.end_token
            if within and inner.type == "place" and inner.resolution in {"name", "nested"}:
                scene.add(index, "located-in", "based-in", other, scene.get_head(index), 0.7, "nested:name")
    if mention.type not in {"security-force", "government-body"}:
        return
    whole = _find_inner_body(scene, index)
    if whole is not None:
        scene.add(index, "member-of", "part-of", whole, scene.get_head(index), 0.8, "nested:name")
        return
    country = _find_inner_country(scene, index)
    # "Kenya's army" is that of Kenya and says nothing new.
    nested_force = mention.type == "security-force" and mention.resolution == "nested"
    if country is not None and not nested_force:
        scene.add(index, "member-of", "part-of", country, scene.get_head(index), 0.8, "nested:name")


def _find_inner_body(scene: Scene, index: int) -> int | None:
    """The body that a body's name begins with in the possessive: "the Iranian Parliament's National Security Committee"."""
    mention = scene.mentions[index]
    for other in scene.here:
        inner = scene.mentions[other]
        begins = inner.start_token == mention.start_token and inner.end_token < mention.end_token
        if begins and inner.type in BODY_TYPES and scene.doc[inner.end_token].tag_ == "POS":
            return other
    return None


def _find_inner_country(scene: Scene, index: int) -> int | None:
    """A mention of the country that a body's name begins with, within it or else in the same sentence."""
    mention = scene.mentions[index]
    for other in scene.here:
        inner = scene.mentions[other]
        within = mention.start_token <= inner.start_token and inner.end_token < mention.end_token
        if inner.type == "country" and within and inner.resolution in {"name", "demonym"}:
            return other
    code = scene.actors[mention.actor].country_code
    forms = _get_country_forms()
    first = mention.text.removeprefix("the ").split()[0].lower().removesuffix("'s")
    if code is None or forms.get(first) != code:
        return None
    sentence = scene.get_head(index).sent
    for other in scene.here:
        country = scene.mentions[other]
        same = scene.actors[country.actor].country_code == code
        if country.type == "country" and same and scene.get_head(other).sent == sentence:
            return other
    return None


@per_lexicon
def _get_country_forms(lexicon: Lexicon) -> dict[str, str]:
    """Codes of countries by their one-word names and adjectives, in lower case."""
    return {
        form.lower(): country.iso
        for country in lexicon.countries
        for form in (*country.names, *country.adjectives)
        if country.iso and " " not in form
    }


def _add_affiliation(scene: Scene, index: int) -> None:
    """Read "McConnell, a Republican from Kentucky" and "he was a Liberal"; "the movement of Gebran Bassil"."""
    mention, head = scene.mentions[index], scene.get_head(index)
    if mention.type == "party" and head.dep_ in {"appos", "attr"}:
        holders = _list_described(head) if head.dep_ == "appos" else list(find_subjects(head.head))
        for token in holders:
            holder = scene.get(token)
            if holder is not None and scene.mentions[holder].type == "person":
                scene.add(holder, "member-of", "belongs-to", index, head, 0.75, "party:affiliation")
    elif mention.type in {"party", "armed-group", "organization", "security-force"}:
        _add_leader(scene, index, mention.end_token)


def _add_leader(scene: Scene, index: int, end: int) -> None:
    """Read "the Reform Alliance of Jan Roos", whom it is led by; of two named together each is of it."""
    head, leader = scene.get_head(index), _find_leader(scene, end)
    if leader is None or scene.mentions[leader].type != "person":
        return
    fellows = _list_fellows(scene, scene.mentions[leader].end_token)
    if not fellows:
        scene.add(leader, "commands", "leads", index, head, 0.6, "nested:owner")
    for member in (leader, *fellows) if fellows else ():
        scene.add(member, "member-of", "belongs-to", index, head, 0.65, "nested:owner")


def _list_fellows(scene: Scene, end: int) -> list[int]:
    """The persons that commas and "and" join to one whose name ends at a token."""
    doc, found, joined = scene.doc, list[int](), False
    while end + 1 < len(doc) and doc[end].lower_ in {",", "and"} and not joined:
        comma = doc[end].text == "," and doc[end + 1].lower_ == "and"
        joined = comma or doc[end].lower_ == "and"
        person = scene.find_starting_at(end + 1 + comma)
        if person is None or scene.mentions[person].type != "person":
            return []
        found.append(person)
        end = scene.mentions[person].end_token
    owns = end < len(doc) and doc[end].tag_ == "POS"
    return found if joined and not owns else []


def _list_described(head: Token) -> list[Token]:
    """Whom a party in the plural behind a comma is said of: the last, or "Ana Ruiz and Omar Haddad, Liberals both"."""
    after = head.nbor(1).lower_ if head.i + 1 < len(head.doc) else ""
    if after != "both":
        return [head.head]
    first = head.head.head if head.head.dep_ == "conj" else head.head
    return [token for token in expand_conjuncts(first) if token.i < head.i]


def _find_leader(scene: Scene, end: int) -> int | None:
    """The name behind "of", and behind letters in brackets: "the Reform Alliance (RA) of Jan Roos"."""
    doc = scene.doc
    if end + 3 < len(doc) and doc[end].text == "(" and doc[end + 2].text == ")":
        end += 3
    if end + 2 >= len(doc) or doc[end].lower_ != "of":
        return None
    leader = scene.find_starting_at(end + 1)
    if leader is not None and scene.mentions[leader].type == "person":
        return leader
    given = doc[end + 1].dep_ == "compound" and doc[end + 1].head.i == end + 2
    called = scene.find_starting_at(end + 2) if given else None
    return _find_titled(scene, doc[end]) if called is None else called


def _find_titled(scene: Scene, of: Token) -> int | None:
    """The name behind a title: "the Reform Alliance of opposition leader Jan Roos"."""
    named = [token for token in of.rights if token.dep_ == "pobj"]
    if len(named) != 1:
        return None
    # A parser may end the phrase with the title: "of opposition leader", "Jan Roos left".
    index = scene.find_starting_at(named[0].i + 1) if named[0].tag_ == "NN" else scene.get(named[0])
    if index is None:
        return None
    start = scene.mentions[index].start_token
    before = scene.doc[of.i + 1 : start]
    titled = bool(before) and before[-1].tag_ == "NN" and before[-1].dep_ in {"compound", "nmod", "pobj"}
    dead = any(token.lower_ in _GONE for token in before)
    return index if titled and not dead else None


def _add_kind(scene: Scene, index: int) -> None:
    """Read "Hezbollah, a Lebanese group", "Kusa is a party in Wallonia": where a body of some kind belongs."""
    mention, head = scene.mentions[index], scene.get_head(index)
    if mention.type not in {"party", "armed-group", "organization", "media"}:
        return
    nouns = [child for child in head.children if child.dep_ == "appos"]
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        nouns += [child for child in head.head.children if child.dep_ == "attr"]
    for noun in nouns:
        if noun.pos_ != "NOUN" or scene.is_named(noun) or noun.lemma_.lower() in get_structure().place_nouns:
            continue
        for child in noun.lefts:
            area = scene.get(child)
            if area is None or child.dep_ not in {"amod", "compound", "nmod"}:
                continue
            if scene.mentions[area].type in AREA_TYPES:
                scene.add(index, "located-in", "based-in", area, noun, 0.7, "role:kind")
        for phrase in (
            child for child in noun.children if child.dep_ == "prep" and child.lower_ in {"in", "from"}
        ):
            for area in _list_areas(scene, phrase):
                scene.add(index, "located-in", "operates-in", area, noun, 0.7, "role:kind")


def _list_areas(scene: Scene, phrase: Token) -> list[int]:
    areas = [get_area(scene, child) for child in phrase.children if child.dep_ == "pobj"]
    return [area for area in areas if area is not None and scene.mentions[area].type in AREA_TYPES]


def _add_brackets(scene: Scene, index: int) -> None:
    """Read "Sen. Jane Smith (R-Texas)", "Terje Halleland (Progress Party)", "Capt. Jo Lind, U.S. Navy,"."""
    mention = scene.mentions[index]
    doc = scene.doc
    end = mention.end_token
    if mention.type != "person" or end + 1 >= len(doc) or doc[end].text not in {"(", ","}:
        return
    opening = doc[end].text
    for position in range(end + 1, min(end + 4, len(doc))):
        target = scene.find_starting_at(position)
        if target is None:
            article = opening == "(" and doc[position].lower_ == "the"
            if (
                not article
                and doc[position].text not in {"R", "D", "I", "-", "R-", "D-"}
                and not doc[position].text.startswith(("R-", "D-"))
            ):
                return
            continue
        other = scene.mentions[target]
        closed = other.end_token < len(doc) and doc[other.end_token].text in {")", ","}
        if other.type in BODY_TYPES and opening == "(" and closed:
            scene.add(index, "member-of", "belongs-to", target, scene.get_head(target), 0.9, "party:brackets")
        elif other.type in AREA_TYPES and position > end + 1 and doc[position - 1].lower_ != "the":
            scene.add(index, "located-in", "based-in", target, scene.get_head(target), 0.8, "party:brackets")
        elif (
            other.type == "security-force"
            and position == end + 1
            and closed
            and not _is_listed(scene, target)
        ):
            scene.add(
                index, "member-of", "belongs-to", target, scene.get_head(target), 0.75, "force:brackets"
            )
        return


def _is_listed(scene: Scene, index: int) -> bool:
    """Whether a name with a comma behind it is one of a list: "Lind, Marines, and volunteers"."""
    end = scene.mentions[index].end_token
    words = {token.lower_ for token in scene.doc[end : end + 6]}
    return scene.doc[end].text == "," and not words.isdisjoint({"and", "or"})


def _add_home(scene: Scene, index: int) -> None:
    """Read "Gaza-based Hamas", "the Doha-based group Hamas"."""
    mention = scene.mentions[index]
    doc = scene.doc
    end = mention.end_token
    if mention.type not in AREA_TYPES or end + 1 >= len(doc) or doc[end].text != "-":
        return
    based = doc[end + 1]
    if based.lower_ not in {"based", "headquartered"}:
        return
    for ancestor in (based.head, based.head.head):
        target = scene.get(ancestor)
        if target is not None and scene.mentions[target].type != "country":
            scene.add(target, "located-in", "based-in", index, based, 0.85, "name:based")
            return
