"""Who is behind a deed that others do: "were shot on Rao's orders", "beat up students at the behest of Oman"."""

from ingest.arguments import Arguments, get_arguments
from ingest.bearers import OWN_NAMED, Bearer, Roster
from ingest.parse import Token

_ORDERS = frozenset({"behest", "bidding", "command", "instigation", "instruction", "order", "say-so"})
_LEADS = ("at", "by", "on", "under", "upon")


def find_ordering(arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Return on whose orders somebody does what a verb says."""
    orders = [
        noun for name in _LEADS for noun in arguments.obliques.get(name, ()) if noun.lemma_ in _ORDERS
    ] + [order for agent in arguments.agents if (order := _find_order(agent)) is not None]
    given = (get_arguments(order) for order in orders)
    found = roster.find_sources(
        token for below in given for token in (*below.agents, *below.patients, *below.modifiers)
    )
    return [bearer for bearer in found if bearer.sure == OWN_NAMED]


def _find_order(agent: Token) -> Token | None:
    """The noun for orders where a parser takes it for who acts: "were shot by order of Rao"."""
    return agent if agent.lemma_ in _ORDERS else None
