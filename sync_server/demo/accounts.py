"""Who can sign in to the demo, all with one password that the demo prints."""

from __future__ import annotations

from dataclasses import dataclass

from sync_server.accounts.account import Grant, Role

PASSWORD = "pingyang-demo-2026"  # noqa: S105  # printed by the demo, for the demo only
SUPERVISOR = "supervisor"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    grant: Grant
    zh: str
    en: str


ACCOUNTS = (
    DemoAccount(SUPERVISOR, Grant(Role.SUPERVISOR), "督查员", "supervisor"),
    DemoAccount("office", Grant(Role.COUNTY_OFFICE), "县优化营商环境专班", "county office"),
    DemoAccount("approver", Grant(Role.APPROVER), "例外批准人", "approver of exceptions"),
    DemoAccount("market-clerk", Grant(Role.CLERK, "market"), "市场监督管理局经办人", "clerk, market"),
    DemoAccount("market-head", Grant(Role.DEPARTMENT_HEAD, "market"), "市场监督管理局负责人", "head, market"),
    DemoAccount("market-law", Grant(Role.REVIEWER, "market"), "市场监督管理局法制审核员", "legal reviewer, market"),
    DemoAccount("fire-clerk", Grant(Role.CLERK, "fire"), "消防救援大队经办人", "clerk, fire brigade"),
    DemoAccount("fire-head", Grant(Role.DEPARTMENT_HEAD, "fire"), "消防救援大队负责人", "head, fire brigade"),
    DemoAccount("fire-law", Grant(Role.REVIEWER, "fire"), "消防救援大队法制审核员", "legal reviewer, fire brigade"),
    DemoAccount("discipline", Grant(Role.DISCIPLINE), "县纪委监督员", "discipline inspection"),
)
