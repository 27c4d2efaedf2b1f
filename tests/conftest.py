"""What holds for all tests: what is kept between runs of the program is not the developer's own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Counts and speeds that scenes leave behind, settings, and the ledger go into folders of the tests."""
    own = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    before = {name: os.environ.get(name) for name in own}
    os.environ.update({name: str(tmp_path_factory.mktemp(name.lower())) for name in own})
    yield
    for name, value in before.items():
        if value is None:
            del os.environ[name]
        else:
            os.environ[name] = value
