"""The images that something asked for, each variant of them a file of the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import msgspec
from msgspec import Struct, field

from pectin.build.faults import TemplateFault
from pectin.build.images.headers import inspect_gif, inspect_svg
from pectin.build.images.memory import ImageMemory
from pectin.build.images.model import (
    Box,
    Candidate,
    ImageRequest,
    Intrinsic,
    Picture,
    Sample,
    Variant,
)
from pectin.build.images.plan import Planned, name_variant, plan_variants
from pectin.build.images.ports import (
    BadImage,
    ImageEncoder,
    ImageResults,
    NoEncoder,
    NoResults,
)
from pectin.build.problems import Problems
from pectin.build.progress import Progress
from pectin.build.site.assets import Assets
from pectin.build.site.claims import Claims
from pectin.build.source import SourceTree
from pectin.build.traces.cache import Cache
from pectin.build.traces.model import compute_print
from pectin.build.urls import encode_path
from pectin.build.workers import Workers
from pectin.values.digest import Digest
from pectin.values.output import OutputFile
from pectin.values.place import Place

KINDS = {
    "avif": "avif",
    "gif": "gif",
    "jpeg": "jpeg",
    "jpg": "jpeg",
    "png": "png",
    "svg": "svg",
    "webp": "webp",
}
"""What a file is by its suffix."""

ASSETS = "assets/"

_OWNER = "an encoded image"
"""Owns all variants: two that have one path have one key in it, and so are the same bytes."""


class ImageTools(Struct, frozen=True):
    """Who encodes, where that is kept, and who takes variants that need not be encoded now, if anyone."""

    encoder: ImageEncoder = field(default_factory=NoEncoder)
    results: ImageResults = field(default_factory=NoResults)
    postpone: Callable[[Sequence[Planned]], None] | None = None


class Learnt(Struct, frozen=True):
    """What was asked for, and what was learnt on the way: facts by key, digests of files by path."""

    requests: list[ImageRequest]
    facts: dict[bytes, bytes]
    digests: dict[str, Digest]


class _Encoded(Struct, frozen=True):
    """What became of some variants of one file: their bytes, or why there are none."""

    bodies: list[bytes]
    fault: tuple[str, str] | None = None


_Job = tuple[str, tuple[Planned, ...]]


class Images:
    """Answers requests, which takes no encoding, and encodes what was asked for when all is asked."""

    def __init__(
        self,
        source: SourceTree,
        tools: ImageTools,
        cache: Cache,
        claims: Claims,
        assets: Assets,
        problems: Problems,
    ) -> None:
        self._source = source
        self._tools = tools
        self._memory = ImageMemory(cache, tools.results)
        self._claims = claims
        self._assets = assets
        self._problems = problems
        self._found: dict[str, Picture] = {}
        self._planned: dict[str, Planned] = {}
        self._asked: list[ImageRequest] = []
        self._digests: dict[str, Digest] = {}

    def find(self, request: ImageRequest) -> Picture:
        """What answers `request`. Raises TemplateFault for a file that is no image, or cannot do it."""
        key = render_request(request)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._make(request)
            self._asked.append(request)
        return found

    def drain(self) -> Learnt:
        """What was asked and learnt since this was called last."""
        asked, self._asked = self._asked, []
        digests, self._digests = self._digests, {}
        return Learnt(asked, self._memory.drain(), digests)

    def merge(self, learnt: Learnt) -> None:
        """Take in what another drained, and keep it."""
        self._source.learn(learnt.digests)
        self._memory.keep(learnt.facts)
        for request in learnt.requests:
            self.find(request)

    def emit(self, workers: Workers, report: Callable[[Progress], None]) -> Iterator[OutputFile]:
        """All variants that were asked for, those that nobody has yet as `workers` encode them."""
        self.merge(self.drain())
        if self._tools.postpone is not None:
            self._tools.postpone(tuple(self._planned.values()))
            return
        missing: dict[str, list[Planned]] = {}
        for planned in self._planned.values():
            found = self._memory.find_file(planned)
            if found is None:
                missing.setdefault(planned.source, []).append(planned)
            else:
                yield found
        jobs = [(source, tuple(some)) for source, some in missing.items()]
        for number, done in enumerate(workers.map(self._encode, jobs)):
            report(Progress(number, len(jobs), "images"))
            yield from self._take(jobs[number], done)

    def _take(self, job: _Job, done: _Encoded) -> Iterator[OutputFile]:
        source, variants = job
        if done.fault is not None:
            message, hint = done.fault
            self._problems.report("bad-image", f"{source} {message}", hint, Place(source))
            return
        for planned, body in zip(variants, done.bodies, strict=True):
            yield self._memory.keep_file(planned, body)

    def _encode(self, job: _Job) -> _Encoded:
        source, variants = job
        try:
            body = self._source.read(source)
            return _Encoded(self._tools.encoder.encode(body, [one.variant for one in variants]))
        except BadImage as bad:
            return _Encoded([], (bad.message, bad.hint))

    def _inspect(self, body: bytes, kind: str, most_pixels: int) -> Intrinsic:
        if kind == "svg":
            return inspect_svg(body)
        if kind == "gif":
            return inspect_gif(body)
        found = self._tools.encoder.inspect(body, most_pixels)
        if found.kind != kind:
            hint = f"rename it: browsers go by its name (`.{found.kind.replace('jpeg', 'jpg')}`)"
            raise BadImage(f"is a {found.kind.upper()} image by another suffix", hint)
        return found

    def _make(self, request: ImageRequest) -> Picture:
        intrinsic = self._learn(request.source, request.most_pixels)
        if not intrinsic.is_encodable:
            return self._pass_on(request, intrinsic)
        plan = plan_variants(request, intrinsic)
        sample = None
        if request.placeholder != "none" and not intrinsic.has_alpha:
            sample = self._sample(request.source, plan[0][1][0].box)
        version, digest = self._version(intrinsic.kind), self._digest(request.source)
        rows = tuple(
            (format_, tuple(self._publish(request, one, digest, version) for one in variants))
            for format_, variants in plan
        )
        largest = rows[-1][1][-1]
        return Picture(intrinsic.kind, largest.url, largest.width, largest.height, rows, sample)

    def _pass_on(self, request: ImageRequest, intrinsic: Intrinsic) -> Picture:
        """The file as it is, which for one of `assets/` must be asked for."""
        if request.ratio and intrinsic.kind != "svg":
            raise TemplateFault(
                "bad-image",
                f"{request.source} is an animation, which is published as it is and cannot be cropped",
                "crop the file itself, or leave out the `ratio` and the `height`",
            )
        if request.source.startswith(ASSETS):
            url = self._assets.find(request.source.removeprefix(ASSETS)).url
        else:
            url = encode_path(request.path)
        return Picture(intrinsic.kind, url, intrinsic.width, intrinsic.height)

    def _learn(self, source: str, most_pixels: int) -> Intrinsic:
        kind = KINDS.get(source.rpartition(".")[2].lower())
        if kind is None:
            raise TemplateFault(
                "bad-image",
                f"{source} cannot be an image, by its name",
                "save it as JPEG, PNG, WebP, AVIF, GIF or SVG",
            )
        key = compute_print("inspect", self._digest(source), kind, most_pixels, self._version(kind))
        found = self._memory.load(key, Intrinsic)
        if found is None:
            with _naming(source):
                found = self._inspect(self._source.read(source), kind, most_pixels)
            self._memory.learn(key, found)
        return found

    def _publish(
        self, request: ImageRequest, variant: Variant, digest: Digest, version: str
    ) -> Candidate:
        planned = name_variant(request, variant, digest, version)
        if self._claims.claim(planned.path, _OWNER, partial(Place, request.source)):
            self._planned.setdefault(planned.path, planned)
        return Candidate(encode_path(planned.path), variant.width, variant.height)

    def _sample(self, source: str, box: Box | None) -> Sample:
        key = compute_print("sample", self._digest(source), box, self._tools.encoder.version)
        found = self._memory.load(key, Sample)
        if found is None:
            with _naming(source):
                found = self._tools.encoder.sample(self._source.read(source), box)
            self._memory.learn(key, found)
        return found

    def _digest(self, source: str) -> Digest:
        digest = self._digests[source] = self._source.digest(source)
        return digest

    def _version(self, kind: str) -> str:
        """What the answer for an image depends on beside its bytes; SVG and GIF need no encoder."""
        return "" if kind in {"svg", "gif"} else self._tools.encoder.version


@contextmanager
def _naming(source: str) -> Iterator[None]:
    """A context in which BadImage becomes a TemplateFault about the file `source`."""
    try:
        yield
    except BadImage as bad:
        raise TemplateFault("bad-image", f"{source} {bad.message}", bad.hint) from None


def render_request(request: ImageRequest) -> str:
    """`request` as text: its source, and below it the whole as JSON."""
    return f"{request.source}\n{msgspec.json.encode(request).decode()}"


def parse_request(text: str) -> ImageRequest:
    """The request that `render_request` made `text` of."""
    return msgspec.json.decode(text.partition("\n")[2], type=ImageRequest)
