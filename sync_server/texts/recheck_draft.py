"""What is written into a prepared filing or visit: Chinese whatever the desk's language, as the county's papers are."""

from __future__ import annotations


def why_on_site(number: str, comment: str) -> str:
    about = f"承诺书{number}" if number else "检查发现的问题"
    reason = comment or "企业提交的照片不能说明整改情况"
    return f"{about}的整改：{reason}，须到现场复查。"


def items_of_recheck(number: str, what: str) -> str:
    about = f"复查承诺书{number}的整改情况" if number else "复查检查发现问题的整改情况"
    return f"{about}\n{' '.join(what.split())[:400]}".strip()


def what_of_follow_up(field: str) -> str:
    return f"回访整改后的情况，讲解{field}方面的要求" if field else "回访整改后的情况，提供帮助"
