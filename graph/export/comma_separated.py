"""Comma-separated tables in a zip: what spreadsheets and statistics programs open.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets take for `this is
text`. Whoever reads the tables with a program takes one apostrophe off again where a formula's sign comes next.
"""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graph.export.archive import Outlet, iter_zip
from graph.export.attributes import join_aliases
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.tables import Table, list_tables
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

# What spreadsheets begin a formula with, the wide forms included, and the blanks that some of them skip.
_FORMULA = r"^[\s\x00-\x1f]*[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}|]|^[\t\r\n]"
_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for something else."""


def iter_csv_zip(
    snapshot: Snapshot, where: EdgeFilter | None = None, extras: Extras | None = None
) -> Iterator[bytes]:
    """Yield a zip of `about.json` (the header), `nodes.csv`, `edges.csv` and, where evidence is asked for, `claims.csv`.

    UTF-8 with a byte order mark, columns named in the first line, RFC 4180 quoting, ISO 8601 dates, nothing between
    two commas for what is unknown. Aliases are one text, joined with ` | `. NUL characters are left out.

    Cost: O(nodes + edges + claims) time; memory for one batch of rows above the view.
    """
    view = snapshot.view(where)
    tables = list_tables(view, extras)
    about = build_header(view, extras.attributes if extras else None).to_json().encode()

    def iter_entries() -> Iterator[tuple[str, Iterator[bytes]]]:
        yield "about.json", iter([about, b"\n"])
        for table in tables:
            yield f"{table.name}.csv", _iter_csv(table)

    return iter_zip(iter_entries())


def _iter_csv(table: Table) -> Iterator[bytes]:
    outlet = Outlet()
    outlet.write(_MARK)
    schema = pa.schema([(field.name, _get_type(field.type)) for field in table.schema])
    with csv.CSVWriter(outlet, schema) as writer:
        for batch in table.batches:
            columns = [_make_harmless(column) for column in _flatten(batch).columns]
            writer.write_batch(pa.record_batch(columns, schema=schema))
            yield outlet.drain()
    yield outlet.drain()


def _get_type(type_: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_list(type_) else type_


def _flatten(batch: pa.RecordBatch) -> pa.RecordBatch:
    if "aliases" not in batch.schema.names:
        return batch
    return batch.set_column(batch.schema.get_field_index("aliases"), "aliases", join_aliases(batch))


def _make_harmless(column: pa.Array) -> pa.Array:
    """Put an apostrophe before what a spreadsheet would run; numbers and dates are left alone."""
    if not pa.types.is_string(column.type):
        return column
    column = pc.replace_substring(column, "\x00", "")
    runs = pc.match_substring_regex(column, _FORMULA)
    return pc.if_else(runs, pc.binary_join_element_wise("'", column, ""), column)
