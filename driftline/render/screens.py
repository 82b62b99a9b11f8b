"""Which screen shows which answer."""

from driftline.model.answers.check import CheckAnswer
from driftline.model.answers.decisions import DecisionsAnswer
from driftline.model.answers.history import History
from driftline.model.answers.layout import LayoutAnswer
from driftline.model.answers.observed import Observed
from driftline.model.answers.parity import Comparison
from driftline.model.answers.promotions import PromotionsAnswer
from driftline.model.answers.scan import Scan
from driftline.model.answers.sources import SourcesAnswer
from driftline.model.answers.spells import SpellsAnswer
from driftline.model.answers.trend import TrendAnswer
from driftline.render.lines import Line
from driftline.render.page import Page

Answer = (
    Scan
    | Comparison
    | History
    | LayoutAnswer
    | Observed
    | SpellsAnswer
    | PromotionsAnswer
    | TrendAnswer
    | DecisionsAnswer
    | CheckAnswer
    | SourcesAnswer
)
_INSTANTS_SHOWN_MAX = 40
# Headings and notes take their lines too.
_MARGIN_LINES = 8


def screen(answer: Answer, page: Page, *, every_row: bool = False) -> list[Line]:
    """The answer as lines within the page's width; `every_row` cuts no rows away."""
    # Each screen is loaded only when it is shown: start-up is felt every time.
    match answer:
        case Scan() if answer.since_last_look is not None:
            from driftline.render.status_screen import status_lines

            return status_lines(answer, page, every_row=every_row)
        case Scan():
            from driftline.render.terminal_report import report_lines

            return report_lines(answer, page, every_row=every_row)
        case Comparison() if answer.files is not None:
            from driftline.render.side_by_side_table import side_by_side_lines

            return side_by_side_lines(answer, page)
        case Comparison():
            from driftline.render.comparison_table import comparison_lines

            return comparison_lines(answer, page, every_row=every_row)
        case History():
            from driftline.render.history_timeline import history_lines

            return history_lines(answer, page, most=0 if every_row else _INSTANTS_SHOWN_MAX)
        case LayoutAnswer():
            from driftline.render.layout_table import layout_lines

            return layout_lines(answer, page, every_file=every_row)
        case Observed():
            from driftline.render.observed_lines import observed_lines

            return observed_lines(answer, page)
        case DecisionsAnswer():
            from driftline.render.decisions_table import decisions_lines

            return decisions_lines(answer, page)
        case CheckAnswer():
            from driftline.render.check_table import check_lines

            return check_lines(answer, page, every_row=every_row)
        case TrendAnswer():
            from driftline.render.trend_chart import trend_lines

            return trend_lines(answer, page, every_row=every_row)
        case SourcesAnswer():
            from driftline.render.sources_screen import sources_lines

            return sources_lines(answer, page)
        case SpellsAnswer():
            from driftline.render.spells_table import spells_lines

            return spells_lines(answer, page, most=0 if every_row else page.height - _MARGIN_LINES)
        case PromotionsAnswer():
            from driftline.render.promotions_table import promotions_lines

            most = 0 if every_row else page.height - _MARGIN_LINES
            return promotions_lines(answer, page, most=most)
