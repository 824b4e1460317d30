"""Who makes the images of a command, and when."""

from __future__ import annotations

from msgspec.structs import replace

from pectin.adapters.image_folder import IMAGES, ImageFolder
from pectin.adapters.pillow_encoder import PillowEncoder
from pectin.app.settings import Settings
from pectin.build.images.images import ImageTools
from pectin.build.images.model import Intrinsic
from pectin.build.images.ports import ImageEncoder


def make_image_tools(settings: Settings) -> ImageTools:
    """Those that encode with Pillow, and keep the results beside the store of `settings`."""
    return ImageTools(PillowEncoder(), ImageFolder(settings.store / IMAGES, settings.now))


def make_lookup_tools(tools: ImageTools) -> ImageTools:
    """As `tools`, but nothing is encoded."""
    return replace(tools, postpone=lambda _: None)


def make_checking_tools(tools: ImageTools) -> ImageTools:
    """As `tools`, but every image is decoded to its end, and nothing is encoded."""
    return replace(make_lookup_tools(tools), encoder=_ThoroughEncoder(tools.encoder))


class _ThoroughEncoder:
    """An ImageEncoder that finds damage when it inspects, because nobody will encode."""

    def __init__(self, encoder: ImageEncoder) -> None:
        self._encoder = encoder
        self.sample = encoder.sample
        self.encode = encoder.encode

    @property
    def version(self) -> str:
        """Another than that of who looks at the beginning alone."""
        return f"thorough {self._encoder.version}"

    def inspect(self, body: bytes, most_pixels: int) -> Intrinsic:
        """What the image is, all of it decoded. Raises BadImage."""
        found = self._encoder.inspect(body, most_pixels)
        if found.is_encodable:
            self._encoder.sample(body, None)
        return found
