"""References come out as their styles write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.bibliography import Style, cite
from db.sources import SourceDraft
from db.vocabulary import SourceKind

_POST = SourceDraft(
    "More ISIS Lies from the Taliban", SourceKind.POST, "https://x.com/TPASarah/status/1",
    "https://archive.org/x", "Sarah Adams (@TPASarah)", "X", "2025-10-05", "2025-11-20",
)  # fmt: skip
_ARTICLE = SourceDraft(
    "Who killed Burhan?",
    SourceKind.ARTICLE,
    author="Adams, Sarah Jane; Khan, Ali",
    publisher="The News",
    published_on="2025-11",
)
_REPORT = SourceDraft("Thirty-sixth report", SourceKind.REPORT, publisher="United Nations", published_on="2025")


@pytest.mark.parametrize(
    ("source", "style", "reference"),
    [
        (_POST, Style.DESK, ("Sarah Adams (@TPASarah): “More ISIS Lies from the Taliban”. X, 5 October 2025. "
            "https://x.com/TPASarah/status/1 Archived: https://archive.org/x Accessed 20 November 2025.")),
        (_POST, Style.CHICAGO, ("Sarah Adams (@TPASarah), “More ISIS Lies from the Taliban,” X, October 5, 2025, "
            "https://x.com/TPASarah/status/1, archived at https://archive.org/x, accessed November 20, 2025.")),
        (_POST, Style.APA, ("Sarah Adams [@TPASarah]. (2025, October 5). More ISIS Lies from the Taliban [Post]. X. "
            "Retrieved November 20, 2025, from https://x.com/TPASarah/status/1 Archived at https://archive.org/x")),
        (_POST, Style.GOST, ("Sarah Adams [@TPASarah]. More ISIS Lies from the Taliban [Электронный ресурс] // X. 05.10.2025. "
            "URL: https://x.com/TPASarah/status/1 (дата обращения: 20.11.2025). Архивная копия: https://archive.org/x")),
        (_ARTICLE, Style.DESK, "Sarah Jane Adams and Ali Khan: “Who killed Burhan?” The News, November 2025."),
        (_ARTICLE, Style.CHICAGO, "Sarah Jane Adams and Ali Khan, “Who killed Burhan?” The News, November 2025."),
        (_ARTICLE, Style.APA, "Adams, S. J., & Khan, A. (2025, November). Who killed Burhan? The News."),
        (_ARTICLE, Style.GOST, "Adams S. J., Khan A. Who killed Burhan? // The News. 11.2025."),
        (_REPORT, Style.CHICAGO, "Thirty-sixth report (United Nations, 2025)."),
        (_REPORT, Style.APA, "Thirty-sixth report. (2025). United Nations."),
        (SourceDraft("Bare"), Style.DESK, "“Bare”."),
        (SourceDraft("Bare"), Style.CHICAGO, "“Bare.”"),
        (SourceDraft("Bare"), Style.APA, "Bare. (n.d.)."),
        (SourceDraft("Bare"), Style.GOST, "Bare."),
    ],
)  # fmt: skip
def test_a_reference_is_written_as_its_style_has_it(source: SourceDraft, style: Style, reference: str) -> None:
    assert cite(source, style) == reference


def test_words_from_right_to_left_are_isolated_from_what_stands_around_them() -> None:
    source = SourceDraft("برہان کون تھا", author="وزارت اطلاعات (@MoIB)", publisher="ڈان", published_on="2025-11-17")
    assert cite(source, Style.DESK) == (
        "\u2068وزارت اطلاعات (@MoIB)\u2069: \u2068“برہان کون تھا”\u2069. \u2068ڈان\u2069, 17 November 2025."
    )


def test_a_date_that_is_not_exact_keeps_its_words() -> None:
    assert cite(SourceDraft("T", published_on="early 2025"), Style.APA) == "T. (early 2025)."
    assert cite(SourceDraft("T", published_on="2025-11-17/2025-11-19"), Style.DESK) == "“T”. 2025-11-17/2025-11-19."


_FIELDS = ("title", "url", "archived_url", "author", "publisher", "published_on", "accessed_on")


@given(
    st.fixed_dictionaries({name: st.text(max_size=20) for name in _FIELDS}),
    st.sampled_from(Style),
    st.sampled_from(SourceKind),
)
def test_any_source_can_be_cited_in_one_line_of_the_parts_it_has(
    fields: dict[str, str], style: Style, kind: SourceKind
) -> None:
    fields["title"] = f"Title {fields['title']}"
    reference = cite(SourceDraft(kind=kind, **fields), style)
    assert "Title" in reference
    assert len(reference.splitlines()) == 1
    for name in ("url", "archived_url"):
        assert " ".join(fields[name].split()) in reference
