"""Centrality: who matters in the graph, and which edges make it so."""

from graph.centrality.ranking import Metric, Ranking, rank

__all__ = ["Metric", "Ranking", "rank"]
