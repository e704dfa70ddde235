"""The benchmark that needs nothing but this checkout: `make bench`. CONTRIBUTING.md says how to run the others."""

from tests.benchmarks import bench_speed

bench_speed.main()
