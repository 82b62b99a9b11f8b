import msgspec

from driftline.render.html.basis import basis_section, pair_section, reading_section
from tests.render.html.page_reader import PageReader
from tests.render.html.sample_page import full_scan
from tests.render.samples import scan


def test_gaps_and_questions_are_listed() -> None:
    """What could not be read has its reason, what is unclear the line that decides it."""
    text = PageReader(basis_section(full_scan())).text

    assert "3 gaps: 2 x a template, not rendered; 1 x encrypted with sops" in text
    assert 'environments = ["alpha", "bravo"]' in text
    assert "one chart was not found" in text


def test_no_gaps_is_said() -> None:
    """Where all was read, the page says so."""
    page = basis_section(msgspec.structs.replace(scan(), gaps=()))

    assert "there are no gaps" in PageReader(page).text


def test_pairs_have_plain_counts() -> None:
    """Beside the share stands what it is a share of."""
    text = PageReader(pair_section(full_scan())).text

    assert "279 77 %" in text
    assert "There are not two environments" in PageReader(pair_section(scan(pairs=[]))).text


def test_a_shared_page_says_that_it_is_masked() -> None:
    """A reader of a masked page knows that names are not the real ones."""
    assert "replaced by numbered names" in PageReader(reading_section(is_shared=True)).text
    assert "replaced by numbered names" not in PageReader(reading_section(is_shared=False)).text
