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


POISON = """
import os, signal, sys, time
def poison(crew):
    from listing_preflight.images import worker
    from listing_preflight.images.ocr import handover
    crew.PICTURE_SECONDS = 6.0
    real = worker.look
    def look(task):
        def read(picture, languages):
            if "hang" in task.path: time.sleep(3600)
            if "die" in task.path: os.kill(os.getpid(), signal.SIGSEGV)
            if "fail" in task.path: raise RuntimeError("poisoned")
            if "slow" in task.path: time.sleep(0.1)
            if "shout" in task.path: print("noise"); os.write(1, b"noise\\n")
            return []
        handover.read = read
        return real(task)
    look.__module__, look.__qualname__ = "listing_preflight.images.worker", "look"
    worker.look = look
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name != "listing_preflight.images.crew": return None
        sys.meta_path.remove(self)
        import importlib.util
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module): load(module); poison(module)
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Finder())
"""
"""A sitecustomize that breaks the engine by the name of its picture, in the command and in its workers."""
