"""Everything that can go wrong in the domain, as exceptions that carry values and know nothing of HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


class ActorgraphError(Exception):
    """Base of every error this product raises on purpose."""


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """One entity offered instead of a name that did not resolve."""

    id: str
    name: str
    type: str


class EntityNotFound(ActorgraphError):
    """No entity answers to this name or id.

    Attributes:
        name: What was asked for.
        suggestions: Up to three closest names, best first.
    """

    def __init__(self, name: str, suggestions: Sequence[NameSuggestion] = ()) -> None:
        self.name = name
        self.suggestions = tuple(suggestions)
        hint = f" Did you mean {', '.join(s.name for s in self.suggestions)}?" if self.suggestions else ""
        super().__init__(f"No actor or place is known as {name!r}.{hint}")


class AmbiguousName(ActorgraphError):
    """Several entities answer to this name.

    Attributes:
        name: What was asked for.
        candidates: All of them, most mentioned first.
    """

    def __init__(self, name: str, candidates: Sequence[NameSuggestion]) -> None:
        self.name = name
        self.candidates = tuple(candidates)
        listed = ", ".join(f"{c.name} ({c.type}, id {c.id})" for c in self.candidates)
        super().__init__(f"{name!r} could be {listed}. Ask by id.")


class RecordNotFound(ActorgraphError):
    """No stored record of this kind has this id, or none did by what is asked of time.

    Attributes:
        as_of: The day on which it should have held, where one was asked for.
        known_by: The day by which it should have been known, likewise.
    """

    def __init__(
        self, kind: str, record_id: str, *, as_of: date | None = None, known_by: date | None = None
    ) -> None:
        self.kind = kind
        self.record_id = record_id
        self.as_of = as_of
        self.known_by = known_by
        if as_of is None and known_by is None:
            super().__init__(f"There is no {kind} with id {record_id!r}.")
            return
        # The same words whether it is known today or not, for what is told of a day never changes.
        known = f"was known by {known_by}" if known_by else ""
        held = f"to have held on {as_of}" if known else f"held on {as_of}"
        then = " ".join(part for part in (known, held if as_of else "") if part)
        super().__init__(f"No {kind} with id {record_id!r} {then}.")


class InvalidQuery(ActorgraphError):
    """A question's option has a value that cannot be used.

    Attributes:
        option: The option's name, as the caller wrote it.
    """

    def __init__(self, option: str, message: str) -> None:
        self.option = option
        super().__init__(f"{option}: {message}")


class QueryTimeout(ActorgraphError):
    """A question took longer than its time budget, and was stopped.

    Attributes:
        budget_s: The budget, in seconds.
    """

    def __init__(self, budget_s: float) -> None:
        self.budget_s = budget_s
        super().__init__(
            f"This question was stopped after {budget_s:g} s. Ask for fewer hops or paths, or filter more."
        )


class NotSettled(ActorgraphError):
    """Scores that are found round by round still moved when the last round allowed was over.

    Attributes:
        metric: Which scores.
        rounds: How many rounds were tried.
    """

    def __init__(self, metric: str, rounds: int) -> None:
        self.metric = metric
        self.rounds = rounds
        super().__init__(f"{metric} does not settle within {rounds} rounds on this graph.")


class GraphTooLarge(ActorgraphError):
    """Something that no kernel does was asked of a graph that is too large to be done without.

    Attributes:
        nodes: How many nodes the graph has.
        edges: How many edges.
        limit: How many of both together are allowed.
    """

    def __init__(self, what: str, nodes: int, edges: int, limit: int) -> None:
        self.nodes = nodes
        self.edges = edges
        self.limit = limit
        super().__init__(
            f"{what} would copy {nodes:,} nodes and {edges:,} edges into Python objects; it is done up to"
            f" {limit:,} of both together. Filter the graph first, take a neighbourhood (nx.ego_graph), or raise"
            " nx.config.backends.actorgraph.conversion_limit."
        )


class ExportError(ActorgraphError):
    """An export cannot be written where it should go.

    Attributes:
        path: Where it should have gone.
    """

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        super().__init__(f"Cannot write {path}: {reason}.")


class JudgementConflict(ActorgraphError):
    """A new judgement would join two entities that somebody has kept apart, or keep apart two that are joined.

    Attributes:
        left_id: One of the two that were judged before.
        right_id: The other.
    """

    def __init__(self, left_id: str, right_id: str, judged: str = "different") -> None:
        self.left_id = left_id
        self.right_id = right_id
        super().__init__(
            f"{left_id!r} and {right_id!r} were judged to be {judged}; delete that judgement first."
        )


class OntologyError(ActorgraphError):
    """The ontology file, or a value that should come from it, is not as it must be."""


class StoreError(ActorgraphError):
    """The database cannot be used as it is; the message says what to do."""
