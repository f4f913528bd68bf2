# Sourced by the scripts of this folder: stands in the root of the repository, with the programs of the active
# environment, else of .venv.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
if [ -z "${VIRTUAL_ENV:-}" ] && [ -x .venv/bin/python ]; then
  PATH="$PWD/.venv/bin:$PATH"
fi
if ! python -c 'import sys; from importlib.util import find_spec
sys.exit(not all(map(find_spec, ("cls_graph", "cls_graph_api", "pytest"))))'; then
  echo "The project is not installed here: run scripts/install first. · Lancez d'abord scripts/install." >&2
  exit 2
fi
