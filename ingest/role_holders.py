"""Who holds a role: the name that a title or a role noun is said of."""

from collections.abc import Iterator

from ingest.antecedents import find_antecedent
from ingest.arguments import SUBJECT_LABELS, VERBAL, find_subjects, get_obliques
from ingest.conjuncts import expand_conjuncts
from ingest.cues import get_cues
from ingest.lexicon import Lexicon, Title, per_lexicon
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene, get_structure

_HOLDER_TYPES = frozenset({"person"})
_MADE = frozenset({"become", "elect", "name", "appoint", "make", "re-elect", "reelect"})
_BECOMING = frozenset({"become", "be", "remain", "stay"})
# What one holds: "the post of deputy director".
_POSTS = frozenset({"post", "position", "office", "job", "rank", "title", "role", "portfolio"})
_HOLDING = frozenset({"hold", "have", "take", "assume", "occupy", "fill", "accept", "get", "retain", "keep"})

_PREDICATES = frozenset({"acomp", "attr", "dobj", "oprd", "pobj"})
_WITH_MEN = frozenset({"armed-group", "organization", "party"})
_FOLLOWING = frozenset({"replace", "succeed"})
# "The party's leaders are", "its members include": who is meant stands behind.
_NAMING_BEHIND = frozenset({"be", "include"})
_MOST_RANKS = 4
# How nouns end that say what somebody does, and those of them that say nothing of where.
_DOING = ("er", "or", "ist", "man", "woman")
_NOT_DOING = (
    *(
        "brother",
        "sister",
        "father",
        "mother",
        "daughter",
        "lover",
        "killer",
        "prisoner",
        "supporter",
        "backer",
    ),
    *(
        "observer",
        "watcher",
        "survivor",
        "investor",
        "customer",
        "challenger",
        "attacker",
        "dissenter",
        "defector",
    ),
    *(
        "deserter",
        "leaver",
        "fundraiser",
        "whistleblower",
        "outsider",
        "lawyer",
        "reporter",
        "founder",
        "letter",
    ),
    *("publicist", "protester", "hater", "admirer", "follower", "negotiator", "specialist", "rumor", "tenor"),
)


@per_lexicon
def get_titles(lexicon: Lexicon) -> dict[str, Title]:
    """Titles and their abbreviations by lower-case words; the first that lists a word has it."""
    titles: dict[str, Title] = {}
    for title in lexicon.titles:
        for words in (*title.text, *title.abbreviations):
            titles.setdefault(words.lower(), title)
    return titles


def find_holders(scene: Scene, role: Token) -> Iterator[int]:
    """Yield the persons of whom a role is said, each once."""
    seen = set()
    for token in _iter_holder_tokens(scene, role):
        index = _get_holder(scene, token, role)
        if index is not None and scene.mentions[index].type in _HOLDER_TYPES and index not in seen:
            seen.add(index)
            yield index
    if not seen and (described := _find_described(scene, role)) is not None:
        seen.add(described)
        yield described
    if not seen and _is_plural(role):
        yield from _find_between_commas(scene, role)


def _get_holder(scene: Scene, token: Token, role: Token) -> int | None:
    """The name that a token is, or that stands beside it where it is the subject: "his uncle, Jo Lind, became its head"."""
    index = scene.get(token)
    said_of = token.pos_ == "NOUN" and token.dep_ in SUBJECT_LABELS and role.dep_ in _PREDICATES
    return scene.find_beside(token) if index is None and said_of else index


def _find_described(scene: Scene, role: Token) -> int | None:
    """The person whom a role itself takes up, where the text has told who that is: "the Hamas leader"."""
    index = scene.get(role)
    if index is None or scene.mentions[index].head_token != role.i:
        return None
    mention = scene.mentions[index]
    return index if mention.resolution == "description" and mention.type in _HOLDER_TYPES else None


def _find_between_commas(scene: Scene, role: Token) -> list[int]:
    """The persons listed between commas behind a role in the plural: "its co-chairs, Ana Ruiz and Omar Haddad,"."""
    doc, position, found = scene.doc, role.i + 1, list[int]()
    while position < len(doc) and doc[position].text in {",", "and"}:
        position += 1
        position += position < len(doc) and doc[position].lower_ == "and"
        person = scene.find_starting_at(position)
        if person is None or scene.mentions[person].type not in _HOLDER_TYPES:
            break
        found.append(person)
        position = scene.mentions[person].end_token
    closed = position >= len(doc) or doc[position].is_punct or doc[position - 1].text == ","
    return found if len(found) > 1 and closed else []


def _iter_holder_tokens(scene: Scene, role: Token) -> Iterator[Token]:
    doc = role.doc
    if role.i + 1 < len(doc):
        following = scene.find_starting_at(_skip_rank(scene, role))
        if following is not None and scene.mentions[following].type == "person":
            yield from (
                expand_conjuncts(scene.get_head(following))
                if _is_plural(role)
                else (scene.get_head(following),)
            )
            return
    appositions = [child for child in role.children if child.dep_ == "appos"]
    for child in appositions:
        yield from expand_conjuncts(child)
    if not appositions:
        yield from _find_after_body(scene, role)
    yield from _iter_said_of(scene, role, named=bool(appositions))


def _iter_said_of(scene: Scene, role: Token, *, named: bool) -> Iterator[Token]:
    """Of whom a role is said by where it stands: as an apposition, before a name, behind "is", "became" or "as"."""
    head = role.head
    if _says(role):
        return
    if role.dep_ == "conj" and head.pos_ in {"NOUN", "NUM", "PROPN"}:
        yield from _iter_joined(scene, head, named=named)
        yield from _iter_others(role)
    elif role.dep_ in {"appos", "compound", "nmod", "npadvmod", "dep"}:
        if role.dep_ == "appos":
            first = head.head if head.dep_ == "conj" and _is_plural(role) else head
            described = [token for token in expand_conjuncts(first) if token.i < role.i]
            # One role in the singular is the last one's: "neither Saleh nor Mishri, his rival".
            yield from described if _is_plural(role) else described[-1:]
        else:
            yield head
    elif role.dep_ in {"attr", "acomp"} and head.lemma_.lower() in _BECOMING:
        yield from _iter_being(scene, head)
    elif role.dep_ == "oprd":
        objects = [find_antecedent(child) for child in head.children if child.dep_ == "dobj"]
        yield from objects or find_subjects(head)
    elif role.dep_ == "pobj":
        yield from _iter_serving(head)
    elif role.dep_ == "dobj" and head.lemma_.lower() in _MADE:
        before = [child for child in head.children if child.dep_ == "dobj" and child.i < role.i]
        yield from before or find_subjects(head)  # "named him its leader", "became its leader"
    elif role.dep_ in SUBJECT_LABELS and head.lemma_ in _NAMING_BEHIND and not named:
        behind = [child for child in head.children if child.dep_ in {"attr", "dobj"}]
        yield from (part for child in behind for part in expand_conjuncts(child))


def _iter_joined(scene: Scene, first: Token, *, named: bool) -> Iterator[Token]:
    """Of whom a noun is said that a role is joined to, or to what that noun has behind it: "a father of three and head of"."""
    if scene.get(first) is not None:
        yield from () if named else (first,)  # "neither Ito nor his envoy, Abe" tells nothing of Ito
        return
    upper = first.head.head
    if first.dep_ == "pobj" and upper.dep_ == "appos":
        yield from _iter_said_of(scene, upper, named=named)
    if first.pos_ != "NUM":
        yield first
        yield from _iter_holder_tokens(scene, first)


def _iter_others(role: Token) -> Iterator[Token]:
    """The names that a role is said of as the last of a list: "Ana Ruiz, Jo Lind and the other leaders of"."""
    if not _is_plural(role) or not any(child.lower_ == "other" for child in role.children):
        return
    first = role.head
    while first.dep_ in {"conj", "appos"} and first.pos_ == "PROPN":
        first = first.head
    yield from (token for token in (first, *_list_named_with(first)) if token.i < role.i)


def _list_named_with(first: Token) -> list[Token]:
    """What is joined to a name or, in a list taken for appositions, stands beside it."""
    beside = [child for child in first.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
    return [part for token in (first, *beside) for part in expand_conjuncts(token)]


def _iter_being(scene: Scene, verb: Token) -> Iterator[Token]:
    """Who is or becomes something; behind a noun that somebody is called, he: "he is a lawyer who was president of"."""
    for subject in find_subjects(verb):
        told = scene.get(subject) is None and subject.dep_ == "attr" and subject.head != verb
        yield from find_subjects(subject.head) if told and verb.i == subject.i + 2 else (subject,)


def _iter_serving(preposition: Token) -> Iterator[Token]:
    """Who serves as something, or holds the post of it."""
    if preposition.lower_ == "as":
        yield from iter_bearers(preposition.head) if not _is_aside(preposition) else _find_beside(preposition)
    elif preposition.lower_ == "of" and preposition.head.lower_ == "one":
        one = preposition.head  # "one of its commanders, Omar Lind", "Omar Lind, one of its commanders"
        yield from (child for child in one.children if child.dep_ == "appos")
        yield from (one.head,) if one.dep_ == "appos" else ()
        yield from find_subjects(one.head) if one.dep_ == "attr" else ()
    elif preposition.lower_ == "of" and preposition.head.lemma_.lower() in _POSTS:
        yield from _iter_holding(preposition.head)


def _is_aside(preposition: Token) -> bool:
    """Whether a phrase is set off by commas: "As head of the party, Ana Ruiz spoke", "Ana Ruiz, as its head, spoke"."""
    head, start = preposition.head, preposition.i
    if start == 0 or preposition.doc[start - 1].text == ",":
        return head.pos_ == "PROPN" or (head.pos_ in VERBAL and start < head.i)
    return False


def _find_beside(preposition: Token) -> tuple[Token, ...]:
    head = preposition.head
    return find_subjects(head) if head.pos_ in VERBAL else (head,)


def _iter_holding(post: Token) -> Iterator[Token]:
    """Who holds a post or is put into it: "she holds the post of", "he was appointed to the post of"."""
    verb = post.head
    if post.dep_ == "dobj" and verb.lemma_.lower() in _HOLDING:
        yield from find_subjects(verb)
    elif post.dep_ == "pobj" and verb.lower_ in {"to", "in"}:
        yield from iter_bearers(verb.head)


def _find_after_body(scene: Scene, role: Token) -> Iterator[Token]:
    """The name behind the body, which the parser may hang on the body: "the head of the Quds Force (,) Qasem Soleimani"."""
    for child in role.children:
        if child.dep_ != "prep" or child.lower_ not in {"of", "for"}:
            continue
        body = next(
            (i for pobj in child.children if pobj.dep_ == "pobj" and (i := scene.get(pobj)) is not None), None
        )
        if body is None:
            continue
        if find_body_before(scene, body) is not None:
            yield scene.get_head(body)
            continue
        end = scene.mentions[body].end_token
        if end + 1 < len(scene.doc) and scene.doc[end].text == ",":
            holder = scene.find_starting_at(end + 1)
            if holder is not None and scene.get_head(holder).dep_ == "appos":
                yield scene.get_head(holder)
        elif (follower := scene.find_starting_at(end)) is not None and not _is_plural(role):
            yield scene.get_head(follower)


def find_body_before(scene: Scene, holder: int) -> int | None:
    """Return the body right before a person, ranks aside: the Navy in "the commander of the Navy Adm. Pedro Lagos"."""
    if scene.mentions[holder].type not in _HOLDER_TYPES:
        return None
    position, doc = scene.mentions[holder].start_token, scene.doc
    lowest = max(0, position - _MOST_RANKS)
    while position > lowest and (doc[position - 1].text == "." or doc[position - 1].lower_ in get_titles()):
        position -= 1
    body = scene.find_ending_at(position)
    return body if body is not None and scene.mentions[body].type in BODY_TYPES else None


def is_member_role(scene: Scene, noun: Token) -> bool:
    """Say whether a noun that is no title tells of whom it is said that he is of the body that it is named with."""
    listed = noun.lemma_.lower() in get_structure().member_roles
    return listed or _is_employed(scene, noun) or _is_man_of(scene, noun)


def _is_man_of(scene: Scene, noun: Token) -> bool:
    """Whether a noun says of somebody that he is of the party or group right before it: "a Coastal Union man"."""
    if noun.lower_ not in {"man", "woman"} or noun.dep_ not in {"appos", "attr"}:
        return False
    body = scene.find_ending_at(noun.i)
    return body is not None and scene.mentions[body].type in _WITH_MEN


def _is_employed(scene: Scene, noun: Token) -> bool:
    """Whether a noun between a body and a person says what the person does there: "Lions bowler Mark Varga"."""
    lemma = noun.lemma_.lower()
    if noun.tag_ != "NN" or not lemma.endswith(_DOING) or lemma.endswith(_NOT_DOING):
        return False
    holder, body = scene.find_starting_at(noun.i + 1), scene.find_ending_at(noun.i)
    if holder is None or body is None or scene.mentions[holder].type not in _HOLDER_TYPES:
        return False
    name = scene.get_head(holder)
    beside = noun.head == name or (name.head == noun and name.dep_ == "appos") or noun.head == name.head
    return beside and scene.mentions[body].type in BODY_TYPES


def _skip_rank(scene: Scene, role: Token) -> int:
    """Where the name would start behind a title and further ranks: "Commander Maj. Gen. Qasem Soleimani"."""
    position = role.i + 1
    doc = scene.doc
    while position < min(len(doc), role.i + 5) and scene.find_starting_at(position) is None:
        token = doc[position]
        if not (token.pos_ == "PROPN" and (token.text.endswith(".") or token.lower_ in get_titles())):
            break
        position += 1
    return position


def _says(role: Token) -> bool:
    """Whether a role taken for an apposition speaks in between: "a successor to Maliki, an official told the agency"."""
    if role.dep_ != "appos" or role.right_edge.i + 1 >= len(role.doc):
        return False
    following = role.nbor(1) if role.right_edge.i == role.i else role.doc[role.right_edge.i + 1]
    is_speech = following.lemma_.lower() in get_cues().speech_verbs and following.tag_ in {
        "VBD",
        "VBZ",
        "VBP",
    }
    own = any(child.dep_ in SUBJECT_LABELS for child in following.children)
    return is_speech and not own and role.left_edge.nbor(-1).text == ","


def _is_plural(role: Token) -> bool:
    return role.tag_ in {"NNS", "NNPS"}


def iter_bearers(verb: Token) -> Iterator[Token]:
    """Who serves as, or is appointed as, something."""
    if verb.pos_ in {"NOUN", "PROPN"}:
        yield from (child for child in verb.children if child.dep_ == "poss")
        return
    structure, lemma = get_structure(), verb.lemma_.lower()
    if lemma not in structure.bearing:
        return
    agents = [noun for child in verb.children if child.dep_ == "agent" for noun in child.children]
    if lemma in _FOLLOWING and agents:
        yield from (noun for noun in agents if noun.dep_ == "pobj")
        return
    if lemma in _FOLLOWING and (put_in := get_obliques(verb).get("with")):
        yield from put_in  # "replaced Rao with Nair as head of the guard"
        return
    objects = [find_antecedent(child) for child in verb.children if child.dep_ == "dobj"]
    persons = [token for token in objects if token.pos_ in {"PRON", "PROPN"}]
    if lemma in structure.naming and persons:
        yield from persons if lemma not in _FOLLOWING else find_subjects(verb)
    else:
        yield from find_subjects(verb)


def stands_for_body(scene: Scene, head: Token) -> bool:
    """Say whether somebody leads or speaks for a body that is named: "the regional council, represented by Premier Roos"."""
    verb = head.head.head
    body = scene.get(verb.head) if head.head.dep_ == "agent" and verb.dep_ in {"acl", "relcl"} else None
    return body is not None and scene.mentions[body].type in BODY_TYPES
