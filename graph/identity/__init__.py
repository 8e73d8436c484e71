"""Who is whom: how alike two names are, what judgements say, and which entities are likely one."""

from graph.identity.blocking import blocking_keys
from graph.identity.resolution import Candidate, Judged, compare_names, find_duplicates, resolve

__all__ = ["Candidate", "Judged", "blocking_keys", "compare_names", "find_duplicates", "resolve"]
