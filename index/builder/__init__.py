"""Making a generation: cut, embed or reuse, write, compare, verify, publish.

Public: `build.build_index` and `plan_build` with `BuildSettings`, `report.BuildReport`, `verify.failed_conditions`,
`code_hash.code_hash`.
"""
