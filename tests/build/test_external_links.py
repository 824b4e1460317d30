import pytest

from pectin.build.configuration.model import MarkdownOptions
from pectin.build.configuration.parser import parse_config
from pectin.build.content.external_links import mark_external
from pectin.build.content.markdown import MarkdownRenderer

HEAD = 'name = "a"\ntitle = "A"\nurl = "https://a.example"\ndomains = ["www.a.example"]\n'


@pytest.mark.parametrize(
    "url", ["https://b.example/", "http://b.example?x#y", "//b.example", "https://[::"]
)
def test_a_link_that_leads_out_has_the_attributes(url: str) -> None:
    html = f'<a href="{url}" title="t">x</a>'
    assert mark_external(html, {"rel": "r"}, ["a.example"]) == html.replace(">x", ' rel="r">x')


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.example/b">x</a>',
        '<a href="https://A.EXAMPLE:443">x</a>',
        '<a href="/b">x</a>',
        '<a href="mailto:a@b.example">x</a>',
        '<a rel="me" href="https://b.example">x</a>',
        '<img src="https://b.example/c.png">',
    ],
)
def test_other_links_are_left_alone(html: str) -> None:
    assert mark_external(html, {"rel": "r"}, ["a.example"]) == html


def test_a_site_says_which_attributes_and_its_hosts_are_its_own() -> None:
    config, problems = parse_config(
        HEAD
        + '[markdown]\nexternal_links = { rel = "nofollow", target = "_blank", class = "out" }\n'
    )
    assert problems == ()
    assert config is not None
    render = MarkdownRenderer(config.markdown).render_text
    assert render("[a](https://www.a.example) https://b.example/c\n") == (
        '<p><a href="https://www.a.example">a</a> '
        '<a href="https://b.example/c" rel="nofollow" target="_blank" class="out">https://b.example/c</a></p>\n'
    )
    assert "nofollow" not in MarkdownRenderer(MarkdownOptions()).render_text("<https://b.example>")


def test_an_attribute_that_is_none_of_the_three_is_told() -> None:
    _, (problem,) = parse_config(HEAD + '[markdown]\nexternal_links = { targt = "x" }\n')
    assert (problem.code, str(problem.place)) == ("config-key", "pectin.toml:6:20")
    assert "target" in problem.hint
