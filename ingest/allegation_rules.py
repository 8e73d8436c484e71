"""Rules for who is accused or praised by what is said of him: "said the Taliban were responsible", "said Maduro was a tyrant"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, find_subjects
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.cues import get_cues
from ingest.parse import Token
from ingest.scope_verbs import is_apart
from ingest.sightings import Sighting
from ingest.statements import ALLEGATION, judge_statement
from ingest.triggers import Frame, get_triggers

_ASSERTING = frozenset(
    {"add", "argue", "assert", "believe", "charge", "claim", "complain", "contend", "declare", "find", "insist", "maintain", "rule",
     "say", "state", "tell", "think", "tweet", "warn", "write"}
)  # fmt: skip
_LONGEST_HEADING = 5


def iter_allegations(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "alleged that Iran had cheated", "said the Taliban were responsible", "said Maduro must go"."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    alleges = lemma in get_triggers().alleging
    if not alleges and lemma not in get_cues().speech_verbs:
        return
    for clause in _iter_said(verb):
        frame = ALLEGATION if alleges else judge_statement(clause, roster, opinion=lemma in _ASSERTING)
        if frame is not None:
            yield from _read_statement(frame, clause, sources, verb, roster)


def iter_headings(colon: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield how whoever speaks before a colon stands to whom he speaks of: "Lavrov: Ukraine must disarm"."""
    start = colon.sent.start
    if not 0 < colon.i - start <= _LONGEST_HEADING:
        return
    speaker = roster.get(colon.nbor(-1))
    if speaker is None or roster.mentions[speaker].type in {"media", "place"}:
        return
    root = colon.sent.root
    frame = judge_statement(root, roster) if root.i > colon.i else None
    if frame is not None:
        yield from _read_statement(frame, root, [Bearer(speaker, 1.0)], colon, roster)


def _read_statement(
    frame: Frame, clause: Token, sources: list[Bearer], trigger: Token, roster: Roster
) -> Iterator[Sighting]:
    """Read a statement that shows how its speaker stands to its subject; a medium may merely report."""
    subjects = [token for token in find_subjects(clause) if token.i != trigger.i]
    targets = roster.find_targets(subjects)
    if frame.how != "accuses":
        # That a deed of somebody's must end or is a disaster may be said by his friends.
        targets = [target for target in targets if target.sure > BY_DEED]
    yield Sighting(frame, _drop_media(sources, roster), targets, trigger, "verb:active")


def _iter_said(verb: Token) -> Iterator[Token]:
    """Yield the clauses below a verb of saying that have a subject, and those joined to them."""
    for child in verb.children:
        if (
            child.dep_ == "ccomp"
            and not is_apart(child, verb)
            and any(g.dep_ in {"nsubj", "nsubjpass"} for g in child.children)
        ):
            yield child
            yield from (joined for joined in child.children if joined.dep_ == "conj" and joined.i > child.i)


def _drop_media(sources: list[Bearer], roster: Roster) -> list[Bearer]:
    """Leave out who merely reports."""
    return [bearer for bearer in sources if roster.mentions[bearer.mention].type != "media"]
