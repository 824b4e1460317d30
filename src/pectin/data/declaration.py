"""How a loader says what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypeVar
from uuid import UUID

Data: TypeAlias = (
    "bool | int | float | str | date | Decimal | UUID | Sequence[Any] | dict[str, Any] | None"
)
"""What a loader returns: values that JSON has, lists and dicts of them; dates become text."""

Load = TypeVar("Load", bound=Callable[..., Data])


class LoaderError(Exception):
    """A loader cannot have its data; the message says why, without secrets."""


def loader(
    *,
    ttl: str = "1h",
    timeout: str = "60s",
    on_error: Literal["fail", "stale"] = "fail",
    secrets: Sequence[str] = (),
) -> Callable[[Load], Load]:
    """The function below it, unchanged. Its options are read from the file, which is not run for it.

    So they must be written out: `ttl` is how long the data are good (`30s`, `5m`, `1h`, `7d`),
    `timeout` how long the function may take. `on_error="stale"` goes on with the last data that were
    good, with a warning. `secrets` are the names of the variables of the environment that it may have.
    """
    del ttl, timeout, on_error, secrets
    return _same


def _same(load: Load) -> Load:
    return load
