"""What a broken engine does to its process; importable, because workers are started afresh."""

import os
import signal
import sys
import time

from listing_preflight.images.looked import Frame, Looked


def hang():
    time.sleep(60)


def leave():
    os._exit(3)


def fault():
    os.kill(os.getpid(), signal.SIGSEGV)


def fail():
    raise RuntimeError("the engine gave up")


def shout():
    print("progress 100 %")
    sys.stdout.flush()
    os.write(1, b"and from native code\n")
    return Looked(frames=(Frame(number=0, size=(1, 1)),))
