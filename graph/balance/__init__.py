"""Structural balance: which signed ties contradict each other, and what they would have to be not to."""

from graph.balance.analysis import Balance, Part, analyse_balance
from graph.balance.frustration import Frustration
from graph.balance.history import Moment
from graph.balance.suggestions import Suggestion
from graph.balance.ties import SignedGraph, Tie
from graph.balance.triads import Triad, TriadCensus
from graph.balance.walks import WalkBalance

__all__ = [
    "Balance", "Frustration", "Moment", "Part", "SignedGraph", "Suggestion", "Tie", "Triad", "TriadCensus",
    "WalkBalance", "analyse_balance",
]  # fmt: skip
