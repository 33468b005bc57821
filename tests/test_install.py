"""The package works from wherever it was installed: the language's text is found in a wheel and in a checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

import slalang
from slalang import resources

ROOT = Path(__file__).resolve().parent.parent
SHOW = "import slalang, slalang.resources as r; print(slalang.__file__); print(r.text('grammar/README.md'), end='')"


def build(kind: str, project: Path, folder: Path) -> Path:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed, and fetching it needs the network")
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def run_from(place: Path, outside: Path) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", SHOW]
    done = subprocess.run(
        command, cwd=outside, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_wheel_carries_every_file_of_grammar_and_stdlib(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        f"slalang/_bundled/{path.relative_to(ROOT).as_posix()}"
        for top in ("grammar", "stdlib")
        for path in (ROOT / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours
    assert ours - inside == set()
    assert "slalang/py.typed" in inside


def test_a_wheel_holds_nothing_but_the_package(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"slalang", wheel.name.split("-py3")[0] + ".dist-info"}


def test_a_wheel_built_from_the_source_archive_holds_the_same(wheel, tmp_path):
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        # Python before 3.11.4 does not know the filter; the archive is our own.
        safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(tmp_path, **safe)
    (unpacked,) = tmp_path.glob("slalang-*")
    second = build("wheel", unpacked, tmp_path / "wheel")
    assert sorted(zipfile.ZipFile(second).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_an_unpacked_wheel_reads_its_own_copy(wheel, tmp_path):
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    where, *text = run_from(place, tmp_path)
    assert Path(where).is_relative_to(place)
    assert text == (ROOT / "grammar/README.md").read_text("utf-8").splitlines()


def test_a_wheel_works_without_being_unpacked(wheel, tmp_path):
    where, *text = run_from(wheel, tmp_path)
    assert where.startswith(str(wheel))
    assert text == (ROOT / "grammar/README.md").read_text("utf-8").splitlines()


def test_a_checkout_reads_the_top_level_folders():
    assert Path(slalang.__file__).is_relative_to(ROOT)
    assert resources.text("grammar/README.md") == (ROOT / "grammar/README.md").read_text("utf-8")


def test_no_stray_copy_in_the_checkout_wins_in_silence():
    assert not (ROOT / "slalang/_bundled").exists()


def test_a_missing_folder_is_named():
    with pytest.raises(RuntimeError, match="without its granmar/ folder"):
        resources.folder("granmar")


def test_names_lists_files_by_suffix():
    assert resources.names("grammar", ".md") == ("README.md",)
