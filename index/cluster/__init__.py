"""More than one machine: embedding on Ray workers, and several indexes asked as one.

Public: `ray_workers.workers`, `SpreadEncoder` and `ShardProcess`, `shards.Shards`, `OpenShard` and `share`.
"""
