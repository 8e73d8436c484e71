"""What networkx is told of the backend when it is imported: names and settings, without loading any of it."""

from typing import Any

CONVERSION_LIMIT = 500_000
"""Nodes and edges together up to which a graph is converted for networkx: about a second and 500 MB."""

FUNCTIONS = {
    "all_shortest_paths": "Kernel searches from one end; no callable weights, no Bellman-Ford.",
    "betweenness_centrality": "Parallel over sources; the same `seed` draws the same `k` sources as networkx.",
    "bidirectional_dijkstra": "No callable or negative weights.",
    "bidirectional_shortest_path": "",
    "closeness_centrality": "64 breadth-first searches at a time, in parallel; with `distance`, Dijkstra.",
    "connected_components": "",
    "degree_centrality": "",
    "dijkstra_path": "No callable or negative weights.",
    "dijkstra_path_length": "No callable or negative weights.",
    "ego_graph": "",
    "eigenvector_centrality": "",
    "harmonic_centrality": "64 breadth-first searches at a time, in parallel; with `distance`, Dijkstra.",
    "has_path": "",
    "in_degree_centrality": "",
    "is_connected": "",
    "is_strongly_connected": "",
    "is_weakly_connected": "",
    "katz_centrality": "",
    "leiden_communities": "By graspologic-native (MIT); `max_level` is the number of runs.",
    "louvain_communities": "Equal gains go to the neighbour that comes first among the nodes.",
    "louvain_partitions": "Equal gains go to the neighbour that comes first among the nodes.",
    "node_connected_component": "",
    "number_connected_components": "",
    "number_strongly_connected_components": "",
    "number_weakly_connected_components": "",
    "out_degree_centrality": "",
    "pagerank": "In parallel over the arcs that lead to each node.",
    "shortest_path": "From both ends; no callable or negative weights, no Bellman-Ford.",
    "shortest_path_length": "From both ends; no callable or negative weights, no Bellman-Ford.",
    "shortest_simple_paths": "Paths of one length come in order of their nodes; no callable weights, none of 0.",
    "single_source_dijkstra": "",
    "single_source_dijkstra_path_length": "",
    "single_source_shortest_path": "",
    "single_source_shortest_path_length": "",
    "strongly_connected_components": "",
    "triangles": "",
    "weakly_connected_components": "",
}
"""The functions that run on kernels, each with what to know."""


def get_info() -> dict[str, Any]:
    """Return the backend's description in the form networkx asks for."""
    return {
        "backend_name": "actorgraph",
        "project": "actorgraph",
        "package": "graph.backend",
        "short_summary": "Compressed sparse rows, walked by compiled kernels.",
        "functions": {name: {"additional_docs": notes} if notes else {} for name, notes in FUNCTIONS.items()},
        "default_config": {"conversion_limit": CONVERSION_LIMIT},
    }
