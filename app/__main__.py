"""Where the command `actorgraph` starts: before the command line itself is loaded, which takes a while."""

import gc
import os
import sys

_INTERRUPTED = 130
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Loading modules makes some hundred thousand objects that stay; Python would look through them all every 700."""


def main() -> None:
    """Load the command line and run it; who presses Ctrl-C meanwhile gets a line, and not a stack of imports.

    While modules are loaded there is nothing to tidy up, and an exception among them may be taken for a missing module,
    so the process ends on the spot. From then on Ctrl-C is an exception, as commands expect it to be.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        import signal  # noqa: PLC0415 (loading it takes long enough to be interrupted)

        before = signal.getsignal(signal.SIGINT)
        if before is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
        from app.cli import main as run  # noqa: PLC0415 (what this module is for)

        signal.signal(signal.SIGINT, before)
        run()
    except KeyboardInterrupt:
        _stop()
    finally:
        gc.freeze()  # or Python would look through everything once more before it ends


def _stop(*_signal: object) -> None:
    os.write(sys.stderr.fileno(), b"actorgraph: stopped.\n")
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
