"""Images of the development server, encoded when a browser asks for them."""

from __future__ import annotations

from collections.abc import Sequence

from pectin.build.images.images import ImageTools
from pectin.build.images.plan import Planned
from pectin.build.images.ports import BadImage
from pectin.build.source import SourceTree, SourceUnreadable
from pectin.values.digest import compute_digest
from pectin.values.output import OutputFile


class LateImages:
    """The images that builds have postponed, by their paths. Threads may share it."""

    def __init__(self, tools: ImageTools) -> None:
        self._tools = tools
        self._planned: dict[str, tuple[Planned, SourceTree]] = {}

    def __contains__(self, path: str) -> bool:
        """Whether some build has asked for the image at the decoded `path`."""
        return path in self._planned

    def offer(self, planned: Sequence[Planned], source: SourceTree) -> None:
        """Take what a build of `source` postponed, beside what the page that is shown may still want."""
        self._planned |= {one.path: (one, source) for one in planned}

    def make(self, path: str) -> OutputFile | None:
        """The image at the decoded `path`; None when its source is another by now, or damaged."""
        planned, source = self._planned[path]
        body = self._tools.results.load(planned.key)
        if body is None:
            body = self._encode(planned, source)
        if body is None:
            return None
        return OutputFile(path, body, planned.variant.format.media_type, immutable=True)

    def _encode(self, planned: Planned, source: SourceTree) -> bytes | None:
        try:
            original = source.read(planned.source)
            if compute_digest(original) != planned.digest:
                return None
            (body,) = self._tools.encoder.encode(original, [planned.variant])
        except (SourceUnreadable, BadImage):
            return None
        self._tools.results.store(planned.key, body)
        return body
