"""The rules W1 to I2 of UAX #9 for one isolating run sequence, and the paired brackets."""

from __future__ import annotations

from dataclasses import dataclass

_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩"
    "〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | {"\u2329": "\u3009"}
CANONICAL = {close: close for close in CLOSING.values()} | {"\u232a": "\u3009"}
_MIRRORED = _PAIRS + "«»‹›<>≤≥≪≫"
MIRROR = dict(zip(_MIRRORED[::2], _MIRRORED[1::2], strict=True)) | dict(
    zip(_MIRRORED[1::2], _MIRRORED[::2], strict=True)
)

_NEUTRAL = frozenset("BSwoijfd()")
_DIRECTION = {"L": "L", "R": "R", "E": "R", "N": "R"}
_DEEPEST_BRACKET = 63


@dataclass(slots=True)
class Chain:
    """The runs of one isolating run sequence: their class letters, texts, and which are marks."""

    types: list[str]
    texts: list[str]
    marks: list[bool]
    level: int
    sos: str
    eos: str

    def levels(self) -> list[int]:
        """The resolved level of each run."""
        self._marks_and_digits()
        self._separators()
        self._terminators()
        self._latin_digits()
        self._brackets()
        self._neutrals()
        raised = {"L": 1, "R": 0, "E": 1, "N": 1} if self.level & 1 else {"L": 0, "R": 1, "E": 2, "N": 2}
        return [self.level + raised[kind] for kind in self.types]

    def _marks_and_digits(self) -> None:
        """W1 to W3."""
        previous = strong = self.sos
        for i, kind in enumerate(self.types):
            if kind != "m":
                previous = kind
            elif previous in "ijfd()":
                previous = "o"
            if previous in "LRA":
                strong = previous
            number = "N" if strong == "A" else "E"
            self.types[i] = {"A": "R", "E": number}.get(previous, previous)

    def _separators(self) -> None:
        """W4: only a single separator joins two numbers."""
        types = self.types
        for i in range(1, len(types) - 1):
            if types[i] not in "+," or types[i - 1] != types[i + 1] or len(self.texts[i]) > 1:
                continue
            if types[i - 1] == "E" or (types[i - 1] == "N" and types[i] == ","):
                types[i] = types[i - 1]

    def _terminators(self) -> None:
        """W5 and W6."""
        types = self.types
        start = 0
        while start < len(types):
            end = start
            while end < len(types) and types[end] == "#":
                end += 1
            if end > start and "E" in (*types[max(start - 1, 0) : start], *types[end : end + 1]):
                types[start:end] = ["E"] * (end - start)
            start = end + 1
        self.types = ["o" if kind in "#+," else kind for kind in types]

    def _latin_digits(self) -> None:
        """W7."""
        strong = self.sos
        for i, kind in enumerate(self.types):
            if kind in "LR":
                strong = kind
            elif kind == "E" and strong == "L":
                self.types[i] = "L"

    def _brackets(self) -> None:
        """N0: both brackets of a pair get one direction, that of what they enclose."""
        embedding = "LR"[self.level & 1]
        for start, end in self._pairs():
            inner = {_DIRECTION[k] for k in self.types[start + 1 : end] if k in _DIRECTION}
            if not inner:
                continue
            direction = embedding if embedding in inner else self._context(start)
            for bracket in (start, end):
                self.types[bracket] = direction
                after = bracket + 1
                while after < len(self.types) and self.marks[after]:
                    self.types[after] = direction
                    after += 1

    def _pairs(self) -> list[tuple[int, int]]:
        """BD16."""
        stack: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for i, kind in enumerate(self.types):
            if kind == "(":
                if len(stack) == _DEEPEST_BRACKET:
                    break
                close = CLOSING[self.texts[i]]
                stack.append((CANONICAL[close], i))
            elif kind == ")":
                close = CANONICAL[self.texts[i]]
                depth = next((d for d in range(len(stack))[::-1] if stack[d][0] == close), None)
                if depth is not None:
                    pairs.append((stack[depth][1], i))
                    del stack[depth:]
        return sorted(pairs)

    def _context(self, start: int) -> str:
        places = range(start - 1, -1, -1)
        return next((_DIRECTION[k] for k in map(self.types.__getitem__, places) if k in _DIRECTION), self.sos)

    def _neutrals(self) -> None:
        """N1 and N2."""
        types = self.types
        start = 0
        while start < len(types):
            end = start
            while end < len(types) and types[end] in _NEUTRAL:
                end += 1
            if end > start:
                before = _DIRECTION[types[start - 1]] if start else self.sos
                after = _DIRECTION[types[end]] if end < len(types) else self.eos
                direction = before if before == after else "LR"[self.level & 1]
                types[start:end] = [direction] * (end - start)
            start = end + 1
