"""The examples in the documentation of modules and functions."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

import cls_graph
import cls_graph_api


def with_examples() -> list[ModuleType]:
    """The modules that hold an example."""
    found = []
    for package in (cls_graph, cls_graph_api):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not module.name.endswith("__main__"):
                found.append(importlib.import_module(module.name))
    finder = doctest.DocTestFinder()
    return [module for module in found if any(test.examples for test in finder.find(module))]


@pytest.mark.parametrize("module", with_examples(), ids=lambda module: module.__name__)
def test_an_example_gives_what_it_says(module: ModuleType) -> None:
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0
