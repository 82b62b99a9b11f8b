"""Which resource continued as which other one."""

import time

import pytest

from driftline.inventory.succession import Begun, Ended, similarity, successors

WEB = {"/image": '"web:1"', "/replicas": "3", "/host": '"web.example.com"', "/port": "80"}
API = {"/image": '"api:7"', "/replicas": "3", "/host": '"api.example.com"', "/port": "81"}


def _ended(resource: int, file: str, facts: dict[str, str], position: int = 5) -> Ended:
    return Ended(resource, file, "", "plain", position, facts)


def _begun(resource: int, file: str, facts: dict[str, str], position: int = 5) -> Begun:
    return Begun(resource, file, "", "plain", position, facts)


def _links(ended: list[Ended], begun: list[Begun]) -> list[tuple[int, int]]:
    return [(one.old, one.new) for one in successors(ended, begun)]


def test_a_renamed_file() -> None:
    """A file that ended and one with the same facts that began are one series."""
    (found,) = successors([_ended(1, "old/web.yaml", WEB)], [_begun(2, "new/web.yaml", WEB)])

    assert (1, 2, 5, 1.0) == (found.old, found.new, found.position, found.similarity)
    assert "100% of the facts are equal, both files are called web.yaml" in found.evidence


def test_a_renamed_file_that_was_edited() -> None:
    """A few facts may change on the way, more of them where the name stayed."""
    edited = {**WEB, "/image": '"web:2"'}

    assert [(1, 2)] == _links([_ended(1, "a/web.yaml", WEB)], [_begun(2, "b/web.yaml", edited)])
    assert [] == _links([_ended(1, "a/web.yaml", WEB)], [_begun(2, "b/other.yaml", edited)])


def test_different_things_are_not_joined() -> None:
    """What is merely of the same shape is no successor."""
    assert [] == _links([_ended(1, "web.yaml", WEB)], [_begun(2, "api.yaml", API)])


def test_a_migration_keeps_environments_apart() -> None:
    """Where the files of two environments are alike, the folders tell who moved where."""
    ended = [_ended(1, "env/staging/web.yaml", WEB), _ended(2, "env/production/web.yaml", WEB)]
    begun = [
        _begun(3, "environments/production/web.yaml", WEB),
        _begun(4, "environments/staging/web.yaml", WEB),
    ]

    assert [(1, 4), (2, 3)] == _links(ended, begun)


def test_equal_candidates_are_not_guessed() -> None:
    """Where two fit equally well, nobody is chosen."""
    begun = [_begun(2, "x/web.yaml", WEB), _begun(3, "y/web.yaml", WEB)]

    assert [] == _links([_ended(1, "a/web.yaml", WEB)], begun)


@pytest.mark.parametrize(("apart", "expected"), [(0, True), (30, True), (51, False)])
def test_both_layouts_alive_for_a_while(apart: int, expected: bool) -> None:  # noqa: FBT001
    """A successor may begin some looks before the old one ends, but not ages before."""
    found = _links([_ended(1, "a/web.yaml", WEB, 100)], [_begun(2, "b/web.yaml", WEB, 100 - apart)])

    assert expected == bool(found)


def test_small_files_need_a_name() -> None:
    """Two facts are too few to recognise anything by, unless the file kept its name."""
    small = {"/x": "1", "/y": "2"}

    assert [] == _links([_ended(1, "a/one.yaml", small)], [_begun(2, "b/two.yaml", small)])
    assert [(1, 2)] == _links([_ended(1, "a/one.yaml", small)], [_begun(2, "b/one.yaml", small)])


def test_another_kind_is_another_thing() -> None:
    """A compose file never continues a Kubernetes object."""
    old = Ended(1, "a.yaml", "", "plain", 5, WEB)
    new = Begun(2, "b/a.yaml", "", "compose", 5, WEB)

    assert () == successors([old], [new])


def test_similarity_is_a_share() -> None:
    """Equal facts count once among all facts of both."""
    assert 1.0 == similarity({}, {})
    assert 0.0 == similarity(WEB, {})
    assert similarity(WEB, API) == similarity(API, WEB)


def test_many_files_at_once() -> None:
    """A move of thousands of files in one look is found in a moment."""
    facts = [{**WEB, "/image": f'"svc-{number}:1"', "/n": str(number)} for number in range(2_000)]
    ended = [_ended(number, f"old/{number}/v.yaml", one) for number, one in enumerate(facts)]
    begun = [
        _begun(number + 10_000, f"new/{number}/v.yaml", one) for number, one in enumerate(facts)
    ]
    started = time.process_time()

    found = _links(ended, begun)

    assert [(number, number + 10_000) for number in range(2_000)] == found
    assert 3.0 > time.process_time() - started
