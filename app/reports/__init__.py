"""Results as text, Markdown and HTML, for terminals and files. Pure.

Answers: `answer_text.as_text`. Requests of programs: `request_tables`, `drawn_table`. Builds: `build_text.report_text`,
`history_text`. The index: `index_text.overview_text`. Evaluations: `eval_text.result_text`, `comparison_text`,
`ablation_text`; `eval_html.report_html`. Benchmarks: `bench_text.report_markdown`, `report_json`; `bench_html.report_html`;
`bench_plots.plots_of`, `svg_file`.

The HTML is made from `templates` by `html.fill`.
"""
