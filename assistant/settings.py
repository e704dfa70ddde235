"""What a person can set without code: environment variables, read when they are used."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from index.errors import OnRecordError

SAMPLE = Path(__file__).with_name("sample") / "articles"


class SettingUnfit(OnRecordError):
    """An environment variable that holds what it can't hold."""


@dataclass(frozen=True, slots=True)
class Settings:
    reader: str | None  # ONRECORD_READER: weights, or a question-answering model; None is the packaged one
    embedder: (
        str | None
    )  # ONRECORD_EMBEDDER: a sentence-transformers model by name or folder; None is the library's own
    threshold: float | None  # ONRECORD_THRESHOLD: confidence below which nothing is found; None is the fitted one


@dataclass(frozen=True, slots=True)
class ModelSettings:
    name: str | None  # ONRECORD_MODEL: "provider:name" of a chat model that writes the answers; None is none
    address: str | None  # ONRECORD_MODEL_URL: where it is, if not at its provider's
    seconds: float | None  # ONRECORD_MODEL_SECONDS: for one answer
    room: int | None  # ONRECORD_MODEL_ROOM: characters of passages that it gets


def settings() -> Settings:
    """How questions are answered. Raises SettingUnfit."""
    return Settings(
        os.environ.get("ONRECORD_READER") or None,
        os.environ.get("ONRECORD_EMBEDDER") or None,
        _threshold(os.environ.get("ONRECORD_THRESHOLD")),
    )


def model() -> ModelSettings:
    """Which chat model writes the answers. Raises SettingUnfit."""
    name, address = (os.environ.get(key) or None for key in ("ONRECORD_MODEL", "ONRECORD_MODEL_URL"))
    seconds, room = (_positive(key) for key in ("ONRECORD_MODEL_SECONDS", "ONRECORD_MODEL_ROOM"))
    return ModelSettings(name, address, seconds, room and int(room))


def library() -> Path:
    """The folder of the library: ONRECORD_LIBRARY, or one among the person's own data."""
    from platformdirs import user_data_path

    chosen = os.environ.get("ONRECORD_LIBRARY")
    return Path(chosen) if chosen else user_data_path("on-record") / "library"


def _threshold(given: str | None) -> float | None:
    if not given:
        return None
    try:
        threshold = float(given)
    except ValueError:
        threshold = -1.0
    if not 0 <= threshold <= 1:
        raise SettingUnfit(f"ONRECORD_THRESHOLD is {given!r:.40}. Set a number from 0 to 1, or unset it.")
    return threshold


def _positive(key: str) -> float | None:
    given = os.environ.get(key)
    if not given:
        return None
    try:
        number = float(given)
    except ValueError:
        number = 0.0
    if not 1 <= number < 1e7:
        raise SettingUnfit(f"{key} is {given!r:.40}. Set a number of 1 or more, or unset it.")
    return number
