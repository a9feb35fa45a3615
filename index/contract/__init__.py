"""What every reader of answers shares: the answer object, typed results and fixed words. Imports nothing else of `index`.

- `answer_object`: `Answer` (with `to_dict`), `Understood`, `QueryShown`, `Fact`, `FoundPassage`, `Why`, `SignalShown`,
  `WordPair` and `VERSION`
- `typed_results`: `Result`, the union of `ValueResult`, `RankResult`, `SetResult`, `RankingResult`, `ChangeResult`,
  `ComparisonResult`, `AggregateResult`, `CountResult`, `IndicatorSetResult`, `MentionsResult` (of `Mention`), `DefinitionResult`
  and `Unavailable`
- `answer_kind`: `Kind`
- `refusal`: `Refusal`, `RefusalReason`
"""
