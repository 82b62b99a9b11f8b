"""Environments keep the names they have, and one name if they have several."""

from driftline.inventory.layout.infer import infer
from driftline.model.placing import FileCard


def names(*cards: FileCard) -> list[str]:
    """The environments of some files."""
    return [one.name for one in infer(cards, repository="shop").environments]


def test_as_spelled() -> None:
    """A name is not made canonical."""
    assert ["PROD", "stg"] == names(FileCard("env/PROD/a.yaml"), FileCard("env/stg/a.yaml"))


def test_most_used() -> None:
    """Of several spellings, the one of most living files is shown."""
    cards = [
        FileCard("k8s/prod/a.yaml"),
        FileCard("k8s/staging/a.yaml"),
        FileCard("old/production/a.yaml", alive=False),
        FileCard("old/production/b.yaml", alive=False),
        FileCard("old/staging/a.yaml", alive=False),
    ]

    assert ["prod", "staging"] == names(*cards)


def test_divided() -> None:
    """An environment with regions is listed by them, with its dimensions."""
    cards = [FileCard(f"prod/{region}/a.yaml") for region in ("eu-west-1", "us-east-1")]
    (first, _) = infer(cards, repository="shop").environments

    assert "prod/eu-west-1" == first.name
    assert (("environment", "prod"), ("region", "eu-west-1")) == first.dimensions
