"""The networks that travel in rapidocr's wheel, run by onnxruntime alone: one thread, no logs, never a word to the network."""

import base64
import functools
import hashlib
import importlib.util
import os
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from listing_preflight.images.ocr.errors import EngineError

Array = NDArray[Any]
DETECTOR = "PP-OCRv6_det_small.onnx"
RECOGNISER = "PP-OCRv6_rec_small.onnx"
_SILENT = 4
_NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"
"""onnxruntime reports its use to its maker unless this is set before it is loaded; a call after that comes too late."""


class ModelError(EngineError):
    """A model file that is missing or cannot be used."""


def folder() -> Path:
    """Where the wheel keeps its models; found without importing the package, which would set up logs and downloads."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ModelError("rapidocr is not installed")
    return Path(spec.origin).parent / "models"


def missing() -> str | None:
    """The name of a model file that the installed wheel lacks, or None."""
    return next((name for name in (DETECTOR, RECOGNISER) if not (folder() / name).is_file()), None)


def _check(file: Path) -> None:
    """A model with a changed byte may load and read nothing: it must be as its wheel's record has it."""
    try:
        files = metadata.files("rapidocr") or ()
    except metadata.PackageNotFoundError:
        return
    told = next((f.hash for f in files if f.name == file.name and f.hash), None)
    if told is None or told.mode not in hashlib.algorithms_guaranteed:
        return
    found = base64.urlsafe_b64encode(hashlib.new(told.mode, file.read_bytes()).digest()).rstrip(b"=").decode()
    if found != told.value:
        raise ModelError(f"{file.name} is not as it was installed; install rapidocr anew")


@functools.cache
def _session(name: str) -> Any:
    import cv2

    os.environ[_NO_TELEMETRY] = "1"
    import onnxruntime as ort

    _check(folder() / name)
    cv2.setNumThreads(1)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = _SILENT
    options.enable_cpu_mem_arena = False  # the arena keeps the peak of the largest picture for good
    options.enable_mem_pattern = False  # one block for all of a run's values is paged in anew with each run
    try:
        return ort.InferenceSession(str(folder() / name), sess_options=options, providers=["CPUExecutionProvider"])
    except Exception as e:
        raise ModelError(f"{name} cannot be loaded ({type(e).__name__}); install rapidocr anew") from None


def run(name: str, batch: Array) -> Array:
    """The first output of a model for one batch (n, 3, height, width) of values from -1 to 1."""
    session = _session(name)
    out: Array = session.run(None, {session.get_inputs()[0].name: batch})[0]
    return out


@functools.cache
def letters() -> tuple[str, ...]:
    """The recogniser's symbols by class; class 0 is the blank."""
    known = _session(RECOGNISER).get_modelmeta().custom_metadata_map["character"].splitlines()
    return ("", *known, " ")


def normal(picture: Array) -> Array:
    """A (height, width, 3) picture of bytes as a model's (3, height, width) input."""
    scaled: Array = picture.astype(np.float32) / np.float32(127.5) - np.float32(1)
    return scaled.transpose(2, 0, 1)
