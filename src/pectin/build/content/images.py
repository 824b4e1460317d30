"""The images that Markdown made, replaced by what a site makes of them."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from pectin.build.content.text import unescape
from pectin.build.faults import TemplateFault

_IMAGE = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+-->"
    r'|<img src="([^"]*+)" alt="([^"]*+)"(?: title="([^"]*+)")?+ />'
)
"""What pyromark writes for an image. HTML of the author's own that says more is left alone."""

RenderImage = Callable[[str, str, str], "str | None"]
"""Takes an image's target, alternative text and title, and returns its HTML.

None is that it stays as it is. Raises TemplateFault.
"""


class ImageFault(Struct, frozen=True):
    """What is wrong with the image that has `target`."""

    target: str
    code: str
    message: str
    hint: str


def replace_images(html: str, render: RenderImage) -> tuple[str, tuple[ImageFault, ...]]:
    """Rendered Markdown with each image as `render` makes it, and what is wrong with those that it cannot.

    One that `render` makes and that has no alternative text is told of too.
    """
    faults: list[ImageFault] = []

    def replace(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        target = unescape(found[1])
        try:
            made = render(target, unescape(found[2]), unescape(found[3] or ""))
        except TemplateFault as fault:
            faults.append(ImageFault(target, fault.code, fault.message, fault.hint))
            return found[0]
        if made is None:
            return found[0]
        if not found[2].strip():
            faults.append(_lack_text(target))
        return made

    return _IMAGE.sub(replace, html), tuple(faults)


def _lack_text(target: str) -> ImageFault:
    hint = f'say between the brackets what it shows; `{{{{ image(src="{target}", alt="") }}}}` where it only decorates'
    return ImageFault(target, "missing-alt", f"the image `{target}` has no text in its place", hint)
