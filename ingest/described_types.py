"""What a sentence says a name is: "Laukkai, a town in", "Khan Younis is a city", "her party, the UPC,"."""

from ingest.lexicon import Title
from ingest.parse import Span
from ingest.reading import Reading


def get_described_type(reading: Reading, span: Span) -> str | None:
    """Return the type that the sentence gives a name: "Laukkai, a town in", "Khan Younis is a city"."""
    root = span.root
    if _is_named_behind_body(reading, span):
        return "person"
    nouns = [child for child in root.children if child.dep_ == "appos" and child.i >= span.end]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        nouns += [child for child in root.head.children if child.dep_ == "attr"]
    if _is_named_last(span):
        nouns.append(root.head)
    for noun in nouns:
        if noun.lower_ == "watchdog" and any(child.lower_ == "a" for child in noun.children):
            return "organization"  # "the watchdog" is a state's
        if noun.pos_ == "NOUN":
            for table in (reading.words.descriptions, reading.words.titles):
                begins, values = table.match_to(span.doc, noun.i + 1)
                if values and (begins > span.end - 1 or noun.i < span.start):
                    return "person" if isinstance(values[0], Title) else str(values[0])
    return None


def _is_named_behind_body(reading: Reading, span: Span) -> bool:
    """Say whether a name between commas is that of a body's man, hung on the body: "a spokesman for the ministry, Papa Ndiaye,"."""
    doc, root = span.doc, span.root
    body = root.head
    if root.dep_ != "appos" or body.dep_ != "pobj" or span.start < 1 or doc[span.start - 1].text != ",":
        return False
    role = body.head.head
    titled = body.head.lower_ in {"of", "for"} and bool(reading.words.titles.match_to(doc, role.i + 1)[1])
    closed = span.end >= len(doc) or doc[span.end].text in {",", "."}
    article = any(child.dep_ == "det" for child in root.children)
    return titled and closed and not article and role.tag_ == "NN" and role.i < body.i


def _is_named_last(span: Span) -> bool:
    """Say whether a name between commas is that of the noun before it: "his village, Tamysh.", "her party, the UPC,"."""
    doc, root = span.doc, span.root
    start = span.start - (span.start > 0 and doc[span.start - 1].lower_ == "the")
    between = start > 1 and doc[start - 1].text == "," and root.head.i == start - 2
    closed = span.end >= len(doc) or doc[span.end].text in {",", ".", ";", ")"}
    return root.dep_ == "appos" and root.head.tag_ == "NN" and between and closed
