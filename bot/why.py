"""article + its analysis → trace: why it was or was not in a brief, one line a step."""

from collections.abc import Sequence

from bot.model import OVER_BUDGET, Article, ArticleAnalysis, Trace
from bot.text.dates import format_dates


def explain_unknown(url: str, feeds: int) -> Trace:
    """The trace of a URL that no feed has brought."""
    return Trace(
        url=url,
        steps=(
            f"not fetched: none of the {feeds} feeds followed here has brought this URL",
            "add its feed with `feeds add`, or read it once with `read`",
        ),
    )


def explain(article: Article, analysis: ArticleAnalysis | None) -> Trace:
    """What became of an article, in the order in which it happened."""
    whole = "only a teaser was to be had" if article.is_stub else "read whole"
    steps = [
        f"fetched: {article.outlet or 'unnamed source'}, "
        f"published {article.published_at:%Y-%m-%d %H:%M} UTC, "
        f"first seen {article.seen_at:%Y-%m-%d %H:%M} UTC",
        f"read: {len(article.sentences)} sentences in {article.language!r}, {whole}",
    ]
    if analysis is None:
        steps.append("not analysed yet: the next poll or brief does it")
    else:
        steps += _explain_analysis(analysis)
    return Trace(url=article.url, steps=tuple(steps))


def _explain_analysis(found: ArticleAnalysis) -> Sequence[str]:
    analysis = found.analysis
    steps = [f"analysed by {analysis.engine}, prompt version {analysis.prompt_version}"]
    if analysis.note == OVER_BUDGET:
        steps.append(f"quoted: {analysis.note}")
    elif analysis.note:
        steps.append(f"the model gave nothing usable: {analysis.note}")
    for fact in analysis.facts:
        numbers = ", ".join(str(evidence.sentence) for evidence in fact.evidence)
        steps.append(f"kept under {fact.tag} (sentence {numbers}): {fact.text}")
    for mention in analysis.mentions:
        steps.append(
            f"visit (sentence {mention.evidence.sentence}): {mention.visitor} → {mention.host}, "
            f"{mention.status}, {format_dates(mention.dates)}"
        )
    for drop in analysis.drops:
        steps.append(f"dropped from {drop.tag} ({drop.reason}): {drop.text} — {drop.detail}")
    if not analysis.facts:
        steps.append("in no brief: no sentence belongs to a topic")
    return steps
