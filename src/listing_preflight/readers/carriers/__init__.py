"""What listings come in: delimited text, workbooks, JSON, XML, columnar files; no knowledge of any shop's format."""
