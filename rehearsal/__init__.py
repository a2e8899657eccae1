"""A small web played on loopback: what demo, tests and benches look at instead of the real one."""
