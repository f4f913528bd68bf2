"""The query library: one ``.rq`` file a question, which is also a form, an operation, a command, a function.

::

    from cls_graph import queries

    answer = queries.run("co-signatories", store, organisation="ars-84")
    print(answer.columns, answer.rows)

See ``question`` for what the head of a file says, ``binding`` for how values get into the text.
"""

from cls_graph.queries.asking import Answer, run
from cls_graph.queries.binding import bind
from cls_graph.queries.head import VIEWS
from cls_graph.queries.parameters import Choices, Parameter
from cls_graph.queries.question import Question, library, question, themes

__all__ = [
    "VIEWS",
    "Answer",
    "Choices",
    "Parameter",
    "Question",
    "bind",
    "library",
    "question",
    "run",
    "themes",
]
