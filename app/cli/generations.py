"""`ocqa history`, `rollback` and `verify`: which builds are kept, going back to one, and whether the published one is intact."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag
from app.settings import Settings
from corpus.errors import IndexDamaged


def add_generation_commands(commands: Commands, say: Say) -> None:
    """Add `history`, `rollback` and `verify` to the commands."""
    history = add_command(commands, "history", "list the generations that are kept", example="--json")
    history.add_argument("--json", action="store_true", help="print the list as JSON, with what each build changed")
    history.set_defaults(run=run_history)

    rollback = add_command(commands, "rollback", "publish an earlier generation again")
    rollback.add_argument(
        "name",
        nargs="?",
        help="a generation listed by ocqa history (default: the newest intact one before the published one)",
    )
    rollback.set_defaults(run=lambda options, settings: run_rollback(options, settings, say))

    verify = add_command(commands, "verify", "check that the stored files of the index are intact and agree")
    verify.set_defaults(run=lambda options, settings: run_verify(settings, say))
    for parser in (history, rollback, verify):
        add_index_flag(parser)


def run_history(options: argparse.Namespace, settings: Settings) -> int:
    """List the generations, the newest first."""
    from app.reports.build_text import history_text
    from index.generations.folders import REPORT, current_folder, stored

    found = stored(settings.index)
    try:
        published = current_folder(settings.index).name
    except IndexDamaged:
        published = ""
    if not options.json:
        print(history_text(found, published), end="")
        return 0
    entries = []
    for entry in found:
        report = entry.folder / REPORT
        entries.append(
            {
                "generation": entry.name,
                "published": entry.name == published,
                "created_at": entry.manifest.created_at if entry.manifest else None,
                "counts": entry.manifest.counts if entry.manifest else None,
                "trouble": entry.trouble,
                "report": json.loads(report.read_text(encoding="utf-8")) if entry.manifest and report.is_file() else None,
            }
        )
    print(json.dumps(entries, ensure_ascii=False, indent=1))
    return 0


def run_rollback(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Publish an earlier generation again."""
    from index.generations.rollback import roll_back

    name = roll_back(settings.index, options.name)
    say(f"published {name} again; ocqa build brings the index up to date with the sources")
    print(name)
    return 0


def run_verify(settings: Settings, say: Say) -> int:
    """Check the published generation; 1 if something is wrong, with what to do about it."""
    from corpus.taxonomy import load_taxonomy
    from index.builder.code_hash import code_hash
    from index.builder.verify import failed_conditions
    from index.generations.folders import current_folder, read_manifest

    try:
        folder = current_folder(settings.index)
        manifest = read_manifest(folder)
        findings = failed_conditions(folder, manifest, load_taxonomy())
    except IndexDamaged as error:
        findings = (error.message,)
    for finding in findings:
        print(f"damaged: {finding}")
    if findings:
        intact = _newest_intact(settings.index)
        say(f"next: ocqa rollback {intact} (the newest intact build before it), or ocqa build" if intact else "next: ocqa build")
        return 1
    print(f"{manifest.name}: all {len(manifest.files)} files are intact, counts agree, and every part fits the others")
    if manifest.program != code_hash():
        say("next: ocqa build (this index was built by a different version of the program)")
    return 0


def _newest_intact(index: Path) -> str:
    """The name of the newest intact generation before the published one, empty where there is none."""
    from index.generations.folders import damaged_files, earlier, read_manifest

    for folder in earlier(index):
        try:
            if not damaged_files(folder, read_manifest(folder)):
                return folder.name
        except IndexDamaged:
            continue
    return ""
