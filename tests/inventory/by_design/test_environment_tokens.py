import pytest

from driftline.inventory.by_design.environment_tokens import Tokens, learnt, names_of, words_in

STAGING, PRODUCTION = frozenset({"staging", "stg"}), frozenset({"production", "prod"})
TOKENS = Tokens(STAGING, PRODUCTION)

NAMED = [
    ("shop-staging", "shop-production", True, "each names its own"),
    ("https://staging.shop.example", "https://shop.example", True, "production needs no word"),
    ("staging", "production", True, "a name and nothing else"),
    ("./clusters/stg/apps", "./clusters/prod/apps", True, "other spellings"),
    ("shop-production", "shop-staging", False, "each names the other"),
    ("shop-staging", "store-production", False, "something else differs too"),
    ("shop.v1", "shop-v1", False, "only the spelling differs"),
    ("20", "250", False, "no word at all"),
]


@pytest.mark.parametrize(("left", "right", "expected", "why"), NAMED)
def test_values_name_their_environment(*, left: str, right: str, expected: bool, why: str) -> None:
    """Values that differ only in the words for their own environments are recognised."""
    assert expected == TOKENS.are_named(left, right), why


BOTH = [
    ("values/staging/web.yaml", "env/production/web.yaml", True),
    ("values/staging/web.yaml", "values/web.yaml", False),
    ("staging-to-production", "production", False),
]


@pytest.mark.parametrize(("left", "right", "expected"), BOTH)
def test_each_side_names_itself(*, left: str, right: str, expected: bool) -> None:
    """Each value has its own side's word and none of the other's."""
    assert expected == TOKENS.are_both_named(left, right)


def test_names_include_other_spellings() -> None:
    """The words of an environment are those of its name and the known spellings of them."""
    words = frozenset({"prod", "production", "staging"})

    assert frozenset({"production", "prod", "eu", "west"}) == names_of(
        "production/eu-west-1", words
    )


DOMAINS = [
    ("shop.test", "shop.cloud"),
    ("api.shop.test", "api.shop.cloud"),
    ("mail@shop.test", "mail@shop.cloud"),
]


def test_a_binding_is_learnt_from_three_values() -> None:
    """Where one word stands for another in three values, both are names of their environments."""
    tokens = learnt(TOKENS, DOMAINS)

    assert frozenset({("test", "cloud")}) == tokens.bindings
    assert tokens.are_named("static-shop-test", "static-shop-cloud")


def test_two_values_teach_nothing() -> None:
    """Two values are a coincidence, however often each is used."""
    tokens = learnt(TOKENS, [*DOMAINS[:2], *DOMAINS[:2]])

    assert frozenset() == tokens.bindings


def test_two_values_suffice_beside_a_name() -> None:
    """Where the other side's word is its own name already, two values suffice."""
    tokens = learnt(TOKENS, [("shop-test-tls", "shop-production-tls"), ("a-test", "a-production")])

    assert frozenset({("test", "production")}) == tokens.bindings


def test_a_word_that_stands_on_either_side_names_neither() -> None:
    """What is on the left here and on the right there is no name of an environment."""
    tokens = learnt(TOKENS, [*DOMAINS, ("x.cloud", "x.test")])

    assert frozenset() == tokens.bindings


def test_numbers_are_learnt_only_inside_names() -> None:
    """Versions and counts that differ thrice teach nothing; numbered names do."""
    counts = [("a 2", "a 3"), ("b 2", "b 3"), ("c 2", "c 3")]
    names = [(f"projects/shop-2/{one}", f"projects/shop-3/{one}") for one in ("aa", "bb", "cc")]

    assert frozenset() == learnt(TOKENS, counts).bindings
    assert frozenset({("2", "3")}) == learnt(TOKENS, names).bindings


def test_words_of_a_value() -> None:
    """Words are what stands between marks, in lower case."""
    assert ["https", "api", "eu2", "example"] == words_in("https://API.eu2.example")
