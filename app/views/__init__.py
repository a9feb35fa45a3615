"""The pages of the site, one script each. They only lay out what pure functions of `app` and `index` return."""
