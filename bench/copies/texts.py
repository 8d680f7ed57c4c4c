"""The originals: news texts that lie beside the checkout and never ship."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_SETS = ("worldwide-newswire/ner", "polnear/train", "polnear/dev", "meantime/documents", "ecbplus/documents")
_LEAST = 80  # words
# Texts that copy others of the sets, judged by eye.
_REPRINTS = frozenset(
    {
        "arg_buenosairestimes_6", "cn_article_scmp_1", "cn_article_scmp_76", "cn_article_scmp_58", "sa_star_13",
        "wash-post_2015-12-23_as-spotlight-shines-on-trump-and",
        "wash-post_2015-12-13_misinformation-enters-mainstream",
        "nyt_2016-03-05_polls-suggest-possibility-of-dea", "nyt_2015-11-26_with-fewer-golfers-in-u-s-course",
        "nyt_2016-03-16_via-legislative-side-doors-sande", "usa-today_2016-04-06_sanders-winning-streak-continues",
        "breitbart_2016-03-15_the-latest-sanders-declares-revo",
    }
)  # fmt: skip
_END = re.compile(r"""(?<=[.!?])["”’']?\s+(?=["“‘A-Z])""")  # noqa: RUF001 - such are the marks of texts
_PARAGRAPH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A news text; of two of one `cluster` nobody has said whether one copies the other."""

    id: str
    text: str
    cluster: str

    @property
    def sentences(self) -> list[str]:
        """The sentences, roughly."""
        return [sentence for sentence in _END.split(" ".join(self.text.split())) if sentence]

    @property
    def is_held_out(self) -> bool:
        """Whether this one is for measuring and not for tuning."""
        return sha256(self.id.encode()).digest()[0] % 2 == 1


def originals() -> Iterator[Original]:
    """Read the sets."""
    for name in _SETS:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if len(row["text"].split()) >= _LEAST and row["id"] not in _REPRINTS:
                    yield Original(id=row["id"], text=row["text"], cluster=row.get("cluster") or row["id"])


def laid_out(sentences: list[str]) -> str:
    """Write sentences in paragraphs."""
    return "\n\n".join(" ".join(sentences[at : at + _PARAGRAPH]) for at in range(0, len(sentences), _PARAGRAPH))
