"""The networks are run without a trace of them outside the project."""

import os
import subprocess
import sys

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("rapidocr")


def test_a_model_is_loaded_without_telemetry(tmp_path):
    code = "from listing_preflight.images.ocr import models; models.letters()"
    env = {k: v for k, v in os.environ.items() if not k.startswith(("ORT_", "XDG_"))}
    env |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=env, check=True)
    assert list(tmp_path.iterdir()) == []
