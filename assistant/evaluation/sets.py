from __future__ import annotations
from hashlib import sha256


def fit_half(article_id: str) -> bool:
    """Is this article in the half that thresholds are fitted on? The other half checks them."""
    return sha256(article_id.partition("#")[0].encode()).digest()[0] % 2 == 0
