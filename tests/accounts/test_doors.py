"""Login, logout, cookies and forms, as a browser meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync_server.accounts.form_tokens import form_token, is_form_token
from tests.accounts.conftest import NAME, PASSWORD
from tests.pages.visitor import Visitor

Visitors = Callable[..., Visitor]


def test_a_page_asks_for_a_login_and_then_leads_back_to_where_one_wanted_to_go(visitor: Visitors) -> None:
    somebody = visitor()
    asked = somebody.get("/visits?state=open")
    assert (asked.status_code, asked.headers["location"]) == (303, "/login?next=/visits%3Fstate%3Dopen")
    entered = somebody.log_in(NAME, PASSWORD, next="/visits?state=open")
    assert (entered.status_code, entered.headers["location"]) == (303, "/visits?state=open")
    assert somebody.get("/visits?state=open").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tx", "/x\r\nY: z"],
)
def test_a_login_never_leads_to_another_site(visitor: Visitors, elsewhere: str) -> None:
    somebody = visitor()
    token = somebody.token_of("/login")
    entered = somebody.post("/login", {"account": NAME, "password": PASSWORD, "form_token": token, "next": elsewhere})
    assert entered.headers["location"] == "/visits"


def test_a_wrong_password_is_told_in_words_and_keeps_the_name(visitor: Visitors) -> None:
    refused = visitor().log_in('lin"><script>', "wrong password")
    assert refused.status_code == 401
    assert "账号或密码不对" in refused.text
    assert "wrong password" not in refused.text
    assert 'value="lin&#34;&gt;&lt;script&gt;"' in refused.text


def test_too_many_tries_are_told_when_to_come_back(visitor: Visitors) -> None:
    somebody = visitor()
    for _ in range(5):
        assert somebody.log_in(NAME, "wrong password").status_code == 401
    refused = somebody.log_in(NAME, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "15"
    assert "15 秒后再试" in refused.text


def test_the_session_cookie_is_for_no_script_no_other_site_and_tls(visitor: Visitors) -> None:
    at_home = visitor().log_in(NAME, PASSWORD).headers.get_list("set-cookie")
    session = next(cookie for cookie in at_home if cookie.startswith("zhuqi_session="))
    assert "HttpOnly" in session
    assert "SameSite=lax" in session
    assert "Secure" not in session
    for base in ("https://zhuqi.example", "http://zhuqi.example"):
        page = visitor(base).get("/login")
        cookie = page.headers["set-cookie"]
        assert cookie.startswith("__Host-zhuqi_form=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
    assert "strict-transport-security" in visitor("https://zhuqi.example").get("/login").headers
    assert "strict-transport-security" not in visitor().get("/login").headers


def test_the_session_is_a_new_one_at_each_login(visitor: Visitors) -> None:
    somebody = visitor()
    somebody.log_in(NAME, PASSWORD)
    first = somebody.client.cookies["zhuqi_session"]
    somebody.log_out()
    somebody.client.cookies.set("zhuqi_session", "fixed by a stranger", domain="127.0.0.1")
    somebody.log_in(NAME, PASSWORD)
    assert somebody.client.cookies["zhuqi_session"] not in (first, "fixed by a stranger")


def test_logging_out_ends_the_session_on_the_server_too(visitor: Visitors) -> None:
    somebody = visitor()
    somebody.log_in(NAME, PASSWORD)
    kept = somebody.client.cookies["zhuqi_session"]
    assert somebody.log_out().status_code == 303
    assert somebody.get("/visits").status_code == 303
    somebody.client.cookies.set("zhuqi_session", kept, domain="127.0.0.1")
    assert somebody.get("/visits").status_code == 303


@pytest.mark.parametrize("token", ["", "00", "zz" * 64, "0" * 128])
def test_a_form_without_our_token_is_refused(visitor: Visitors, token: str) -> None:
    somebody = visitor()
    somebody.get("/login")
    refused = somebody.post("/login", {"account": NAME, "password": PASSWORD, "form_token": token})
    assert refused.status_code == 403
    assert "表单已失效" in refused.text
    assert "zhuqi_session" not in somebody.client.cookies


def test_a_token_of_another_visitor_is_refused(visitor: Visitors) -> None:
    stranger, somebody = visitor(), visitor()
    token = stranger.token_of("/login")
    somebody.get("/login")
    assert somebody.post("/login", {"account": NAME, "password": PASSWORD, "form_token": token}).status_code == 403
    somebody.log_in(NAME, PASSWORD)
    assert somebody.post("/logout", {"form_token": token}).status_code == 403
    assert somebody.get("/visits").status_code == 200


def test_a_form_sent_from_another_site_is_refused_although_its_token_is_right(visitor: Visitors) -> None:
    somebody = visitor()
    token = somebody.token_of("/login")
    form = {"account": NAME, "password": PASSWORD, "form_token": token}
    for origin in ("https://evil.example", "null"):
        assert somebody.post("/login", form, headers={"origin": origin}).status_code == 403
    assert somebody.post("/login", form, headers={"origin": "http://127.0.0.1"}).status_code == 303


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://]", "//", "http://127.0.0.1:port"])
def test_an_origin_that_is_none_is_another_sites(visitor: Visitors, origin: str) -> None:
    somebody = visitor()
    form = {"account": NAME, "password": PASSWORD, "form_token": somebody.token_of("/login")}
    assert somebody.post("/login", form, headers={"origin": origin}).status_code == 403


@pytest.mark.parametrize("path", ["/login", "/check/act", "/l/answer"])
def test_a_form_that_is_no_text_is_refused_and_no_fault_of_ours(visitor: Visitors, path: str) -> None:
    parts = b'--x\r\nContent-Disposition: form-data; name="account"\r\n\r\n\x89\xff\r\n--x--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = visitor().client.post(path, content=parts, headers=headers)
    assert (answer.status_code, "页面出了故障" in answer.text) == (400, False)


def test_an_oversized_form_is_refused(visitor: Visitors) -> None:
    somebody = visitor()
    token = somebody.token_of("/login")
    form = {"account": NAME, "password": "p" * 100_000, "form_token": token}
    assert somebody.post("/login", form).status_code == 413


def test_form_tokens_differ_each_time_and_fit_only_their_secret() -> None:
    one, other = form_token("secret"), form_token("secret")
    assert one != other
    assert is_form_token("secret", one)
    assert is_form_token("secret", other)
    assert not is_form_token("another", one)
    assert not is_form_token("", form_token(""))
