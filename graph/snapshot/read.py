"""From the store to columns: everything in one pass, at one version."""

from collections.abc import Iterator

from graph.snapshot.build import build_columns
from graph.snapshot.claim_reader import Batch, ClaimReader
from graph.snapshot.collector import pause_collector
from graph.snapshot.graph_columns import GraphColumns
from graph.store import Store


@pause_collector()
def read_columns(store: Store) -> GraphColumns:
    """Read the whole graph, whatever is written meanwhile.

    Raises:
        StoreError: The store cannot be read.

    Cost: one pass over each table; about 8 microseconds a claim.
    """
    with store.at_one_version() as reading:
        version = reading.get_graph_version()

        def read(reader: ClaimReader) -> Iterator[Batch]:
            for facts in reading.iter_document_facts():
                reader.read_documents(facts)
            for rows in reading.iter_bare_claims():
                yield reader.read(rows)

        return build_columns(
            reading.iter_entities(),
            read,
            reading.iter_gazetteer_relations(),
            reading.iter_judgements(),
            reading.iter_copy_links(),
            version.version,
            version.state,
        )
