"""What a loader is given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pectin.data.declaration import Data, LoaderError
from pectin.data.response_cache import ResponseCache


class LoaderContext:
    """The surroundings of one run of a loader.

    `root` is the site's folder. `previous` are the data of the last run that was good, for loaders
    that ask only for what is new; None when there was none. `responses` remembers what HTTP
    servers said, so that they can be asked whether it changed.
    """

    def __init__(
        self,
        root: Path,
        secrets: Mapping[str, str],
        previous: Data,
        responses: ResponseCache,
    ) -> None:
        self.root = root
        self.previous = previous
        self.responses = responses
        self._secrets = dict(secrets)

    def secret(self, name: str) -> str:
        """The variable `name` of the environment. Raises LoaderError unless it was declared."""
        if name not in self._secrets:
            raise LoaderError(
                f'the secret {name} is not declared: write @loader(secrets=["{name}"])'
            )
        return self._secrets[name]

    def redact(self, text: str) -> str:
        """`text` with the name of each secret for its value, so that it can be shown and kept."""
        for name, value in sorted(self._secrets.items(), key=lambda pair: -len(pair[1])):
            if value:
                text = text.replace(value, f"<{name}>")
        return text

    def find_secret(self, text: str) -> str | None:
        """The name of a secret whose value is in `text`, or None. Very short ones are anywhere."""
        return next(
            (
                name
                for name, value in self._secrets.items()
                if len(value) >= _LEAST_SECRET and value in text
            ),
            None,
        )


_LEAST_SECRET = 6
