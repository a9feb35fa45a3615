"""Builds on disk: folders, manifest, lock; opening one read-only, following the newest, going back."""
