"""The invented city; its one entry is `semesta.demo.city.build_city`."""
