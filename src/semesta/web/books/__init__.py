"""The books on the page: budget lines, bills, payments, and differences."""
