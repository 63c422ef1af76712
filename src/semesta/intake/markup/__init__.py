"""Tables in markup: web pages called .xls, and Excel's XML of 2003."""
