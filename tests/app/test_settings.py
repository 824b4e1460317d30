"""What the arguments and the environment come to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pectin.app.settings import BadSetting, read_settings
from pectin.values.site import BadSiteName


def test_the_store_is_by_default_in_the_sites_folder(tmp_path: Path) -> None:
    assert read_settings({}, now=0, source=tmp_path).store == tmp_path / ".pectin"


def test_the_environment_names_the_store_and_an_option_overrules_it(tmp_path: Path) -> None:
    environment = {"PECTIN_STORE": str(tmp_path / "a")}
    assert read_settings(environment, now=0).store == tmp_path / "a"
    assert read_settings(environment, now=0, store=tmp_path / "b").store == tmp_path / "b"
    assert read_settings({"PECTIN_STORE": ""}, now=0, source=tmp_path).store.name == ".pectin"


def test_relative_folders_are_made_absolute_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({"PECTIN_STORE": "store"}, now=0, source=Path("site"))
    assert (settings.source, settings.store) == (tmp_path / "site", tmp_path / "store")


def test_today_is_the_date_of_now_in_utc() -> None:
    assert read_settings({}, now=86_399).today == date(1970, 1, 1)
    assert read_settings({}, now=86_400).today == date(1970, 1, 2)


def test_source_date_epoch_is_today() -> None:
    settings = read_settings({"SOURCE_DATE_EPOCH": "951782400"}, now=0)
    assert (settings.today, settings.now) == (date(2000, 2, 29), 0)


@pytest.mark.parametrize(
    "value", ["today", "-1", "+1", "1_0", " 1", "1.5", "9" * 20, "٣"]
)  # a digit, but not of ASCII
def test_a_source_date_epoch_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(BadSetting, match="SOURCE_DATE_EPOCH"):
        read_settings({"SOURCE_DATE_EPOCH": value}, now=0)


def test_a_site_name_that_cannot_be_a_host_is_refused() -> None:
    with pytest.raises(BadSiteName):
        read_settings({}, now=0, site="Plum Jam")
