"""The summary of a job: the counts that a report's last line tells, and the proof that every row of the input is answered."""

from typing import Any


def summary(verdicts: Any, listings: Any) -> dict[str, Any]:
    """Counts over a table of verdicts, best the one that was written. `rows_in` are the rows of `listings`, `rows_out` those that are
    answered; `complete` is true only where they are as many and nothing is a gap.
    """
    from pyspark.sql import functions as f

    counted = verdicts.agg(
        f.sum(f.when(f.col("type") == "listing", 1).otherwise(0)).alias("listings"), f.sum(f.size("gaps")).alias("gaps"),
        f.sum("unread").alias("unread"), f.sum("not_requested").alias("not_requested"), f.sum("dropped").alias("dropped"),
        f.sum(f.col("first").cast("int")).alias("rows_out"),
        *(f.sum((f.col("decision") == d).cast("int")).alias(d) for d in ("pass", "review", "block", "incomplete")),
    ).first()  # fmt: skip
    one = verdicts.select(f.explode("findings").alias("f")).select("f.*")
    live = one.where(f.col("suppressed").isNull())
    severities = {row["severity"]: row["count"] for row in live.groupBy("severity").count().collect()}
    told = {name: counted[name] or 0 for name in ("listings", "gaps", "unread", "not_requested", "dropped", "rows_out")}
    rows_in = listings.count()
    return {
        "type": "summary", "complete": rows_in == told["rows_out"] and not told["gaps"], "listings": told["listings"],
        "by_decision": {d: counted[d] or 0 for d in ("pass", "review", "block", "incomplete")},
        "findings": {s: severities.get(s, 0) for s in ("high", "medium", "low")}, "gaps": told["gaps"], "unread": told["unread"],
        "not_requested": told["not_requested"], "suppressed": one.count() - sum(severities.values()), "dropped": told["dropped"],
        "causes": live.select("cause").distinct().count(), "rows_in": rows_in, "rows_out": told["rows_out"],
    }  # fmt: skip
