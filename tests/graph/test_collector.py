"""The garbage collector rests while a graph is built, and is as it was afterwards."""

import gc

import pytest

from graph.snapshot.collector import pause_collector


@pytest.mark.parametrize("enabled", [True, False])
def test_collector_is_as_it_was(enabled: bool) -> None:
    """After the pause it is on if it was on before, and off if it was off."""
    try:
        (gc.enable if enabled else gc.disable)()
        with pause_collector():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
    finally:
        gc.enable()


def test_an_error_ends_the_pause() -> None:
    """What goes wrong inside does not leave the collector off."""

    @pause_collector()
    def fail() -> None:
        assert not gc.isenabled()
        raise KeyError("inside")

    with pytest.raises(KeyError, match="inside"):
        fail()
    assert gc.isenabled()
