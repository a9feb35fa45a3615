"""The example notebook: shipped without outputs, and every cell runs and shows what its text says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parent.parent / "notebooks" / "organised_crime.ipynb"


@pytest.fixture(scope="module")
def executed(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCQA_INDEX", str(shipped_index))
        patch.setenv("PYTHONPATH", str(NOTEBOOK.parents[2]))
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(NOTEBOOK.parent))
    return notebook


def test_it_is_shipped_without_outputs() -> None:
    code = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    assert len(code) >= 10
    assert all(not cell.outputs and cell.execution_count is None for cell in code)


def test_every_cell_shows_something_and_nothing_is_printed_to_stderr(executed: nbformat.NotebookNode) -> None:
    outputs = [cell.outputs for cell in executed.cells if cell.cell_type == "code"]
    assert all(len(shown) == 1 and shown[0].output_type == "execute_result" for shown in outputs)


def test_the_cells_show_the_quote_the_chart_the_pivot_and_the_filter(executed: nbformat.NotebookNode) -> None:
    shown = {cell.source: cell.outputs[0].data for cell in executed.cells if cell.cell_type == "code"}

    def html(start: str) -> str:
        return next(data["text/html"] for source, data in shown.items() if source.startswith(start))

    assert "<mark>Those who control illegal gold mining are a blend of" in html("reply = corpus.ask")
    drawing = html("scored.chart()")
    assert "Bar chart, Cocaine trade, 2025 edition: Colombia 9.50; Brazil 9.00; " in drawing and '"url":' not in drawing
    assert "6.35" in html("neighbours =") and "6.62" in html("neighbours =")
    assert "Two of the 38 countries in the OECD meet the conditions: United Kingdom and New Zealand." in html("corpus.filter(")
