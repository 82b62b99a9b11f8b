import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.roles import Named, object_roles, without_words

WORDS = {
    "staging": {"staging", "stg"},
    "production/eu": {"production", "prod", "eu"},
    "production/us": {"production", "prod", "us"},
}
ALL = frozenset(word for words in WORDS.values() for word in words)

# Objects by environment, and the roles they come to.
CASES = [
    (
        "a word tells the environment",
        ["staging Deployment/web-staging", "production/eu Deployment/web-prod"],
        ["Deployment/web", "Deployment/web"],
    ),
    (
        "or only one side has it",
        ["staging Deployment/web-staging", "production/eu Deployment/web"],
        ["Deployment/web", "Deployment/web"],
    ),
    (
        "regions together",
        ["staging Job/a-staging", "production/eu Job/a-prod", "production/us Job/a-prod"],
        ["Job/a", "Job/a", "Job/a"],
    ),
    (
        "the namespace does not count",
        ["staging Service/shop-staging/web", "production/eu Service/shop/web"],
        ["Service/web", "Service/web"],
    ),
    (
        "a namespace as an object",
        ["staging Namespace/shop-staging", "production/eu Namespace/shop-production"],
        ["Namespace/shop", "Namespace/shop"],
    ),
    (
        "a name that staging has as well",
        ["staging Job/production-sync", "production/eu Job/production-sync"],
        ["Job/production-sync", "Job/production-sync"],
    ),
    (
        "a name without a sibling",
        ["production/eu Job/production-planner", "staging Job/other"],
        ["Job/production-planner", "Job/other"],
    ),
    (
        "nor has a region one",
        ["production/eu Job/prod-a", "production/us Job/prod-a"],
        ["Job/prod-a", "Job/prod-a"],
    ),
    (
        "two that would be one",
        ["production/eu Job/a", "production/eu Job/prod-a", "staging Job/a"],
        ["Job/a", "Job/prod-a", "Job/a"],
    ),
    (
        "another environment's word",
        ["staging Job/a-production", "production/eu Job/a"],
        ["Job/a-production", "Job/a"],
    ),
    (
        "other kinds are others",
        ["staging Job/a-staging", "production/eu CronJob/a-prod"],
        ["Job/a-staging", "CronJob/a-prod"],
    ),
]


@pytest.mark.parametrize(("why", "objects", "expected"), CASES, ids=lambda one: str(one)[:40])
def test_roles_are_free_of_their_environment(
    why: str, objects: list[str], expected: list[str]
) -> None:
    """A name loses its environment's word only where that finds its sibling."""
    named = [Named(*one.split(" ")) for one in objects]

    assert expected == object_roles(named, WORDS), why


BARE = [
    ("web-staging", "web"),
    ("staging.web", "web"),
    ("web-production-green", "web-green"),
    ("productionish", "productionish"),
    ("staging", "staging"),
    ("Web_Staging", "Web"),
    ("staging-production", "staging-production"),
    ("web--staging", "web-"),
]


@pytest.mark.parametrize(("name", "expected"), BARE)
def test_words_are_whole_tokens(name: str, expected: str) -> None:
    """Only whole tokens of a name are taken out, and never all of them."""
    assert expected == without_words(name, ALL)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("web-eu-west-1", "web"), ("eu-west-1-web", "web"), ("eu-west-2", "eu-west-2")],
)
def test_a_word_may_have_several_tokens(name: str, expected: str) -> None:
    """A region's name is taken out as a whole."""
    assert expected == without_words(name, {"eu-west-1"})


@given(st.lists(st.sampled_from(["api", "staging", "Production", "v2"]), min_size=1, max_size=4))
def test_taking_words_out_twice_takes_no_more(tokens: list[str]) -> None:
    """What is left is a name without the words, or the words alone."""
    name = "-".join(tokens)
    bare = without_words(name, ALL)

    assert bare
    assert bare == without_words(bare, ALL)


OBJECTS = st.lists(
    st.builds(
        Named,
        st.sampled_from(sorted(WORDS)),
        st.sampled_from(["Job/a", "Job/a-staging", "Job/prod-a", "Job/production-a", "Job/b"]),
    ),
    max_size=6,
    unique=True,
)


@given(OBJECTS)
def test_objects_of_one_environment_never_become_one(objects: list[Named]) -> None:
    """Two objects of different names in one environment have different roles."""
    roles = object_roles(objects, WORDS)
    claims = [(one.environment, role) for one, role in zip(objects, roles, strict=True)]

    assert len(claims) == len(set(claims))
