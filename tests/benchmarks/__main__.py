"""All benchmarks that need nothing but this checkout: `make bench`."""

from tests.benchmarks import bench_speed

bench_speed.main()
