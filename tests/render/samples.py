"""Made-up answers of a believable fleet, for every renderer's tests."""

from collections.abc import Sequence
from typing import Any

from driftline.model.answers.align import AlignAnswer, AlignedFact, Refusal
from driftline.model.answers.history import History, Series, SeriesStep
from driftline.model.answers.layout import LayoutAnswer, PlacementNote
from driftline.model.answers.observed import Observed, ObservedRepository
from driftline.model.answers.parity import ActorRef, Comparison, Divergence, GapNote, Pair
from driftline.model.answers.scan import (
    ActorSummary,
    Changed,
    Coverage,
    EnvironmentSummary,
    QuestionNote,
    RepositorySummary,
    Scan,
)
from tests.render.sample_answers import decisions, promotions, spells, trend
from tests.render.sample_rows import (
    ANA,
    DIVERGENCES,
    JUDGED,
    NOW,
    SHIP,
    VERDICTS,
    divergence,
    environment,
    judged,
    pair,
    unknown_side,
)

__all__ = [
    "DIVERGENCES",
    "JUDGED",
    "NOW",
    "VERDICTS",
    "decisions",
    "divergence",
    "environment",
    "judged",
    "pair",
    "promotions",
    "spells",
    "trend",
    "unknown_side",
]

REPOSITORY = RepositorySummary(
    path="/home/ana/shop-deploy",
    head="0b0bdc8c1f0e2d3c4b5a69788796a5b4c3d2e1f0",
    commits=963,
    looks=871,
    first="2021-09-02T08:00:00Z",
    last="2026-08-06T16:40:00Z",
    branch="main",
)
GAPS = (
    GapNote("charts/web/templates/a.yaml", "0b0bdc8", "a template, not rendered", "shop-deploy"),
    GapNote("charts/web/templates/b.yaml", "0b0bdc8", "a template, not rendered", "shop-deploy"),
    GapNote("secrets/prod.yaml", "0b0bdc8", "encrypted with sops", "shop-deploy"),
)
COVERAGE = Coverage(
    files=131,
    placed=88,
    shared=31,
    unplaced=12,
    unreadable=3,
    not_configuration=212,
    facts=4_212,
    fact_changes=18_406,
)


def scan(
    *,
    environments: Sequence[EnvironmentSummary] | None = None,
    pairs: Sequence[Pair] | None = None,
    divergences: Sequence[Divergence] = DIVERGENCES,
    questions: Sequence[QuestionNote] = (),
    focus: tuple[str, str] | None = None,
) -> Scan:
    """A scan of the made-up fleet."""
    return Scan(
        schema="driftline.scan/1",
        generated_by="driftline 0.1.0",
        asked_at=NOW,
        repositories=(REPOSITORY,),
        environments=tuple(
            environments
            or [
                environment("staging"),
                environment("production", facts=409),
                environment("demo", alive=False, facts=0),
            ]
        ),
        pairs=tuple(pairs if pairs is not None else [pair()]),
        divergences=tuple(divergences),
        most_changed=(
            Changed(
                "checkout", "/image/tag", 279, ("staging", "production"), NOW[:8] + "07T09:00:00Z"
            ),
            Changed("search", "/image/tag", 141, ("staging", "production"), "2026-07-01T09:00:00Z"),
            Changed("search", "/replicas", 17, ("production",), "2026-05-01T09:00:00Z"),
        ),
        actors=(
            ActorSummary("Ana Lopes", "human", 1201, "a person's e-mail", 14),
            ActorSummary("shipit", "ci", 940, "name", 0),
            ActorSummary("renovate[bot]", "bot", 310, "ends in [bot]", 0),
        ),
        gaps=GAPS,
        coverage=COVERAGE,
        questions=tuple(questions),
        notes=(),
        focus=focus,
    )


QUESTION = QuestionNote(
    text="alpha and bravo look like environments, but nothing says so",
    paths=("sites/alpha/web.yaml", "sites/bravo/web.yaml"),
    answer='environments = ["alpha", "bravo"]',
)


def comparison(divergences: Sequence[Divergence] = DIVERGENCES) -> Comparison:
    """One pair with its divergences."""
    return Comparison(
        schema="driftline.compare/1",
        left_ref="staging",
        right_ref="production@2026-08-07",
        left_at=NOW,
        right_at="2026-08-07T00:00:00Z",
        layer="effective",
        pair=pair(),
        divergences=tuple(divergences),
        gaps=(GapNote("secrets/prod.yaml", "0b0bdc8", "encrypted with sops", "shop-deploy"),),
        notes=(),
    )


def step(at: str, value: Any, *, actor: ActorRef = ANA, state: str = "present") -> SeriesStep:
    """One step of a series."""
    return SeriesStep(
        at=at,
        look="0b0bdc8c1f",
        state=state,
        value=value,
        layer="environment",
        file="environments/x/checkout.yaml",
        actor=actor,
        approved_by=None,
        subject="checkout: a change",
    )


def history() -> History:
    """The life of one image tag in two environments."""
    return History(
        schema="driftline.history/1",
        role="checkout",
        path="/image/tag",
        series=(
            Series(
                "staging",
                "checkout",
                "/image/tag",
                (
                    step("2026-07-01T09:00:00Z", "2.13.0", actor=SHIP),
                    step("2026-07-20T09:00:00Z", "2.14.0", actor=SHIP),
                    step("2026-08-07T09:00:00Z", "2.14.1", actor=SHIP),
                ),
            ),
            Series(
                "production",
                "checkout",
                "/image/tag",
                (
                    step("2026-07-02T11:00:00Z", "2.13.0"),
                    step("2026-07-21T10:30:00Z", "2.14.0"),
                ),
            ),
        ),
        paths=("/image/repository",),
    )


def layout() -> LayoutAnswer:
    """Placements of a few files."""

    def placed(
        path: str, environments: tuple[str, ...], role: str, layer: str | None
    ) -> PlacementNote:
        return PlacementNote(
            repository="shop-deploy",
            path=path,
            environments=environments,
            role=role,
            layer=layer,
            precedence=30 if environments else 10,
            confidence=0.95,
            evidence=("siblings vary in one token",),
            alive=True,
        )

    return LayoutAnswer(
        schema="driftline.layout/1",
        environments=(environment("staging"), environment("production")),
        placements=(
            *(
                placed(f"environments/{name}/{role}.yaml", (name,), role, "environment")
                for name in ("staging", "production")
                for role in ("checkout", "payments", "search")
            ),
            placed("charts/checkout/values.yaml", (), "checkout", "chart"),
            placed(".github/dependabot.yml", (), "", None),
        ),
        questions=(QUESTION,),
    )


def observed() -> Observed:
    """What one more reading brought."""
    return Observed(
        schema="driftline.observe/1",
        asked_at=NOW,
        repositories=(
            ObservedRepository(
                path="/home/ana/shop-deploy",
                head="0b0bdc8c1f0e2d3c4b5a69788796a5b4c3d2e1f0",
                looks=871,
                looks_added=12,
                facts_added=204,
                gaps=scan().gaps,
                notes=("the branch was rewritten; a new epoch begins at 4c1d2e3",),
            ),
        ),
    )


NOWHERE = QuestionNote(
    text="no environments: 131 files were looked at, and no names vary among siblings",
    paths=("apps/web.yaml",),
    answer='places = ["apps/{role}-{environment}.yaml"]',
)

FEDERATION = (
    "staging",
    "production",
    "asia-east",
    "asia-west",
    "europe-north",
    "europe-south",
    "africa",
    "america-north",
    "america-south",
    "lab",
)


def federation() -> Scan:
    """Ten environments that resemble each other; one of them is far from the rest."""
    pairs = [
        pair(one, other, facts_differ=64 + 9 * near + (120 if other == "lab" else 0))
        for near, one in enumerate(FEDERATION)
        for other in FEDERATION[near + 1 :]
    ]
    rows = [
        divergence(row.role, row.path, row.left_value, row.right_value, names=(one, other))
        for one, other in [(pair.left, pair.right) for pair in pairs]
        for row in DIVERGENCES[:3]
        if "lab" in (one, other)
    ]
    return scan(
        environments=[environment(name) for name in FEDERATION],
        pairs=pairs,
        divergences=rows,
        focus=("staging", "production"),
    )


def hostile(*, role: str, path: str, value: str, name: str, reason: str) -> Scan:
    """A scan in which everything foreign is as bad as can be."""
    names = (f"a{name}", f"b{name}")
    actor = ActorRef(name=name, class_="human")
    return Scan(
        schema="driftline.scan/1",
        generated_by="driftline 0.1.0",
        asked_at=NOW,
        repositories=(
            RepositorySummary(
                path="/" + name, head=name, commits=1, looks=1, first=None, last=None, branch=name
            ),
        ),
        environments=tuple(environment(one) for one in names),
        pairs=(pair(*names),),
        divergences=(divergence(role, path, value, value + "x", names=names, actor=actor),),
        most_changed=(Changed(role, path, 3, names, NOW),),
        actors=(ActorSummary(name, "human", 1, reason),),
        gaps=(GapNote(path, name, reason, name),),
        coverage=scan().coverage,
        questions=(QuestionNote(reason, (path,), value),),
        notes=(reason,),
    )


def align() -> AlignAnswer:
    """A patch of one line, and a row that no patch ends."""
    return AlignAnswer(
        schema="driftline.align/1",
        repository="/shop",
        head="abc",
        branch=None,
        source="staging",
        target="production",
        patch="--- a/web.yaml\n+++ b/web.yaml\n@@ -1 +1 @@\n-tag: 1\n+tag: 2\n",
        files=("web.yaml",),
        aligned=(
            AlignedFact(
                "web", "/tag", "web.yaml", "present", 1, "present", 2, "standing", "sets it"
            ),
        ),
        refusals=(Refusal("web", "/host", "environmental", "it differs by design"),),
    )
