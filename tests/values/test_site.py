"""Names of sites."""

import pytest

from pectin.values.errors import Family
from pectin.values.site import BadSiteName, parse_site_name


@pytest.mark.parametrize("name", ["a", "preserve", "my-site", "2026", "a" * 40])
def test_one_dns_label_is_a_site_name(name: str) -> None:
    assert parse_site_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", "-a", "a-", "a--b", "A", "a.b", "a_b", "a/b", "ä", "a" * 41, "a\n", "localhost:80"],
)
def test_a_name_that_could_not_be_a_host_label_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(BadSiteName) as caught:
        parse_site_name(name)
    assert caught.value.family is Family.OPERATOR
    assert "lower-case" in caught.value.hint
