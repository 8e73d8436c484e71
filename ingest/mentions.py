"""Who a document names: spans from the gazetteer, name patterns and the recogniser, grouped into actors."""

from collections import Counter
from collections.abc import Sequence

from ingest.aliases import find_aliases
from ingest.candidates import find_candidates
from ingest.common_names import is_common_name
from ingest.dateline_states import find_dateline_state
from ingest.gazetteer import Gazetteer, Hit
from ingest.grouping import group_candidates
from ingest.introductions import find_introductions, iter_repeats
from ingest.lost_apostrophes import add_lost_possessives, restore_owners
from ingest.names import get_name_words
from ingest.one_type import agree_types
from ingest.reading import Candidate, Reading
from ingest.types import Actor, Mention, ParsedBlock


def find_mentions(
    text: str, blocks: Sequence[ParsedBlock], gazetteer: Gazetteer
) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """Return the actors a document names and every place where it names them, in text order.

    A country's adjective is a mention of the country (`demonym`) wherever it describes something; whether it
    acts there is for the relation rules to say. Pronouns and descriptions are not here (see `coreference`).
    Cost: linear in the length of the text, and quadratic only in the number of distinct unknown names.
    """
    # Where there is one forum post there are others, some of which look like prose.
    informal = any(block.kind == "post" for block, _ in blocks)
    texts = [doc.text for _, doc in blocks]
    hits = [
        add_lost_possessives(doc, gazetteer.find_hits(block_text, informal=informal), gazetteer)
        for block_text, (_, doc) in zip(texts, blocks, strict=True)
    ]
    countries = _count_countries(hits, gazetteer)
    dateline = find_dateline_state(text, gazetteer)
    words = get_name_words(gazetteer.lexicon)
    found: list[tuple[int, Candidate]] = []
    for number, (block, doc) in enumerate(blocks):
        headline = block.kind == "headline"
        reading = Reading(
            doc, texts[number], hits[number], informal, headline, countries, gazetteer, words, dateline
        )
        found.extend((number, candidate) for candidate in find_candidates(reading))
    found = restore_owners(found, [doc for _, doc in blocks])
    found = agree_types(found, blocks, words)
    introduced = find_introductions(blocks, found)
    found, aliases = find_aliases(blocks, found, introduced, words)
    introduced = {**aliases, **introduced}
    found = sorted(
        [*found, *iter_repeats(blocks, found, introduced, words)],
        key=lambda item: (item[0], item[1].start_char, item[1].end_char),
    )
    actors, owners = group_candidates(found, blocks, introduced, gazetteer)
    mentions = tuple(
        _make_mention(text, blocks[number], number, candidate, owner, actors[owner].type)
        for (number, candidate), owner in zip(found, owners, strict=True)
        if owner is not None
    )
    return actors, mentions


def _count_countries(hits: Sequence[Sequence[Hit]], gazetteer: Gazetteer) -> Counter[str]:
    """Count how often a document names each country, by code; this decides between places of one name."""
    counts: Counter[str] = Counter()
    for block in hits:
        for hit in block:
            for form in hit.forms:
                known = gazetteer.get(form.id)
                sure = form.role in {"adjective", "people"} or not form.ambiguous
                if known.type == "country" and sure and known.country_code is not None:
                    counts[known.country_code] += 1
                    break
                near = known.type != "country" and not form.ambiguous and _is_of_one_country(hit, gazetteer)
                shared = known.name.endswith(")") or is_common_name(form.text)
                if near and form.role == "name" and known.country_code and not shared:
                    # Where its groups and provinces are named, a country is near, but not what the text is about.
                    # Who may have namesakes elsewhere, so that his name tells his country, tells nothing of the text.
                    counts.setdefault(known.country_code, 1)
    return counts


def _is_of_one_country(hit: Hit, gazetteer: Gazetteer) -> bool:
    """Say whether all that a name may mean by itself is in one country: Tripoli is in two."""
    return len({gazetteer.get(form.id).country_code for form in hit.forms if not form.ambiguous}) == 1


def _make_mention(
    text: str, parsed: ParsedBlock, number: int, candidate: Candidate, actor: int, entity_type: str
) -> Mention:
    block, doc = parsed
    span = doc[candidate.start_token : candidate.end_token]
    start = block.start_char + candidate.start_char
    end = block.start_char + candidate.end_char
    return Mention(
        start, end, text[start:end], entity_type, actor,
        candidate.resolution, number, span.start, span.end, span.root.i,
    )  # fmt: skip
