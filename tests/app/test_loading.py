"""Sites with loaders: when these run, what is kept, and what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.app.conftest import write

from pectin.adapters.loaded_data import LoadedData
from pectin.app.building import build_folder, check_site
from pectin.app.loading import DataGone, open_source
from pectin.app.proofs import prove_cache
from pectin.app.publishing import publish_site
from pectin.app.requests import make_request
from pectin.app.settings import Settings
from pectin.app.upkeep import collect_garbage, rebuild
from pectin.values.errors import SourceError
from pectin.values.problem import Problem, Severity

COUNTING = """\
from pathlib import Path
from pectin.data import loader

{decorator}
def load(context):
    counter = Path(context.root, "runs")
    runs = len(counter.read_text()) if counter.exists() else 0
    counter.write_text("x" * (runs + 1))
    {then}
    return [{{"id": "plum", "price": {price}}}]
"""


def write_loader(root: Path, decorator: str = "", then: str = "pass", price: str = "3") -> None:
    text = COUNTING.format(decorator=decorator, then=then, price=price)
    write(root, {"data/jams.py": text})


@pytest.fixture
def shop(settings: Settings) -> Settings:
    """A site with a page for each jam of a loader."""
    each = '---\npages_from: data.jams\nslug: "{{ item.id }}"\n---\n{{ item.price }}\n'
    write(settings.source, {"content/jams/each.md": each})
    write_loader(settings.source)
    return settings


def later(settings: Settings, seconds: int) -> Settings:
    return replace(settings, now=settings.now + seconds)


def read_page(settings: Settings, out: Path) -> str:
    built = build_folder(settings, make_request(settings), out)
    assert not built.problems
    return (out / "jams/plum/index.html").read_text()


def count_runs(settings: Settings) -> int:
    return len((settings.source / "runs").read_text())


def tell(settings: Settings) -> tuple[Problem, ...]:
    with pytest.raises(SourceError) as raised:
        open_source(settings)
    return raised.value.problems


def test_what_a_loader_gives_becomes_pages(shop: Settings, tmp_path: Path) -> None:
    assert "<p>3</p>" in read_page(shop, tmp_path / "out")


def test_a_loader_runs_again_when_its_time_is_over(shop: Settings) -> None:
    for seconds, runs in ((0, 1), (3599, 1), (3600, 2), (3601, 2)):
        open_source(later(shop, seconds))
        assert count_runs(shop) == runs


def test_a_loader_runs_again_when_a_program_changed(shop: Settings) -> None:
    open_source(shop)
    write(shop.source, {"data/_client.py": "x = 1\n"})
    open_source(shop)
    assert count_runs(shop) == 2


def test_a_loader_runs_again_when_that_is_asked_for(shop: Settings) -> None:
    open_source(shop)
    open_source(replace(shop, refresh=True))
    assert count_runs(shop) == 2


def test_offline_nothing_runs(shop: Settings, tmp_path: Path) -> None:
    (problem,) = tell(replace(shop, offline=True))
    assert (problem.code, str(problem.place)) == ("loader-offline", "data/jams.py")
    open_source(shop)
    write_loader(shop.source, price="4")
    assert "<p>3</p>" in read_page(replace(later(shop, 10**6), offline=True), tmp_path / "out")
    assert count_runs(shop) == 1


def test_a_failure_stops_the_build_at_its_line(shop: Settings) -> None:
    write_loader(shop.source, then="1 / 0")
    (problem,) = tell(shop)
    assert (problem.code, problem.severity) == ("loader-failed", Severity.ERROR)
    assert str(problem.place) == "data/jams.py:9"
    assert problem.message == "ZeroDivisionError: division by zero"


def test_all_failures_are_told(shop: Settings) -> None:
    write(shop.source, {"data/a.py": "def load(c): 1 / 0\n", "data/b.py": "x = 1\n"})
    assert [problem.code for problem in tell(shop)] == ["loader-options", "loader-failed"]


def test_stale_data_are_used_with_a_warning(shop: Settings, tmp_path: Path) -> None:
    open_source(shop)
    write_loader(shop.source, '@loader(on_error="stale")', then="raise OSError('closed')")
    source = open_source(shop)
    (problem,) = source.problems
    assert (problem.code, problem.severity) == ("loader-stale", Severity.WARNING)
    assert problem.message == "OSError: closed; the data of 2026-09-21 14:13 UTC are used"
    built = build_folder(shop, make_request(shop), tmp_path / "out")
    assert [told.code for told in built.problems] == ["loader-stale"]


def test_stale_data_that_were_never_good_are_an_error(shop: Settings) -> None:
    write_loader(shop.source, '@loader(on_error="stale")', then="raise OSError('closed')")
    assert [problem.code for problem in tell(shop)] == ["loader-failed"]


def test_a_secret_that_is_not_set_is_told_at_its_place(shop: Settings) -> None:
    write_loader(shop.source, '@loader(secrets=["SHOP_TOKEN"])')
    (problem,) = tell(shop)
    assert problem.message == "the variable SHOP_TOKEN is not set"
    assert str(problem.place) == "data/jams.py:4:17"
    open_source(replace(shop, environment={"SHOP_TOKEN": "s3cret-value"}))


def test_no_secret_is_kept_anywhere(shop: Settings) -> None:
    write_loader(
        shop.source, '@loader(secrets=["SHOP_TOKEN"])', then="context.secret('SHOP_TOKEN')"
    )
    secret = replace(shop, environment={"SHOP_TOKEN": "s3cret-value"})
    publish_site(secret, make_request(secret))
    assert "s3cret" not in repr(secret)
    files = [path for path in shop.store.rglob("*") if path.is_file()]
    assert files
    assert not any(b"s3cret" in path.read_bytes() for path in files)


def test_equal_data_render_nothing(shop: Settings) -> None:
    publish_site(shop, make_request(shop))
    write_loader(shop.source, then="2")
    proof = prove_cache(shop, make_request(shop))
    assert count_runs(shop) == 2
    assert (proof.rendered, proof.differences) == (0, ())


def test_other_data_render_what_shows_them(shop: Settings) -> None:
    publish_site(shop, make_request(shop))
    write_loader(shop.source, price="4")
    proof = prove_cache(shop, make_request(shop))
    assert proof.differences == ()
    assert 0 < proof.rendered < 3


def test_a_proof_is_of_one_state_of_the_data(shop: Settings) -> None:
    write_loader(shop.source, '@loader(ttl="0s")', price="runs")
    publish_site(shop, make_request(shop))
    assert prove_cache(shop, make_request(shop)).differences == ()


def test_the_same_data_publish_nothing_new(shop: Settings) -> None:
    publish_site(shop, make_request(shop))
    again = publish_site(later(shop, 7200), make_request(shop))
    assert again.published is not None
    assert again.published.unchanged
    assert count_runs(shop) == 2


def test_a_deploy_is_built_again_with_its_own_data(shop: Settings) -> None:
    first = publish_site(shop, make_request(shop)).published
    assert first is not None
    assert [path for path, _ in first.deploy.provenance.data] == ["data/jams.py"]
    write_loader(shop.source, price="4")
    publish_site(later(shop, 1), make_request(shop))
    write_loader(shop.source)
    found = rebuild(shop, make_request(shop), first.deploy.id)
    assert found.rebuilt == first.deploy.snapshot
    assert count_runs(shop) == 2


def test_a_deploy_whose_data_are_gone_says_so(shop: Settings) -> None:
    published = publish_site(shop, make_request(shop)).published
    assert published is not None
    for path in (shop.loaded / "values").iterdir():
        path.unlink()
    with pytest.raises(DataGone, match=r"what data/jams\.py gave for \w+ is not kept any more"):
        rebuild(shop, make_request(shop))


def test_garbage_leaves_the_data_of_deploys_that_are_kept(shop: Settings) -> None:
    deploys = []
    for price in ("1", "2", "3"):
        write_loader(shop.source, price=price)
        published = publish_site(shop, make_request(shop)).published
        assert published is not None
        deploys.append(published.deploy)
    collect_garbage(shop, keep=2)
    kept = LoadedData(shop.loaded)
    found = [kept.load(deploy.provenance.data[0][1].hex()) is not None for deploy in deploys]
    assert found == [False, True, True]


def test_a_check_needs_no_store_and_leaves_room_for_one(shop: Settings) -> None:
    assert check_site(shop, make_request(shop)).problems == ()
    assert publish_site(shop, make_request(shop)).published is not None


def test_a_loader_and_a_file_of_one_name_are_told(shop: Settings) -> None:
    write(shop.source, {"data/jams.yaml": "[]\n"})
    codes = [problem.code for problem in check_site(shop, make_request(shop)).problems]
    assert "duplicate-data" in codes
