"""Builds on disk: their folders, manifest and lock; opening one read-only, following the newest, going back.

Public: `snapshot.open_snapshot`, `follower.Published`, `rollback.roll_back`, `lock.build_lock`, `manifest.Manifest`, and the
names of files and folders in `folders`.
"""
