"""What many tests share: the sample articles as a library, made once with the real embedder; a web server."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SAMPLE

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory) -> Path:
    """The folder of a library of the sample articles."""
    from index.sync import sync

    folder = tmp_path_factory.mktemp("sample") / "library"
    assert not sync([SAMPLE], folder).problems
    return folder


@pytest.fixture(scope="session")
def assistant(sample_library):
    """The real assistant over the sample articles."""
    from assistant.assistant import Assistant
    from index.library import Library

    return Assistant(Library.open(sample_library))


@pytest.fixture(scope="session")
def newsstand():
    """A web server on this machine under the name news.example."""
    from tests.newsstand import Newsstand

    server = Newsstand("news.example")
    yield server
    server.close()


@pytest.fixture
def stand(newsstand):
    """That server, with nothing to give and not asked yet."""
    newsstand.clear()
    return newsstand


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared articles and question sets; the test skips where it isn't there."""
    if not SHARED.is_dir():
        pytest.skip("the shared articles and question sets are not beside this checkout")
    return SHARED
