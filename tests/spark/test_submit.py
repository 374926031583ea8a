"""The job for spark-submit, run in this process: verdicts and a summary on disk, exit codes as those of a scan."""

import json

import pytest

from tests.spark.test_scan import DAY, local, shop  # noqa: F401 - a fixture

pytest.importorskip("pyspark", reason="needs the spark extra")


def submit(capsys, *args):
    from listing_preflight.spark.submit import main

    code = main([str(a) for a in args])
    return code, capsys.readouterr()


def test_verdicts_are_written_as_the_input_is_partitioned(spark, shop, capsys, preflight):  # noqa: F811
    code, said = submit(capsys, shop / "shop", shop / "out", "-w", shop / "marks.yaml", "--date", DAY)
    assert code == 4
    again, refused = submit(capsys, shop / "shop", shop / "out", "-w", shop / "marks.yaml")
    assert again == 2
    assert "already exists" in refused.err
    assert sorted(p.name for p in (shop / "out").iterdir() if p.is_dir()) == ["_summary", "day=1", "day=2"]
    written = spark.read.parquet(str(shop / "out"))
    assert sorted(r["line"] for r in written.collect()) == sorted(local(preflight, shop)[1:-1])
    kept = json.loads(spark.read.text(str(shop / "out/_summary")).first()[0])
    assert kept == json.loads(said.out)
    assert (kept["rows_in"], kept["rows_out"]) == (60, 60)


def test_exit_codes(spark, shop, capsys):  # noqa: F811
    clean = spark.createDataFrame([("A", "Canvas bag")], "id string, title string")
    clean.write.parquet(str(shop / "clean"))
    clean.where("id = 'B'").write.parquet(str(shop / "none"))
    args = (shop / "out", "-w", shop / "marks.yaml", "--overwrite")
    assert submit(capsys, shop / "clean", *args)[0] == 0
    assert submit(capsys, shop / "none", *args)[0] == 5
    assert submit(capsys, shop / "none", *args, "--allow-empty")[0] == 0
    assert submit(capsys, shop / "shop", *args, "--allow-incomplete")[0] == 1
    assert submit(capsys, shop / "shop", *args, "--fail-on", "never")[0] == 3
    code, said = submit(capsys, shop / "nowhere", *args)
    assert code == 2
    assert "nowhere" in said.err


def test_a_table_by_name(spark, shop, capsys):  # noqa: F811
    frame = spark.createDataFrame(
        [("A", "NIKE dupe shoes", "amazon.com")], "id string, title string, marketplace string"
    )
    frame.createOrReplaceTempView("goods")
    assert submit(capsys, "goods", shop / "out", "--table", "-w", shop / "marks.yaml")[0] == 1
    assert json.loads(spark.read.parquet(str(shop / "out")).first()["line"])["source"]["file"] == "goods"


def test_without_java_it_says_so(shop, capsys, monkeypatch):  # noqa: F811
    from pyspark.errors import PySparkRuntimeError
    from pyspark.sql import SparkSession

    def fail(_):
        raise PySparkRuntimeError(errorClass="JAVA_GATEWAY_EXITED", messageParameters={})

    monkeypatch.setattr(SparkSession.Builder, "getOrCreate", fail)
    code, said = submit(capsys, shop / "shop", shop / "out")
    assert code == 2
    assert "JAVA_HOME" in said.err
