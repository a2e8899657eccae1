"""A small web played on loopback: what the demo, the tests and the benches look at instead of the real
one."""
