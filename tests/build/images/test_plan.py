from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pectin.build.images.images import parse_request, render_request
from pectin.build.images.model import Format, ImageRequest, Intrinsic, Variant
from pectin.build.images.plan import name_variant, plan_variants
from pectin.values.digest import compute_digest

QUALITIES = {Format.AVIF: 60, Format.WEBP: 80, Format.JPEG: 80}
LENGTHS = st.integers(1, 9000)
REQUESTS = st.builds(
    ImageRequest,
    st.just("content/plum.jpg"),
    st.just("/plums/plum.jpg"),
    st.lists(LENGTHS, min_size=1, max_size=6).map(tuple),
    st.sets(st.sampled_from([Format.AVIF, Format.WEBP])).map(tuple),
    st.just(QUALITIES),
    st.just(10**8),
    st.none() | st.tuples(st.integers(1, 50), st.integers(1, 50)),
    st.tuples(st.integers(0, 100), st.integers(0, 100)),
    st.sampled_from(["color", "blur", "none"]),
    st.none() | st.sampled_from(Format),
)
IMAGES = st.builds(
    Intrinsic, st.sampled_from(["jpeg", "png", "webp", "avif"]), LENGTHS, LENGTHS, st.booleans()
)


@given(REQUESTS, IMAGES)
def test_all_rows_have_the_same_sizes_none_larger_than_the_image(
    request: ImageRequest, image: Intrinsic
) -> None:
    rows = plan_variants(request, image)
    sizes = {tuple((one.width, one.height, one.box) for one in row) for _, row in rows}
    assert len(sizes) == 1
    for width, height, box in sizes.pop():
        assert image.width
        assert image.height
        assert 1 <= width <= (box.width if box else image.width)
        assert 1 <= height <= (box.height if box else image.height)


@given(REQUESTS, IMAGES)
def test_the_last_row_is_for_every_browser_unless_another_is_asked_for(
    request: ImageRequest, image: Intrinsic
) -> None:
    formats = [format_ for format_, _ in plan_variants(request, image)]
    if request.only:
        assert formats == [request.only]
    else:
        assert formats[:-1] == list(request.formats)
        assert formats[-1] is (
            Format.PNG if image.has_alpha or image.kind == "png" else Format.JPEG
        )


@given(REQUESTS)
def test_a_request_is_read_as_it_was_written(request: ImageRequest) -> None:
    assert parse_request(render_request(request)) == request


def test_the_name_of_a_variant_tells_all_that_it_is_made_of() -> None:
    request = ImageRequest("a.jpg", "/x/plum.jam.jpg", (9,), (), QUALITIES, 10**8)
    variant = Variant(Format.JPEG, 40, 30, 80)
    digest = compute_digest(b"1")
    names = {
        name_variant(request, variant, digest, "1").path,
        name_variant(request, variant, digest, "2").path,
        name_variant(request, variant, compute_digest(b"2"), "1").path,
        name_variant(request, Variant(Format.JPEG, 40, 30, 79), digest, "1").path,
    }
    assert len(names) == 4
    assert all(name.startswith("/x/plum.jam-40x30.") and name.endswith(".jpg") for name in names)
