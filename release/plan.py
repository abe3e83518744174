#!/usr/bin/env python3
"""Lists the parts of a release, and checks that the sources are ready for it.

    release/plan.py order      the published packages, each after those that it depends on
    release/plan.py version    the version that all of them share
    release/plan.py notes      the section of CHANGELOG.md for that version
    release/plan.py check      fails if versions, CHANGELOG.md or the tag forbid a release
    release/plan.py msrv       fails if a dependency needs a newer Rust than `rust-version`
    release/plan.py workspace FOLDER
                               makes one workspace of the packages that are unpacked in FOLDER

Everything is read from `cargo metadata`, CHANGELOG.md and git; nothing is listed here.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNRELEASED = "Unreleased"


def run(*command):
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def cargo_metadata():
    return json.loads(run("cargo", "metadata", "--locked", "--format-version", "1"))


def published(metadata):
    members = set(metadata["workspace_members"])
    # `publish` is null for any registry, and a list of the allowed ones otherwise.
    return [
        package
        for package in metadata["packages"]
        if package["id"] in members and package["publish"] != []
    ]


def kept_dependencies(package, own):
    """Dependencies on own packages that stay in the package.

    Cargo leaves out development dependencies that have a path and no version.
    """
    for dependency in package["dependencies"]:
        left_out = dependency["kind"] == "dev" and dependency["req"] == "*"
        if dependency["name"] in own and not left_out:
            yield dependency


def publish_order(packages):
    """Sorts packages so that each follows those that it depends on."""
    own = {package["name"] for package in packages}
    needs = {
        package["name"]: {each["name"] for each in kept_dependencies(package, own)}
        for package in packages
    }
    order = []
    while needs:
        ready = sorted(name for name, missing in needs.items() if missing <= set(order))
        if not ready:
            raise SystemExit(f"release: these packages depend on each other: {sorted(needs)}")
        order += ready
        for name in ready:
            del needs[name]
    return order


def version_problems(packages):
    problems = []
    own = {package["name"]: package["version"] for package in packages}
    if len(set(own.values())) != 1:
        problems.append(f"the packages have different versions: {own}")
    for package in packages:
        for dependency in kept_dependencies(package, own):
            wanted = f"^{own[dependency['name']]}"
            if dependency["req"] != wanted:
                problems.append(
                    f"{package['name']} depends on {dependency['name']} {dependency['req']} "
                    f"instead of {wanted}: correct it in Cargo.toml"
                )
    if len({package["rust_version"] for package in packages}) != 1:
        problems.append("the packages have different values of rust-version")
    return problems


def sections(changelog):
    """Returns the sections of a changelog by their headings, newest first."""
    parts = re.split(r"^## (.+)$", changelog, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (text.strip() for text in parts[2::2])))


def release_notes(found, version):
    """Returns the section of a version: that of its own, or the unreleased one that becomes it."""
    for heading, text in found.items():
        if heading.split()[0].strip("[]") == version:
            return text
    return found.get(UNRELEASED, "")


def changelog_problems(found, version, is_tagged):
    problems = []
    headings = list(found)
    own = [heading for heading in headings if heading.split()[0].strip("[]") == version]
    if not release_notes(found, version):
        problems.append(f"CHANGELOG.md has no text for {version} below `## {UNRELEASED}`")
    if UNRELEASED in found and headings[0] != UNRELEASED:
        problems.append(f"`## {UNRELEASED}` is not the first section of CHANGELOG.md")
    if own and found.get(UNRELEASED):
        problems.append(
            f"CHANGELOG.md has a section of {version} and an unreleased one: raise the version"
        )
    for heading in own:
        if not re.fullmatch(r"\[?[0-9][^ ]*\]? \(\d{4}-\d{2}-\d{2}\)", heading):
            problems.append(f"`## {heading}` has no date: write `## {version} (YEAR-MONTH-DAY)`")
    if is_tagged and not own:
        problems.append(
            f"the tag is set, but CHANGELOG.md has no heading `## {version} (YEAR-MONTH-DAY)`"
        )
    return problems


def tag_problem(version, tagged, head):
    """A tag of this version may only be at the commit that is checked: that of the release."""
    if tagged not in (None, head):
        return (
            f"the tag v{version} exists at {tagged[:10]}: raise the version in Cargo.toml, also in "
            "[workspace.dependencies]"
        )
    return None


def commit_of(revision):
    found = subprocess.run(
        ["git", "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return found.stdout.strip() or None


def number(version):
    """`1.88` and `1.88.0` are one version."""
    parts = [int(part) for part in version.split("-")[0].split(".")]
    return tuple(parts + [0] * (3 - len(parts)))


def msrv_problems(metadata, packages):
    """Dependencies that need a newer Rust, among those that a user builds."""
    by_id = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    minimum = number(packages[0]["rust_version"])
    seen, queue, unknown = set(), [package["id"] for package in packages], 0
    problems = []
    while queue:
        current = queue.pop()
        if current in seen:
            continue
        seen.add(current)
        package = by_id[current]
        needed = package["rust_version"]
        unknown += needed is None
        if needed and number(needed) > minimum:
            problems.append(f"{package['name']} {package['version']} needs Rust {needed}")
        for dependency in nodes[current]["deps"]:
            if any(kind["kind"] != "dev" for kind in dependency["dep_kinds"]):
                queue.append(dependency["pkg"])
    print(f"{len(seen)} packages, of which {unknown} do not name a rust-version")
    return problems


def make_workspace(folder, packages):
    """One workspace, so that all unpacked packages share one build of their dependencies."""
    folder = Path(folder)
    names = [f"{package['name']}-{package['version']}" for package in packages]
    manifest = (ROOT / "Cargo.toml").read_text()
    # The profiles of this workspace, so that what it has built is used again.
    tables = re.split(r"^(?=\[)", manifest, flags=re.MULTILINE)
    profiles = "".join(table for table in tables if table.startswith("[profile."))
    lines = ["[workspace]", 'resolver = "3"', f"members = {json.dumps(names)}", ""]
    lines += ["# Dependencies on each other are found here instead of in the registry.", ""]
    lines += ["[patch.crates-io]"]
    lines += [
        f"{package['name']} = {{ path = {json.dumps(name)} }}"
        for package, name in zip(packages, names)
    ]
    (folder / "Cargo.toml").write_text("\n".join(lines) + "\n\n" + profiles)
    (folder / "Cargo.lock").write_text((ROOT / "Cargo.lock").read_text())


def main(arguments):
    metadata = cargo_metadata()
    packages = published(metadata)
    version = packages[0]["version"]
    found = sections((ROOT / "CHANGELOG.md").read_text())
    problems = []
    match arguments:
        case ["order"]:
            print("\n".join(publish_order(packages)))
        case ["version"]:
            print(version)
        case ["notes"]:
            print(release_notes(found, version))
        case ["check"]:
            tagged, head = commit_of(f"refs/tags/v{version}"), commit_of("HEAD")
            problems = version_problems(packages)
            problems += changelog_problems(found, version, tagged is not None)
            problems += filter(None, [tag_problem(version, tagged, head)])
        case ["msrv"]:
            problems = msrv_problems(metadata, packages)
        case ["workspace", folder]:
            make_workspace(folder, packages)
        case _:
            raise SystemExit(__doc__)
    for problem in problems:
        print(f"release: {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
