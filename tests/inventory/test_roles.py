import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftline.inventory.roles import object_role, without_words

WORDS = frozenset({"staging", "production"})

KEYS = [
    ("Deployment/web", "Deployment/web"),
    ("Deployment/shop/web", "Deployment/web"),
    ("Deployment/shop-staging/web", "Deployment/web"),
    ("Namespace/shop-staging", "Namespace/shop"),
    ("Service/web-production-green", "Service/web-green"),
    ("Service/Staging.web", "Service/web"),
    ("Service/productionish", "Service/productionish"),
    ("Namespace/staging", "Namespace/staging"),
]


@pytest.mark.parametrize(("key", "expected"), KEYS)
def test_a_role_is_free_of_its_environment(key: str, expected: str) -> None:
    """An object's role is its kind and name without namespace and environment words."""
    assert expected == object_role(key, WORDS)


@given(st.lists(st.sampled_from(["api", "staging", "Production", "v2"]), min_size=1, max_size=4))
def test_siblings_have_one_role(tokens: list[str]) -> None:
    """Taking the words out twice takes out no more, and always leaves a name."""
    name = "-".join(tokens)
    bare = without_words(name, WORDS)

    assert bare
    assert bare == without_words(bare, WORDS)
