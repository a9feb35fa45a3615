"""Boosted trees in the form that `index.meaning.trees` reads."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier as Boosted


def written(model: Boosted, evidence: Sequence[str], kinds: Sequence[str]) -> str:
    """The trees in the form that `index.meaning.trees` reads."""
    trees = [[stored(node) for node in predictor.nodes] for (predictor,) in model._predictors]
    start = round(float(model._baseline_prediction.item()), 5)
    head = json.dumps({"evidence": list(evidence), "kinds": list(kinds), "start": start})[:-1]
    return head + ', "trees": [\n' + ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees) + "\n]}\n"


def stored(node: np.void) -> list[float]:
    """A node of a tree: [value], or [feature, bound, low, high]."""
    if node["is_leaf"]:
        return [round(float(node["value"]), 5)]
    return [int(node["feature_idx"]), float(node["num_threshold"]), int(node["left"]), int(node["right"])]
