"""Where the command starts: nothing is loaded before Ctrl-C has a meaning.

What the command line does lives in `cli`; what happens here must happen before it is imported.
"""

import signal

# Until the program is loaded Ctrl-C ends it at once: Python would show the line of some library that was being imported.
# Whoever started us with Ctrl-C ignored (nohup) still wants it so.
_WANTED = signal.getsignal(signal.SIGINT) is signal.default_int_handler
if __name__ in {"__main__", "allegiance.__main__"} and _WANTED:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Load the command line and run it."""
    from allegiance.cli import main as run  # noqa: PLC0415 - see above
    from allegiance.cli.interrupts import listen  # noqa: PLC0415

    if _WANTED:
        listen()
    run()


if __name__ == "__main__":
    main()
