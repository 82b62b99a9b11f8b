"""The example company as it is meant."""

from driftline.lab.fleet import (
    BOTS,
    DOMAIN,
    HUMANS,
    SERVICES,
    SITES,
    WEB_FLOW,
    Packaging,
    Place,
    place,
    service,
)

PLACES = [
    ("environments/production-us/checkout.yaml", Place("checkout", "production-us")),
    ("env/production/notifications.yaml", Place("notifications", "production")),
    ("charts/production-planner/values.yaml", Place("production-planner", None)),
    ("apps/web/base/config.env", Place("web", None)),
    ("apps/web/overlays/staging/scale.yaml", Place("web", "staging")),
    ("argocd/staging/apps.yaml", Place("argocd", "staging")),
    ("terraform/environments/demo.tfvars", Place("terraform", "demo")),
    ("terraform/variables.tf", Place("terraform", None)),
    ("charts/web/templates/all.yaml", None),
    ("README.md", None),
]


def test_places() -> None:
    """Each file of the fleet belongs where its authors meant it to."""
    assert len(PLACES) >= 10, "no cases found"
    for path, expected in PLACES:
        assert expected == place(path), path


def test_people_are_invented() -> None:
    """Nobody who commits has an address that could be somebody's."""
    ours = {one.email for one in HUMANS}

    assert all(email.endswith(f"@{DOMAIN}") for email in ours)
    assert DOMAIN.endswith(".example")
    assert all(
        one.email.endswith((f"@{DOMAIN}", "@users.noreply.github.com", "noreply@github.com"))
        for one in (*BOTS, WEB_FLOW)
    )


def test_the_traps_are_set() -> None:
    """A person looks like a bot, a bot like a person, and a service like an environment."""
    assert any(one.name.endswith("Abbot") for one in HUMANS)
    assert any("[bot]" not in one.name for one in BOTS)
    assert any(name.startswith(site) for name in (one.name for one in SERVICES) for site in SITES)


def test_services_run_where_the_company_has_them() -> None:
    """Every environment runs known services only, and the first two run all of them."""
    names = {one.name for one in SERVICES}

    assert 8 <= len(names) <= 10
    assert {Packaging.HELM, Packaging.KUSTOMIZE} == {one.packaging for one in SERVICES}
    assert all(set(site.services) <= names for site in SITES.values())
    assert names == set(SITES["staging"].services) == set(SITES["production"].services)
    assert 9000 == service("production-planner").port
