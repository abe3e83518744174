"""Tests of plan.py: `python3 -B release/test_plan.py`."""

import unittest

import plan


def package(name, version="1.2.0", needs=(), rust="1.88"):
    dependencies = [
        {"name": other, "req": req, "kind": kind} for other, req, kind in needs
    ]
    return {
        "name": name,
        "version": version,
        "rust_version": rust,
        "dependencies": dependencies,
    }


class Order(unittest.TestCase):
    def test_each_package_follows_its_dependencies(self):
        packages = [
            package("a", needs=[("c", "^1.2.0", None)]),
            # A path alone is not in the package, so that these two may need each other.
            package("b", needs=[("a", "*", "dev")]),
            package("c", needs=[("b", "^1.2.0", "build"), ("serde", "^1", None)]),
        ]
        self.assertEqual(plan.publish_order(packages), ["b", "c", "a"])

    def test_circles_are_reported(self):
        circle = [("b", "^1.2.0", None)], [("a", "^1.2.0", "dev")]
        packages = [package("a", needs=circle[0]), package("b", needs=circle[1])]
        with self.assertRaisesRegex(SystemExit, "depend on each other"):
            plan.publish_order(packages)


class Versions(unittest.TestCase):
    def test_disagreement_is_reported(self):
        good = package("a", needs=[("b", "^1.2.0", None)])
        cases = [
            ([good, package("b")], ""),
            ([good, package("b", version="1.3.0")], "different versions"),
            ([package("a", needs=[("b", "^1.1.0", None)]), package("b")], "a depends on b ^1.1.0"),
            ([good, package("b", rust="1.90")], "rust-version"),
        ]
        for packages, expected in cases:
            problems = "\n".join(plan.version_problems(packages))
            self.assertEqual(bool(problems), bool(expected), problems)
            self.assertIn(expected, problems)

    def test_a_tag_may_only_be_at_the_checked_commit(self):
        cases = [(None, False), ("abc", False), ("def", True)]
        for tagged, is_problem in cases:
            self.assertEqual(bool(plan.tag_problem("1.2.0", tagged, "abc")), is_problem, tagged)


class Changelog(unittest.TestCase):
    def test_sections_that_forbid_a_release(self):
        old = "## 1.1.0 (2026-01-01)\n\nold\n"
        cases = [
            # changelog, the tag is set, part of the problem
            (f"# C\n\n## Unreleased\n\nnew\n\n{old}", False, ""),
            (f"# C\n\n## Unreleased\n\n{old}", False, "has no text for 1.2.0"),
            (f"# C\n\n{old}", False, "has no text for 1.2.0"),
            (f"# C\n\n{old}\n## Unreleased\n\nnew\n", False, "not the first section"),
            (f"# C\n\n## Unreleased\n\nnew\n\n{old}", True, "no heading"),
            (f"# C\n\n## 1.2.0 (2026-02-02)\n\nnew\n\n{old}", True, ""),
            (f"# C\n\n## 1.2.0\n\nnew\n\n{old}", True, "has no date"),
            (
                f"# C\n\n## Unreleased\n\nmore\n\n## 1.2.0 (2026-02-02)\n\nnew\n\n{old}",
                False,
                "raise the version",
            ),
        ]
        for changelog, is_tagged, expected in cases:
            found = plan.sections(changelog)
            problems = "\n".join(plan.changelog_problems(found, "1.2.0", is_tagged))
            self.assertEqual(bool(problems), bool(expected), f"{changelog}: {problems}")
            self.assertIn(expected, problems)

    def test_notes_are_those_of_the_version(self):
        found = plan.sections("# C\n\n## Unreleased\n\nnew\n\n## 1.1.0 (2026-01-01)\n\nold\n")
        self.assertEqual(plan.release_notes(found, "1.2.0"), "new")
        self.assertEqual(plan.release_notes(found, "1.1.0"), "old")


class Msrv(unittest.TestCase):
    def test_only_what_users_build_counts(self):
        def node(name, deps):
            edges = [{"pkg": other, "dep_kinds": [{"kind": kind}]} for other, kind in deps]
            return {"id": name, "deps": edges}

        metadata = {
            "packages": [
                {**package("a"), "id": "a"},
                {**package("build", rust="1.89"), "id": "build"},
                {**package("dev", rust="1.99"), "id": "dev"},
                {**package("same", rust="1.88.0"), "id": "same"},
                {**package("unknown", rust=None), "id": "unknown"},
            ],
            "resolve": {
                "nodes": [
                    node("a", [("build", "build"), ("dev", "dev"), ("same", None), ("unknown", None)]),
                    node("build", []),
                    node("dev", []),
                    node("same", []),
                    node("unknown", []),
                ]
            },
        }
        problems = plan.msrv_problems(metadata, metadata["packages"][:1])
        self.assertEqual(problems, ["build 1.2.0 needs Rust 1.89"])


if __name__ == "__main__":
    unittest.main()
