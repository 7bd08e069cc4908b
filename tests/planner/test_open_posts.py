"""Open posts in words: the first ones by day, and how many more there are."""

from planner.open_posts import SHOWN, open_lines


def test_the_first_ones_are_named_and_the_others_counted() -> None:
    posts = [{"sentence": f"post {number}", "missing": 2} for number in range(SHOWN + 3)]
    lines = list(open_lines(posts, "en"))
    assert lines[0] == f"{SHOWN + 3} posts lack people, {2 * SHOWN + 6} in all:"
    assert lines[1:-1] == [f"  post {number}" for number in range(SHOWN)]
    assert lines[-1] == "  … and 3 more: “planner check” tells them."
    assert list(open_lines(posts[:1], "fr")) == [
        "1 poste manque de personnel, 2 en tout\N{NARROW NO-BREAK SPACE}:",
        "  post 0",
    ]
    assert list(open_lines([], "en")) == []
