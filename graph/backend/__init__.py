"""A backend for networkx: plain `nx.*` calls on a graph of arrays run on the kernels.

    >>> import networkx as nx
    >>> from graph.backend.arrays import ArrayGraph
    >>> graph = ArrayGraph.from_arrays([0, 1, 2], [1, 2, 0], nodes=["iran", "iraq", "syria"])
    >>> nx.shortest_path(graph, "iran", "syria")
    ['iran', 'iraq', 'syria']

networkx finds it through the entry points `networkx.backends` and `networkx.backend_info`, under the name
`actorgraph`. What the kernels do not do, networkx does on a converted copy, up to a size
(`nx.config.backends.actorgraph.conversion_limit`) beyond which it says so instead.

Importing this package imports nothing else: networkx asks every backend for its description when it is imported itself.
"""
