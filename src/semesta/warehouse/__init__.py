"""The workspace folder, its Parquet lake, and the engines that read it."""
