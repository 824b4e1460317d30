"""What a build needs to make images: someone who encodes, and a place for what was encoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pectin.build.images.model import Box, Intrinsic, Sample, Variant


class BadImage(Exception):
    """Bytes that are no image, or none that may be decoded. The text goes after the file's name."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ImageEncoder(Protocol):
    """Decodes JPEG, PNG, WebP and AVIF, and encodes them. The same bytes come of the same each time.

    Every method raises BadImage: for other formats, damage, and more than `most_pixels`.
    """

    @property
    def version(self) -> str:
        """Another text whenever the bytes that it makes may be others."""

    def inspect(self, body: bytes, most_pixels: int) -> Intrinsic:
        """What the image is. Only the beginning is looked at: it may be damaged further on."""

    def sample(self, body: bytes, box: Box | None) -> Sample:
        """A glimpse of `box` of the image. All of it is decoded."""

    def encode(self, body: bytes, variants: Sequence[Variant]) -> list[bytes]:
        """The variants of the image in sRGB, upright, without metadata.

        The bytes of each are the same whichever others are asked for with it.
        """


class ImageResults(Protocol):
    """Bytes by key, kept across builds, sites and versions, which may be deleted at any time.

    A key names what the bytes were made of and how, so that they never change. It has 16 bytes.
    """

    def load(self, key: bytes) -> bytes | None:
        """The bytes of `key` as they were stored, or None."""

    def store(self, key: bytes, body: bytes) -> None:
        """Keep `body`, if there is room."""


class NoEncoder:
    """Who has no encoder can publish no bitmap."""

    version = ""

    def inspect(self, body: bytes, most_pixels: int) -> Intrinsic:  # noqa: ARG002  # as the port has it
        """Nothing: raises BadImage."""
        raise BadImage("cannot be read: there is no encoder of images here")

    def sample(self, body: bytes, box: Box | None) -> Sample:  # noqa: ARG002  # as the port has it
        """Nothing: raises BadImage."""
        raise BadImage("cannot be read: there is no encoder of images here")

    def encode(self, body: bytes, variants: Sequence[Variant]) -> list[bytes]:  # noqa: ARG002  # as the port has it
        """Nothing: raises BadImage."""
        raise BadImage("cannot be read: there is no encoder of images here")


class NoResults:
    """A place that keeps nothing."""

    def load(self, key: bytes) -> bytes | None:  # noqa: ARG002  # as the port has it
        """None."""
        return None

    def store(self, key: bytes, body: bytes) -> None:
        """Keep nothing."""
