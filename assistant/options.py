"""What a command's options may hold: parsers for argparse, whose errors say what would do."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date


def whole_number(least: int, most: int = sys.maxsize) -> Callable[[str], int]:
    """A parser of whole numbers in a range."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            end = "" if most == sys.maxsize else f" to {most}"
            raise ArgumentTypeError(f"{text} is no whole number from {least}{end}")
        return int(text)

    return number


def day(text: str) -> str:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day; write it as 2024-05-03") from None
