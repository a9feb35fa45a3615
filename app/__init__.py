"""Showing answers, in the terminal and on the page; both ask through `index.answers.answer` and say the same.

Terminal: `cli` is the `ocqa` command, `build_cli`, `eval_cli`, `eval_sets_cli`, `bench_cli` and `fetch_cli` are its larger parts;
`settings` reads flags and environment, `render`, `build_text`, `eval_text`, `eval_report`, `eval_charts` and the same of `bench`
make text and pages of results, on the `html_page` of both. `visitors` ask the page without a browser, to measure it.

Page: `page` is the site, `views` its pages, which only lay out. `opened` is what all begin with, `answer_card` and `visit` belong
to Ask; all other modules are pure: `page_text`, `chips`, `citation`, `take_away`, `figures` (Ask), `pyramid` and the `profile_`
modules (Profile), `charts`, `shapes`, `world_map`, `panels` and the `explore_` modules (Explore), `loaded_rows` and `eval_rows`.
`links` makes addresses within the site, `exports` files.
"""
