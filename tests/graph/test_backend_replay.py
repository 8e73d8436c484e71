"""networkx's own tests, replayed over the backend: what they say of networkx, they say of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_SUITES = {
    "shortest-paths": [
        "networkx.algorithms.shortest_paths.tests.test_generic",
        "networkx.algorithms.shortest_paths.tests.test_unweighted",
        "networkx.algorithms.shortest_paths.tests.test_weighted",
        "networkx.algorithms.tests.test_simple_paths",
    ],
    "centrality": [
        "networkx.algorithms.centrality.tests.test_betweenness_centrality",
        "networkx.algorithms.centrality.tests.test_closeness_centrality",
        "networkx.algorithms.centrality.tests.test_degree_centrality",
        "networkx.algorithms.centrality.tests.test_eigenvector_centrality",
        "networkx.algorithms.centrality.tests.test_harmonic_centrality",
        "networkx.algorithms.centrality.tests.test_katz_centrality",
        "networkx.algorithms.link_analysis.tests.test_pagerank",
    ],
    "structure": [
        "networkx.algorithms.community.tests.test_leiden",
        "networkx.algorithms.community.tests.test_louvain",
        "networkx.algorithms.components.tests.test_connected",
        "networkx.algorithms.components.tests.test_strongly_connected",
        "networkx.algorithms.components.tests.test_weakly_connected",
        "networkx.algorithms.tests.test_cluster",
        "networkx.generators.tests.test_ego",
    ],
}


@pytest.mark.parametrize(
    ("suite", "least"), [("shortest-paths", 170), ("centrality", 190), ("structure", 100)]
)
def test_networkx_tests_pass_over_the_backend(suite: str, least: int, tmp_path: Path) -> None:
    """Every graph that its tests make is converted, and every function that a kernel does is run on it."""
    environment = {**os.environ, "NETWORKX_TEST_BACKEND": "actorgraph", "NETWORKX_FALLBACK_TO_NX": "True"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", *_SUITES[suite]]
    # Away from here, so that networkx's settings for pytest count and not ours.
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= least
