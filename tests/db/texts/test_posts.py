"""A pasted post tells who made it, when, and what it says; nothing that it says is lost."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.texts import bylines, posts
from db.texts.posts import Platform, Post

FIRST = """🔎 Fact Check
— Fact Checker MoIB (@FactCheckerMoIB) November 17, 2025
🟠 Claim:
Zalmay Khalilzad tweet claimed that a senior ISIS-Khorasan commander, Burhan alias Zaid, has been killed in the Pethak area of Akhtarabad in Punjab, Pakistan implying the presence and activity of ISIS-K elements inside the province.
✅ Reality:
▪ The… pic.twitter.com/rRsEiGNQvl"""
SECOND = """More ISIS Lies from the Taliban
— Sarah Adams (@TPASarah) October 5, 2025
So, for more than a day now, the Taliban’s General Directorate of Intelligence (GDI) Propaganda Commission (yup, that’s a real office)—via their Al-Marsad mouthpiece—has been peddling the nonsense that a senior ISKP member named Hasan was killed… pic.twitter.com/xRRaXDd1rU"""
THIRD = """One of the Taliban’s favorite lies is that they pushed Islamic State—Khorasan Province (ISKP) out of Afghanistan. You’ll even hear some U.S. officials repeat it—though the more careful ones hedge, saying there are still "remnants" the Taliban is struggling with in the east. The… pic.twitter.com/ue8BBIlh19
— Sarah Adams (@TPASarah) April 3, 2025"""
ARTICLE = f"""Officials emphasized that Burhan had no connection to ISKP, near Nai Sabzi Mandi, Habibabad.
{FIRST}
In another strand of disinformation propagated by Al-Mirsad, Sarah Adams directly challenged the narrative.
{SECOND}
Historical Trajectory: The Attempt to Link ISKP to Pakistan
Efforts to connect ISKP to Pakistan are not new. She warned that such misdirection only strengthens networks.
{THIRD}
The Pakistan–Afghanistan Militant Nexus: Cooperation vs. Deflection
Militancy remains a shared and enduring threat for both Pakistan and Afghanistan."""


def test_the_embeds_of_an_article_are_found_and_come_out_right() -> None:
    found = posts.find(ARTICLE)
    assert [ARTICLE[each.start : each.stop] for each in found] == [FIRST, SECOND, THIRD]
    first, second, third = (each.post for each in found)
    assert first == Post(
        "Fact Checker MoIB",
        "FactCheckerMoIB",
        "2025-11-17",
        FIRST.replace("— Fact Checker MoIB (@FactCheckerMoIB) November 17, 2025\n", "").removesuffix(
            " pic.twitter.com/rRsEiGNQvl"
        ),
        ("pic.twitter.com/rRsEiGNQvl",),
        cut_off=True,
        platform=Platform.X,
    )
    assert (second.author, second.handle, second.posted_on, second.cut_off) == (
        "Sarah Adams",
        "TPASarah",
        "2025-10-05",
        True,
    )
    assert second.text.startswith("More ISIS Lies from the Taliban\nSo, for more")
    assert second.text.endswith("Hasan was killed…")
    assert (third.posted_on, third.text) == ("2025-04-03", THIRD.split(" pic.twitter", maxsplit=1)[0])


@pytest.mark.parametrize("text", [FIRST, SECOND, THIRD])
def test_an_embed_alone_reads_as_it_does_in_an_article(text: str) -> None:
    assert posts.parse(text) in [each.post for each in posts.find(ARTICLE)]


@pytest.mark.parametrize(
    "text",
    [
        "Sarah Adams\n@TPASarah\nMore lies 🟠\nof the Taliban\n8:15 PM · Nov 17, 2025 · 1.2M Views",
        "Sarah Adams @TPASarah · Nov 17, 2025\nMore lies 🟠\nof the Taliban",
        "Sarah Adams\n@TPASarah\n·\nNov 17, 2025\nMore lies 🟠\nof the Taliban",
        "More lies 🟠\nof the Taliban\n— Sarah Adams (@TPASarah) 17 November 2025",
        "More lies 🟠\n— Sarah Adams (@TPASarah) November 17, 2025\nof the Taliban",
        "\u200fMore lies 🟠\nof the Taliban\n— \u2067Sarah Adams\u2069 (@TPASarah) \u200f۱۷ نوامبر ۲۰۲۵".removeprefix(
            "\u200f"
        ),
    ],
)
def test_a_post_of_x_however_it_is_copied(text: str) -> None:
    post = posts.parse(text)
    assert (post.byline, post.posted_on, post.platform) == ("Sarah Adams (@TPASarah)", "2025-11-17", Platform.X)
    assert (post.text, post.cut_off) == ("More lies 🟠\nof the Taliban", False)


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("المرصاد, [17.11.2025 20:15]\nنص الخبر", Platform.TELEGRAM),
        ("المرصاد, [17 نوفمبر 2025 20:15]\nنص الخبر", Platform.TELEGRAM),
        ("المرصاد\n17 نوفمبر 2025 20:15 ·\nنص الخبر", Platform.FACEBOOK),
        ("المرصاد\nNovember 17, 2025 at 8:15 PM · 🌐\nنص الخبر", Platform.FACEBOOK),
        ("[17/11/2025, 20:15:10] المرصاد: نص الخبر", Platform.WHATSAPP),
        ("\u200e17/11/2025, 20:15 - المرصاد: نص الخبر".removeprefix("\u200e"), Platform.WHATSAPP),
    ],
)
def test_posts_of_other_platforms(text: str, platform: Platform) -> None:
    assert posts.parse(text) == Post("المرصاد", "", "2025-11-17", "نص الخبر", platform=platform)


@pytest.mark.parametrize(
    "signed",
    [
        "— وزارت اطلاعات (@MoIB) 17 نومبر، 2025", "— وزارت اطلاعات (@MoIB) ١٧ نوفمبر ٢٠٢٥", "— وزارت اطلاعات (@MoIB) 17 नवंबर 2025",
        "— وزارت اطلاعات (@MoIB) 17 ноября 2025 г.", "— وزارت اطلاعات (@MoIB) 17 нояб. 2025", "— وزارت اطلاعات (@MoIB) 2025-yil 17-noyabr",
    ],
)  # fmt: skip
def test_an_embed_in_other_languages(signed: str) -> None:
    post = posts.parse(f"متن اصلی…\n{signed}")
    assert (post.author, post.handle, post.posted_on, post.text) == ("وزارت اطلاعات", "MoIB", "2025-11-17", "متن اصلی…")
    assert post.cut_off


def test_handles_of_other_sites() -> None:
    post = posts.parse("words\n— Name (@name.bsky.social) November 17, 2025")
    assert (post.handle, post.platform) == ("name.bsky.social", Platform.BLUESKY)
    post = posts.parse("Name\n@name@mastodon.social\nwords")
    assert (post.handle, post.platform, post.text) == ("name@mastodon.social", Platform.UNKNOWN, "words")


def test_what_is_missing_is_left_empty() -> None:
    assert posts.parse("Only words.") == Post(text="Only words.")
    assert posts.parse("") == Post()
    assert posts.parse("Name @handle · Nov 17\nwords").posted_on == "Nov 17"
    assert posts.parse("Name @handle · 8h\nwords") == Post("Name", "handle", "", "words", platform=Platform.X)
    assert posts.parse("4/3/2025, 20:15 - A: x").posted_on == "4/3/2025"
    assert posts.parse("words\n— Name (@handle)").posted_on == ""


@pytest.mark.parametrize(
    "text",
    [
        "The minister – says one (@handle) of them.", "thanks to\n@bob for this", "Name @handle · what else is there to say",
        "A list, [123456 things] and more", "Name\n@handle\n·\nall of this is text", "Time 8:15 PM · a talk about it",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_byline_stays_in_the_text(text: str) -> None:
    kept = posts.parse(text)
    assert Counter(kept.text + kept.author + kept.handle + "@·\n\n").total() >= Counter(text).total()
    assert text.rsplit("\n", maxsplit=1)[-1] in kept.text


def test_links_are_named_and_only_those_of_pictures_are_taken_off_the_end() -> None:
    post = posts.parse("See https://x.com/a/status/12, and (t.me/b/3). https://t.co/abc\npic.twitter.com/xyz")
    assert post.text == "See https://x.com/a/status/12, and (t.me/b/3)."
    assert post.links == ("https://x.com/a/status/12", "t.me/b/3", "https://t.co/abc", "pic.twitter.com/xyz")
    assert post.url == "https://x.com/a/status/12"


_PIECES = st.lists(
    st.text(max_size=12)
    | st.sampled_from(
        [
            "\n", "— Name (@handle) ", "November 17, 2025", "\n@handle\n", "·", " · ", "8:15 PM", "Nov 17", "[17.11.2025 20:15]", ", ",
            "pic.twitter.com/ab", "…", "17/11/2025, 20:15 - A: ", "\u200f", "https://t.co/x", "Channel", "\n\n",
        ]
    )
)  # fmt: skip


@given(_PIECES.map("".join))
def test_nothing_that_a_post_says_is_lost(text: str) -> None:
    post = posts.parse(text)
    first = next(bylines.find(text), None)
    rest = text[: first.start] + "\n" + text[first.stop :] if first else text
    foot = bylines.footer(rest) if first and not first.posted_on else None
    syntax = (text[first.start : first.stop] if first else "") + (rest[foot.start : foot.stop] if foot else "")
    lost = Counter(text) - Counter(post.text) - Counter(syntax + "".join(chain(post.links, post.links)))
    assert all(each.isspace() or each in "\u200e\u200f\u200b" for each in lost) or post.links


@given(_PIECES.map("".join))
def test_posts_stand_in_the_text_in_order(text: str) -> None:
    stop = 0
    for each in posts.find(text):
        assert stop <= each.start < each.stop <= len(text)
        stop = each.stop


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool))
def test_any_words_come_back_as_they_are(words: str) -> None:
    post = posts.parse(f"{words}\n— Name (@handle) November 17, 2025")
    assert post.text == words or post.links or next(bylines.find(words), None)


def test_the_code_of_an_embed_is_read_as_its_words() -> None:
    code = (
        '<blockquote class="twitter-tweet"><p lang="ur" dir="rtl">خبر &amp; تبصرہ<br>دوسری سطر '
        '<a href="https://t.co/x">pic.twitter.com/xRR</a></p>&mdash; Sarah Adams (@TPASarah) '
        '<a href="https://twitter.com/TPASarah/status/1">October 5, 2025</a></blockquote> '
        '<script async src="https://platform.twitter.com/widgets.js">alert(1)</script>'
    )
    post = posts.parse(code)
    assert (post.author, post.handle, post.posted_on) == ("Sarah Adams", "TPASarah", "2025-10-05")
    assert post.text == "خبر & تبصرہ\nدوسری سطر"


def test_a_long_line_of_blanks_is_no_byline() -> None:
    blanks = "a" + " " * 200_000 + "@b"
    assert posts.parse(blanks).text.strip() == blanks.strip()
    assert posts.parse("Name\n" + " " * 200_000).author == ""
