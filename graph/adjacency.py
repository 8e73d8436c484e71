"""The shape of compressed sparse rows; what sorts and walks them is compiled, and this imports nothing that is."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Offsets = NDArray[np.int64]
Bits = NDArray[np.uint8]

NO_BITS: Final[Bits] = np.empty(0, np.uint8)
NO_BITS.flags.writeable = False


class Adjacency(NamedTuple):
    """For each node, the arcs that leave it: those of node `u` stand at `indptr[u]:indptr[u + 1]`.

    It may know fewer nodes than there are: those beyond it have no arcs in it.

    Attributes:
        indptr: (nodes + 1,), ascending from 0 to the number of arcs.
        heads: (arcs,), the node an arc leads to; ascending within a node.
        edges: (arcs,), the edge it walks, an index into every edge column and edge mask.
        open: (arcs / 8, rounded up), one bit an arc, the lowest first: 1 where a mask lets it be walked, told in the
            order in which searches read arcs. Empty where no mask was fitted in; see `graph.csr.fit_walk`.
    """

    indptr: Offsets
    heads: Indices
    edges: Indices
    open: Bits = NO_BITS

    def get_range(self, node: int) -> tuple[int, int]:
        """Return where a node's arcs begin and end."""
        if node + 1 >= len(self.indptr):
            return 0, 0
        return int(self.indptr[node]), int(self.indptr[node + 1])


Walk = tuple[Adjacency, ...]
