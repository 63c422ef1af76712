"""What of a file became no row is told in words."""

from semesta.web.deliveries.sheets import told


def test_lines_that_are_no_rows_are_named() -> None:
    tables = [
        {"sheet": "A", "rows": 3, "header_lines": [4, 4], "above": 2,
         "left_out": {"total": 1, "blank": 1200}},
        {"sheet": "B", "skipped": "no_table", "lines": 7},
        {"sheet": "C", "rows": 5, "header_lines": [1, 1], "left_out": {}},
        {"sheet": "D", "skipped": "no_table", "lines": 0},
    ]  # fmt: skip
    first, second = told(tables)
    assert first["others"] == [
        "2 baris di atas judul kolom", "1 baris jumlah", "1.200 baris kosong",
    ]  # fmt: skip
    assert second["unread"] == "7 baris: tidak ada judul kolom yang dikenal"
