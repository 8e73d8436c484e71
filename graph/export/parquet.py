"""Parquet tables in a zip: columns with their types, for pandas, Arrow, DuckDB, R and the like."""

from collections.abc import Iterator

import pyarrow as pa
from pyarrow import parquet

from graph.export.archive import Outlet, iter_zip
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.tables import Table, list_tables
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

_ROWS_A_GROUP = 65_536


def iter_parquet_zip(
    snapshot: Snapshot, where: EdgeFilter | None = None, extras: Extras | None = None
) -> Iterator[bytes]:
    """Yield a zip of `about.json` (the header), `nodes.parquet`, `edges.parquet` and, where evidence is asked for, `claims.parquet`.

    The header is in each table's own metadata as well, under `actorgraph`. Dates are dates, aliases lists of texts.

    Cost: O(nodes + edges + claims) time; memory for one group of 65,536 rows above the view.
    """
    view = snapshot.view(where)
    tables = list_tables(view, extras)
    about = build_header(view, extras.attributes if extras else None).to_json().encode()

    def iter_entries() -> Iterator[tuple[str, Iterator[bytes]]]:
        yield "about.json", iter([about, b"\n"])
        for table in tables:
            yield f"{table.name}.parquet", _iter_parquet(table, about)

    return iter_zip(iter_entries(), compress=False)


def _iter_parquet(table: Table, about: bytes) -> Iterator[bytes]:
    outlet = Outlet()
    schema = table.schema.with_metadata({b"actorgraph": about})
    with parquet.ParquetWriter(outlet, schema, compression="zstd") as writer:
        waiting: list[pa.RecordBatch] = []
        for batch in table.batches:
            waiting.append(batch)
            if sum(map(len, waiting)) >= _ROWS_A_GROUP:
                writer.write_table(_join(waiting, schema))
                waiting.clear()
                yield outlet.drain()
        if waiting:
            writer.write_table(_join(waiting, schema))
    yield outlet.drain()


def _join(batches: list[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_batches(batches).replace_schema_metadata(schema.metadata)
