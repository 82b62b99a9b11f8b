"""A page read back as a browser would take it: its elements, ids, links and text."""

from html.parser import HTMLParser

_VOID = {"meta", "input", "br", "col", "wbr", "rect", "line", "path"}


class PageReader(HTMLParser):
    """What a page holds; `unclosed` is empty where every element ends where it should."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.unclosed: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins; words of two elements are two words."""
        self._part(tag)
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of a picture, without an end of its own."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the one that began last."""
        self._part(tag)
        if not self.unclosed or self.unclosed.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        """Text; style and script are none."""
        if not {"style", "script"} & set(self.unclosed[-1:]):
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if tag != "wbr":
            self.words.append(" ")

    @property
    def text(self) -> str:
        """What is read of it, with runs of spaces as one."""
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this name."""
        return [attributes for tag, attributes in self.elements if tag == name]

    def ids(self) -> list[str]:
        """Every id, in the order of the page."""
        return [value for _, one in self.elements if (value := one.get("id"))]
