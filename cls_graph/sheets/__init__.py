"""Contract records as tables that people work in, and back: workbooks (XLSX) and folders of CSV files."""
