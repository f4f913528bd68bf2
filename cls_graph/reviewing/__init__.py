"""The review of a draft: its statements one by one, decisions on them, who decided and when."""

from cls_graph.reviewing.decisions import accept, edit, finish, reject, reopen
from cls_graph.reviewing.statements import Draft, Statement, read_draft

__all__ = ["Draft", "Statement", "accept", "edit", "finish", "read_draft", "reject", "reopen"]
