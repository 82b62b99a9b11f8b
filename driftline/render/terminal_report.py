"""The report of a scan on one terminal screen.

What was read, how well environments match, what differs now and who moved it,
what moves most, what could not be read, and what to ask next. Whatever does
not fit is counted, with the command that shows it.
"""

import shlex
from collections.abc import Sequence

from driftline.model.answers.parity import Divergence, Pair
from driftline.model.answers.scan import Changed, EnvironmentSummary, RepositorySummary, Scan
from driftline.render.burned_lines import burned_lines
from driftline.render.coverage_lines import (
    LABEL_CELLS,
    coverage_lines,
    gap_lines,
    labelled,
    note_lines,
    question_lines,
)
from driftline.render.lines import (
    Line,
    Span,
    Style,
    cells,
    fit,
    flow,
    left,
    line_cells,
    right,
    shares,
    span,
)
from driftline.render.match_table import PAIRS_LISTED_MAX, equal_facts, match_lines
from driftline.render.odd_ones import Found, odd_lines, odd_ones
from driftline.render.page import Page
from driftline.render.pair_differences import full_difference_lines, pair_difference_lines
from driftline.render.values import age_text, count, counted, date_text, path_text

_DIVERGENCES_LEAST = 8
_MOST_CHANGED_MAX = 3
_QUESTIONS_MAX = 2
_REPOSITORIES_MAX = 3
_NOTES_MAX = 1
# From here on a pair says little, and the odd ones among many say more.
_ENVIRONMENTS_MANY = 5


def report_lines(scan: Scan, page: Page, *, every_row: bool = False) -> list[Line]:
    """The whole report, within the page's height where that can be done and is wanted."""
    head = _header(scan, page)
    facts = {environment.name: environment.facts for environment in scan.environments}
    match = match_lines(scan.pairs, page, facts)
    tail = _tail(scan, page)
    blanks = 3
    room = page.height - len(head) - len(match) - len(tail) - blanks
    if every_row:
        body = _every_difference(scan, page)
    else:
        body = _difference_lines(scan, page, max(room, _DIVERGENCES_LEAST))
    sections = [head, match, body, tail]
    lines: list[Line] = []
    for section in sections:
        if section:
            lines.extend([*([[]] if lines else []), *section])
    return [fit(line, page.width) for line in lines]


def focus_pair(scan: Scan) -> Pair | None:
    """The pair that is worth the screen: the answer's own choice, else who shares most."""
    for pair in scan.pairs:
        if (pair.left, pair.right) == scan.focus:
            return pair
    alive = {environment.name for environment in scan.environments if environment.alive}
    living = [pair for pair in scan.pairs if pair.left in alive and pair.right in alive]
    return max(living or scan.pairs, key=equal_facts, default=None)


def _header(scan: Scan, page: Page) -> list[Line]:
    """A line for each repository, then the environments unless a matrix lists them."""
    took = f"read in {page.took_seconds:.1f} s" if page.took_seconds is not None else ""
    lines: list[Line] = []
    for repository in scan.repositories[:_REPOSITORIES_MAX]:
        line = _repository(repository, page.width - (len(took) + 2 if took else 0))
        if took:
            gap = page.width - line_cells(line) - len(took)
            line = [*line, Span(" " * gap), span(took, Style.QUIET)]
            took = ""
        lines.append(line)
    if len(scan.repositories) > _REPOSITORIES_MAX:
        rest = len(scan.repositories) - _REPOSITORIES_MAX
        more = counted(rest, "more repository", "more repositories")
        lines.append([span(f"… and {more}", Style.QUIET)])
    return [
        *lines,
        *_environments(scan, page),
        *burned_lines(scan.burned_down, page, scan.asked_at),
    ]


def _repository(repository: RepositorySummary, room: int) -> Line:
    """Name, size, age and head, as far as there is room; warnings always."""
    name = repository.path.rstrip("/").rpartition("/")[2] or repository.path
    is_git = repository.kind == "git"
    size = counted(repository.commits, "commit") if is_git else counted(repository.looks, "look")
    pieces: list[Line] = [[span(size)]]
    if repository.first and repository.last and (is_git or repository.looks > 1):
        days = f"{date_text(repository.first)} to {date_text(repository.last)}"
        pieces.append([span(f"{days} ({age_text(repository.first, repository.last)})")])
    if repository.shallow:
        pieces.append([span("shallow: the past is cut", Style.DOUBTFUL)])
    if repository.epochs > 1:
        pieces.append([span(f"rewritten {repository.epochs - 1} x", Style.DOUBTFUL)])
    branch = f"{repository.branch} " if repository.branch else ""
    pieces.append([span(f"{branch}at {repository.head[:10]}", Style.QUIET)])
    line: list[Span] = [span(name, Style.STRONG)]
    for piece in pieces:
        joint = span(" · " if len(line) > 1 else "  ", Style.QUIET)
        if line_cells([*line, joint, *piece]) <= room:
            line += [joint, *piece]
    return fit(line, room)


def _environments(scan: Scan, page: Page) -> list[Line]:
    if not scan.environments:
        return [
            [
                span("No environments were found. ", Style.DOUBTFUL),
                span(f"`{page.command} layout` shows what was looked at and how to map it."),
            ]
        ]
    alive = [environment for environment in scan.environments if environment.alive]
    ended = [environment for environment in scan.environments if not environment.alive]
    pieces = []
    if len(scan.pairs) <= PAIRS_LISTED_MAX:
        pieces = [_environment(environment, brief=len(alive) > 4) for environment in alive]
    if ended:
        pieces.append(_ended([environment.name for environment in ended], page.width))
    lines = flow(pieces, page.width, indent=0)
    if len(lines) > 3:
        lines = lines[:3]
        lines[-1] = [*fit(lines[-1], page.width - 2), span(" …", Style.QUIET)]
    return lines


def _ended(names: Sequence[str], room: int) -> Line:
    """As many names of ended environments as one line holds, and how many more there are."""
    for shown in range(len(names), 0, -1):
        more = f" and {len(names) - shown} more" if shown < len(names) else ""
        line = [span(f"ended: {', '.join(names[:shown])}{more}", Style.QUIET)]
        if line_cells(line) <= room:
            return line
    return fit(line, room)


def _environment(environment: EnvironmentSummary, *, brief: bool) -> Line:
    facts = counted(environment.facts, "fact")
    since = f" since {environment.first_seen[:7]}" if environment.first_seen and not brief else ""
    return [span(environment.name, Style.NAME), span(f" {facts}{since}")]


def _difference_lines(scan: Scan, page: Page, room: int) -> list[Line]:
    found = among_many(scan)
    if found:
        return odd_lines(found, page, now=scan.asked_at, room=room)
    pair = focus_pair(scan)
    if pair is None:
        return []
    rows = _rows_of(scan, pair)
    others = [one for one in scan.pairs if one is not pair]
    return pair_difference_lines(rows, page, now=scan.asked_at, room=room, pair=pair, others=others)


def _every_difference(scan: Scan, page: Page) -> list[Line]:
    """All rows of every pair that has any."""
    lines: list[Line] = []
    for pair in scan.pairs:
        told = full_difference_lines(_rows_of(scan, pair), page, now=scan.asked_at, every_row=True)
        lines.extend([*([[]] if lines and told else []), *told])
    return lines


def _rows_of(scan: Scan, pair: Pair) -> list[Divergence]:
    names = (pair.left, pair.right)
    return [row for row in scan.divergences if (row.left, row.right) == names]


def among_many(scan: Scan) -> Found | None:
    """The odd ones, where there are so many environments that pairs say little."""
    alive = {environment.name for environment in scan.environments if environment.alive}
    living = [row for row in scan.divergences if row.left in alive and row.right in alive]
    if len(alive) < _ENVIRONMENTS_MANY or not living:
        return None
    return odd_ones(living)


def _tail(scan: Scan, page: Page) -> list[Line]:
    lines: list[Line] = []
    lines.extend(_most_changed(scan.most_changed[:_MOST_CHANGED_MAX], page, scan.asked_at))
    lines.extend(_actors(scan, page))
    lines.extend(coverage_lines(scan.coverage, page))
    lines.extend(gap_lines(scan.gaps, page))
    lines.extend(question_lines(scan.questions, page, most=_QUESTIONS_MAX))
    lines.extend(note_lines(scan.notes, page, most=_NOTES_MAX))
    lines.extend(_next(scan, page))
    return lines


def _most_changed(rows: Sequence[Changed], page: Page, now: str) -> list[Line]:
    """A line for each of the facts that moved most often."""
    if not rows:
        return []
    numbers = [count(row.changes) for row in rows]
    ages = [age_text(row.last, now) for row in rows]
    number_cells = max(map(len, numbers))
    age_cells = max(map(len, ages))
    room = page.width - LABEL_CELLS - number_cells - age_cells - len("x  last  ago  ") - 4
    wanted = [
        max(cells(span(row.role).text) for row in rows),
        max(cells(span(row.path).text) for row in rows),
        max(cells(span(", ".join(row.environments)).text) for row in rows),
    ]
    if sum(wanted) > room:
        wanted[2] = min(wanted[2], len("12 environments"))
    role, path, names = shares(wanted, room, least=6)
    lines: list[Line] = []
    for at, row in enumerate(rows):
        lines.append(
            [
                left("" if at else "Most moved", LABEL_CELLS, Style.HEADING),
                right(numbers[at], number_cells),
                span("x  ", Style.QUIET),
                left(row.role, role, Style.STRONG),
                span("  "),
                left(path_text(row.path, path), path),
                span("  last ", Style.QUIET),
                right(ages[at], age_cells),
                span(" ago  ", Style.QUIET),
                left(_names(row.environments, names), names, Style.QUIET),
            ]
        )
    return lines


def _names(environments: Sequence[str], room: int) -> str:
    """The environments by name, or how many they are."""
    text = ", ".join(environments)
    return text if cells(span(text).text) <= room else counted(len(environments), "environment")


def _actors(scan: Scan, page: Page) -> list[Line]:
    """Changes by class; names never stand beside totals."""
    totals: dict[str, int] = {}
    assisted = 0
    for actor in scan.actors:
        totals[actor.class_] = totals.get(actor.class_, 0) + actor.changes
        assisted += actor.assisted
    if not totals:
        return []
    ordered = sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))
    pieces: list[Line] = [[span(f"{name} "), span(count(number))] for name, number in ordered]
    if assisted:
        pieces.append([span(f"{count(assisted)} with AI assistance", Style.QUIET)])
    return labelled("Changes by", pieces, page)


def _next(scan: Scan, page: Page) -> list[Line]:
    """What to ask next, as commands that can be pasted."""
    pair = focus_pair(scan)
    # A command that is cut cannot be pasted, so of each kind the first that fits is shown.
    room = page.width - LABEL_CELLS - len(page.command) - 1
    asked = [f"compare {shlex.join((pair.left, pair.right))}"] if pair else []
    told = [f"history {shlex.join((row.role, row.path))}" for row in scan.most_changed]
    commands = [
        command
        for several in (asked, told)
        for command in [one for one in several if cells(span(one).text) <= room][:1]
    ]
    commands.append("layout")
    lines = [f"{page.command} {command}" for command in commands]
    if page.before:
        lines.insert(0, page.before)
    return labelled("Next", [[span(line)] for line in lines], page)
