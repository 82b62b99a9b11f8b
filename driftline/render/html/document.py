"""The whole page: head with its policy, header, navigation, and the sections in order.

The page asks nobody for anything. Its policy allows exactly the style sheet
and the script that it was made with, so that nothing foreign in it could run.
"""

import hashlib
from base64 import b64encode

from driftline.model.answers.scan import RepositorySummary, Scan
from driftline.model.answers.trend import TrendAnswer
from driftline.model.verdict import Kind
from driftline.render.html.basis import basis_section, equal_facts, pair_section, reading_section
from driftline.render.html.differences import anchors, folded_section, open_sections
from driftline.render.html.drift_charts import drift_section
from driftline.render.html.script import SCRIPT
from driftline.render.html.service_map import service_map
from driftline.render.html.spell_lanes import spell_section
from driftline.render.html.style import STYLE
from driftline.render.html.tags import Markup, code, quiet, tag
from driftline.render.html.travels import changed_section, promotion_section
from driftline.render.html.usual import usual_section
from driftline.render.kinds import is_judged
from driftline.render.values import age_text, count, counted, date_text, percentage

_LINKS = (
    ("map", "Map"),
    ("standing", "Standing"),
    ("in-flight", "In flight"),
    ("drift", "Over time"),
    ("spells", "Spells"),
    ("promotions", "Promotions"),
    ("changed", "Most moved"),
    ("pairs", "Pairs"),
    ("rest", "By design"),
    ("coverage", "Coverage"),
    ("words", "How to read"),
)


def html_of(scan: Scan, trend: TrendAnswer | None = None, *, is_shared: bool = False) -> str:
    """The report as one HTML document; `is_shared` says that it was masked before."""
    places = anchors(scan)
    sections = [
        service_map(scan, places, trend),
        usual_section(scan),
        open_sections(scan, places),
        drift_section(trend.trend if trend else scan.trend, trend),
        spell_section(scan),
        promotion_section(scan),
        changed_section(scan),
        pair_section(scan),
        folded_section(scan, places),
        basis_section(scan),
        reading_section(is_shared=is_shared),
    ]
    body = [
        tag("a", "To the report", href="#report", class_="skip"),
        _header(scan),
        _navigation(),
        tag("main", sections, id="report"),
        tag("footer", f"Made by {scan.generated_by} at {_time(scan.asked_at)}."),
        tag("script", Markup(SCRIPT)),
    ]
    return f'<!DOCTYPE html>\n<html lang="en">\n{_head(scan)}\n{tag("body", body)}\n</html>\n'


def _head(scan: Scan) -> Markup:
    policy = (
        f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    names = ", ".join(_short(one) for one in scan.repositories)
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"Drift report: {names}"),
        tag("style", Markup(STYLE)),
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _header(scan: Scan) -> Markup:
    lines = [tag("li", *_repository(one)) for one in scan.repositories]
    return tag(
        "header",
        tag("h1", "Drift report"),
        tag("ul", lines, class_="repositories"),
        _figures(scan),
    )


def _repository(one: RepositorySummary) -> tuple[object, ...]:
    branch = f" on {one.branch}" if one.branch else ""
    at = (" at ", code(one.head[:10])) if one.head else ()
    span = f", {date_text(one.first)} to {date_text(one.last)}" if one.first else ""
    is_git = one.kind == "git"
    size = counted(one.commits, "commit") if is_git else counted(one.looks, "look")
    told = f"{branch}, {size}{span}"
    shallow = " (a shallow clone: its past is cut off)" if one.shallow else ""
    return (tag("b", _short(one)), quiet(*at, told, shallow))


def _short(one: RepositorySummary) -> str:
    """The last part of a path; where a repository lies on one machine says nothing to others."""
    return one.path.rstrip("/").rpartition("/")[2] or one.path


def _figures(scan: Scan) -> Markup:
    rows = scan.divergences
    standing = [row for row in rows if row.kind == Kind.STANDING]
    figures = [
        (count(len(standing)), "standing"),
        (count(sum(row.kind == Kind.IN_FLIGHT for row in rows)), "in flight"),
    ]
    oldest = min((row.stands_from or row.since or "9999" for row in standing), default="")
    if oldest and oldest != "9999":
        figures.append((age_text(oldest, scan.asked_at), "oldest standing"))
    frozen = sum(row.kind == Kind.FROZEN for row in rows)
    if frozen:
        figures.append((count(frozen), "frozen"))
    unjudged = sum(not is_judged(row) for row in rows)
    if unjudged:
        figures.append((count(unjudged), "not judged"))
    equal = sum(map(equal_facts, scan.pairs))
    known = sum(one.facts_common + one.facts_left_only + one.facts_right_only for one in scan.pairs)
    figures += [
        (percentage(equal, known), "of compared facts equal"),
        (count(sum(one.alive for one in scan.environments)), "environments"),
        (count(len(scan.gaps)), "gaps"),
    ]
    return tag(
        "dl",
        [tag("div", tag("dt", name), tag("dd", number)) for number, name in figures],
        class_="figures",
    )


def _navigation() -> Markup:
    links = [tag("li", tag("a", name, href=f"#{place}")) for place, name in _LINKS]
    return tag("nav", tag("ul", links), aria_label="Sections")


def _time(at: str) -> str:
    return at[:16].replace("T", " ") + " UTC"
