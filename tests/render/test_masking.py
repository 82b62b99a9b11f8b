import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftline.model.answers.parity import ActorRef
from driftline.render.html.document import html_of
from driftline.render.json_text import json_text
from driftline.render.masking import Masks, masked
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import TREND, full_scan

# Long enough that none of them stands in the page by accident, and begun as no
# word is: words of our own code are among what is tried.
words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=10, max_size=18).map("zq{}".format)
hosts = st.builds("{}.{}.example".format, words, words)
people = st.builds("{} {}".format, words.map(str.title), words.map(str.title))
values = st.one_of(words, hosts, hosts.map("https://{}/x".format), st.integers(10**11, 10**12))


@settings(max_examples=25, deadline=None)
@given(person=people, mail=words, host=hosts, left=values, right=values)
def test_nothing_that_was_masked_is_left(
    person: str, mail: str, host: str, left: object, right: object
) -> None:
    """No person, e-mail, host or value of the scan occurs in what is shared."""
    one = full_scan()
    row = msgspec.structs.replace(
        one.divergences[1],
        role=f"web/{host}",
        path=f"/hosts/[name={host}]/{mail}@{host}/{person}",
        left_value=left,
        right_value={"to": right},
        reason=f"{person} said {left}",
        subject=f"{host} by {person}",
        actor=ActorRef(person, "human"),
        approved_by=person.upper(),
        owner=f"{mail}@{host}",
        left_file=f"hosts/{host}/values.yaml",
    )
    shared, trend = masked(
        msgspec.structs.replace(one, divergences=(row, *one.divergences), notes=(person,)), TREND
    )
    for text in (html_of(shared, trend, is_shared=True), json_text(shared)):
        found = [
            secret
            for secret in (person, mail, host, str(left), str(right))
            if secret.lower() in text.lower()
        ]

        assert [] == found


def test_the_sample_s_people_and_repositories_are_gone() -> None:
    """Names, subjects, files and places on disk do not survive."""
    one = full_scan()
    text = PageReader(html_of(*masked(one, TREND), is_shared=True)).text

    for secret in ("Ana", "Lopes", "shop-deploy", "registry.example.com", "incident", "secrets/"):
        assert secret not in text, secret
    assert "checkout" in text
    assert "/resources/limits/memory" in text


def test_the_same_value_has_the_same_name() -> None:
    """What was equal looks equal, and what was not does not."""
    masks = Masks()

    assert masks.value("a") == masks.value("a")
    assert masks.value("1") != masks.value(1)
    assert masks.value({"a": 1}) == masks.value({"a": 1})


@pytest.mark.parametrize("value", [True, False, None])
def test_yes_no_and_nothing_stay(value: object) -> None:
    """A switch says nothing about anybody."""
    assert value is Masks().value(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/metadata/annotations/argocd.argoproj.io~1sync-wave", None),
        ("/data/config.yaml", None),
        ("/image/tag", None),
        ("/a/10.0.0.1", "/a/address 1"),
        ("/a/fe80::1", "/a/address 1"),
        ("/rules/[host=a.example.com]/x", "/rules/[host=host 1]/x"),
        ("/x/me@example.com", "/x/address 1"),
        ("see https://example.com/a?b=c", "see address 1"),
    ],
)
def test_kept_texts_lose_what_they_name(text: str, expected: str | None) -> None:
    """Hosts, addresses and e-mails inside a path go; public names of features and files stay."""
    assert (expected or text) == Masks().text(text)


def test_an_author_and_an_approver_are_one_person() -> None:
    """Somebody has one name, in whichever part they appear."""
    masks = Masks()

    assert masks.name("human", "Ana Lopes") == masks.name("human", "ana lopes")
    assert ActorRef("bot 1", "bot") == masks.actor(ActorRef("renovate[bot]", "bot"))


def test_what_was_judged_unknown_stays_judged() -> None:
    """Kinds survive, unknown too, although the reasons do not."""
    one = full_scan()
    shared = masked(one)[0]

    assert [row.kind for row in one.divergences] == [row.kind for row in shared.divergences]
    assert "not judged" not in PageReader(html_of(shared)).text
