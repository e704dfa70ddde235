"""What a person can set without code: environment variables, read once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).with_name("sample") / "articles"


@dataclass(frozen=True, slots=True)
class Settings:
    library: Path  # ONRECORD_LIBRARY: the folder of the library
    reader: str | None  # ONRECORD_READER: weights or folder of another extractive reader; None is the project's own
    threshold: (
        float | None
    )  # ONRECORD_THRESHOLD: confidence below which the answer is "not found"; None is the fitted one


def settings() -> Settings:
    """The settings in force. Raises ValueError where a number isn't one."""
    threshold = os.environ.get("ONRECORD_THRESHOLD")
    return Settings(
        Path(os.environ.get("ONRECORD_LIBRARY") or default_library()),
        os.environ.get("ONRECORD_READER"),
        float(threshold) if threshold else None,
    )


def default_library() -> Path:
    from platformdirs import user_data_path

    return user_data_path("on-record") / "library"
