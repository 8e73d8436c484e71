"""What the service itself refuses, before any question is asked of the graph."""

from graph.errors import ActorgraphError


class ServiceError(ActorgraphError):
    """A request that the service itself turns away, before any question is asked of the graph."""


class MissingKey(ServiceError):
    """No key, or one that is not known, or revoked."""


class MissingScope(ServiceError):
    """The key is good, but not for this."""


class ForeignCaller(ServiceError):
    """Without keys the service speaks to this machine alone."""


class BodyTooLarge(ServiceError):
    """The request's body is longer than the service accepts."""


class UnreadableBody(ServiceError):
    """The body is of a media type that no reader knows."""


class DocumentRejected(ServiceError):
    """A text was readable as a request, but cannot be taken in; the message is the reason."""


class ModelUnavailable(ServiceError):
    """Texts cannot be read, because the language model is not there."""


class Overloaded(ServiceError):
    """More is asked at once than the service takes on."""
