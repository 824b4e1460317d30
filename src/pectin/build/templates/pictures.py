"""Images as HTML: `image` and `image_url` of templates, and the images of Markdown."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from pectin.build.configuration.model import ImageOptions
from pectin.build.faults import TemplateFault
from pectin.build.images.geometry import scale_height
from pectin.build.images.images import ASSETS, KINDS
from pectin.build.images.model import Candidate, Format, Picture
from pectin.build.site.model import Page
from pectin.build.suggestions import suggest
from pectin.build.templates.attributes import name_kind
from pectin.build.templates.image_options import ImageChoices, make_request, parse_choices
from pectin.build.templates.pieces import ResourceView
from pectin.build.templates.queries import Queries
from pectin.build.templates.references import source_of
from pectin.build.templates.views import PageView
from pectin.build.urls import decode_path

Attributes = Sequence[tuple[str, str | int | None]]


class Pictures:
    """Makes the HTML of images. `current` is the page that is being rendered."""

    def __init__(self, queries: Queries, current: Callable[[], Page | None]) -> None:
        self._queries = queries
        self._current = current

    def image(self, src: str | ResourceView, options: Mapping[str, Any]) -> Markup:
        """The picture element of an image beside the page, or else in `assets/`. Raises TemplateFault."""
        page, choices = self._parse("image", options)
        if choices.alt is None:
            raise TemplateFault(
                "missing-alt",
                f"the image `{_name_of(src)}` has no `alt`",
                'say in `alt` what it shows, or write `alt=""` where it only decorates',
            )
        source, path = self._locate(src, page)
        site = self._options()
        picture = self._queries.picture(make_request(choices, source, path, site))
        size = _choose_size(picture, choices)
        if size is None:
            raise TemplateFault(
                "bad-image",
                f"{source} does not say how large it is",
                "give its `<svg>` a `viewBox`, or the call a `width` and a `height`",
            )
        return Markup(_render(picture, choices, size, site))  # noqa: S704 - escaped there

    def image_url(self, src: str | ResourceView, options: Mapping[str, Any]) -> Markup:
        """The URL of one encoding of an image. Raises TemplateFault.

        It is JPEG, or PNG where the image is transparent or was one, unless another is asked for.
        """
        page, choices = self._parse("image_url", options)
        source, path = self._locate(src, page)
        site = self._options()
        widths = (choices.width or max(site.widths),)
        request = make_request(choices, source, path, site)
        request = replace(request, widths=widths, formats=(), placeholder="none")
        return Markup(escape(self._queries.picture(request).url))  # noqa: S704 - escaped here

    def encode(self, src: str, page: Page | None, width: int) -> tuple[str, int, int] | None:
        """The URL and the size of the encoding of an image that all can show, `width` pixels wide.

        None for what is drawn. Raises TemplateFault.
        """
        source, path = self._locate(src, page)
        request = make_request(ImageChoices(), source, path, self._options())
        request = replace(request, widths=(width,), formats=(), placeholder="none")
        picture = self._queries.picture(request)
        if not picture.alternatives or picture.width is None or picture.height is None:
            return None
        width = picture.alternatives[-1][1][0].width
        return picture.url, width, scale_height(width, picture.width, picture.height)

    def replace(self, page: Page, target: str, alt: str, title: str) -> str | None:
        """The HTML of an image in the Markdown of `page`; None for one that stays as it is.

        Raises TemplateFault for a file that is no image.
        """
        site = self._options()
        if not site.markdown or target.rpartition(".")[2].lower() not in KINDS:
            return None
        found = self._find(decode_path(target), page)
        if found is None:
            return None
        choices = ImageChoices(alt=alt, title=title)
        picture = self._queries.picture(make_request(choices, *found, site))
        size = _choose_size(picture, choices)
        return _render(picture, choices, size, site) if size else None

    def _options(self) -> ImageOptions:
        options: ImageOptions = self._queries.setting("images")
        return options

    def _parse(self, function: str, options: Mapping[str, Any]) -> tuple[Page | None, ImageChoices]:
        """The page beside which an image is looked for, and what else is said of it."""
        others = {name: value for name, value in options.items() if name != "page"}
        choices = parse_choices(function, others)
        if "page" not in options:
            return self._current(), choices
        view = options["page"]
        if not isinstance(view, PageView):
            message = f"`page` of `{function}` must be a page, not {name_kind(view)}"
            raise TemplateFault("template-error", message, "pass a page, as in `page=post`")
        return (self._queries.page_at(view.source) if view.source else None), choices

    def _locate(self, src: str | ResourceView, page: Page | None) -> tuple[str, str]:
        """The source of an image, and where it would be published."""
        if isinstance(src, ResourceView):
            found = self._queries.file_at(src.source)
        else:
            found = self._find(src, page)
        if found is None:
            name = _name_of(src)
            images = [
                p for p in self._queries.list_files() if p.rpartition(".")[2].lower() in KINDS
            ]
            names = {path.removeprefix(ASSETS).rpartition("/")[2]: path for path in sorted(images)}
            raise TemplateFault(
                "missing-image",
                f"there is no image `{name}`",
                suggest(name.rpartition("/")[2], names) or "put it beside the page, or in assets/",
            )
        return found

    def _find(self, name: str, page: Page | None) -> tuple[str, str] | None:
        if not name:
            return None
        beside = [source_of(name, page.source)] if page and page.source else []
        for source in (*beside, f"{ASSETS}{name.removeprefix('/').removeprefix(ASSETS)}"):
            found = self._queries.file_at(source)
            if found is not None:
                return found
        return None


def _name_of(src: str | ResourceView) -> str:
    return src.name if isinstance(src, ResourceView) else src


def _choose_size(picture: Picture, choices: ImageChoices) -> tuple[int, int] | None:
    """The lengths of the element; None where nobody knows them."""
    shape = choices.shape
    if not picture.alternatives and shape:  # a drawing fits into any box
        width = choices.width or picture.width or shape[0]
        return width, scale_height(width, *shape)
    if picture.width is None or picture.height is None:
        return None
    if choices.width is None:
        return picture.width, picture.height
    width = min(choices.width, picture.width) if picture.alternatives else choices.width
    return width, scale_height(width, picture.width, picture.height)


def _render(
    picture: Picture, choices: ImageChoices, size: tuple[int, int], site: ImageOptions
) -> str:
    sizes = choices.sizes or (f"{size[0]}px" if choices.width else site.sizes)
    *better, fallback = picture.alternatives or ((None, ()),)
    image = _render_tag(
        "img",
        [
            ("src", picture.url),
            *_responsive(fallback[1], sizes),
            ("alt", choices.alt),
            ("width", size[0]),
            ("height", size[1]),
            *_list_attributes(choices),
            ("style", _style(picture, choices.placeholder or site.placeholder)),
        ],
    )
    if not better:
        return image
    sources = "".join(_render_source(format_, row, sizes) for format_, row in better if format_)
    return f"<picture>{sources}{image}</picture>"


def _render_source(format_: Format, row: Sequence[Candidate], sizes: str) -> str:
    return _render_tag("source", [("type", format_.media_type), *_responsive(row, sizes)])


def _responsive(row: Sequence[Candidate], sizes: str) -> Attributes:
    if not row:
        return ()
    srcset = ", ".join(f"{candidate.url} {candidate.width}w" for candidate in row)
    return (("srcset", srcset), ("sizes", sizes))


def _list_attributes(choices: ImageChoices) -> Attributes:
    loading = "eager" if choices.priority else choices.loading
    return (
        ("loading", loading if loading == "lazy" else None),
        ("decoding", "async"),
        ("fetchpriority", choices.fetchpriority or ("high" if choices.priority else None)),
        ("class", choices.class_ or None),
        ("id", choices.id or None),
        ("title", choices.title or None),
    )


def _style(picture: Picture, placeholder: str) -> str | None:
    if picture.sample is None:
        return None
    if placeholder == "color":
        return f"background-color:{picture.sample.color}"
    thumbnail = b64encode(picture.sample.thumbnail).decode()
    return (
        f"background:{picture.sample.color} url(data:image/webp;base64,{thumbnail})"
        " center/cover no-repeat"
    )


def _render_tag(name: str, attributes: Attributes) -> str:
    written = "".join(
        f' {key}="{escape(str(value))}"' for key, value in attributes if value is not None
    )
    return f"<{name}{written}>"
