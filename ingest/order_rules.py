"""Who is behind a deed that others do: "were shot on Rao's orders", "beat up students at the behest of Oman"."""

from ingest.arguments import Arguments, get_arguments
from ingest.bearers import OWN_NAMED, Bearer, Roster

_ORDERS = frozenset({"behest", "bidding", "command", "instigation", "instruction", "order", "say-so"})
_LEADS = ("at", "by", "on", "under", "upon")


def find_ordering(arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Return on whose orders somebody does what a verb says."""
    told = [noun for name in _LEADS for noun in arguments.obliques.get(name, ())]
    # A parser takes orders for who acts: "were shot by order of Rao".
    given = (get_arguments(noun) for noun in (*told, *arguments.agents) if noun.lemma_ in _ORDERS)
    found = roster.find_sources(
        token for below in given for token in (*below.agents, *below.patients, *below.modifiers)
    )
    return [bearer for bearer in found if bearer.sure == OWN_NAMED]
