"""Newcomers with an account elsewhere: how they want to be called is asked before there is an account here."""

from __future__ import annotations

from dataclasses import asdict

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import challenges, choices, identities
from chatsphere.core.challenges import Challenge
from chatsphere.core.errors import Conflict, NotFound, Refusal
from chatsphere.core.identities import Voucher
from chatsphere.core.phrases import phrase
from chatsphere.http import limits, signup, words
from chatsphere.http.identity import house
from chatsphere.outside.openid import Claims, Provider
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.invite import arrive_invited, carried
from chatsphere.web.pages import go, pages


def welcome(there: Provider, voucher: Voucher, claims: Claims, wanted: str) -> Response:
    """Somebody whom nobody here knows yet: on to their name, if they may come in. Refused as `identities` says."""
    signup.permit(invited=carried(wanted) is not None)
    try:
        house().chat.ask(identities.check_newcomer, voucher)
    except Conflict as refusal:
        known = phrase(
            "{known} Sign in to it and link {provider} in your settings.", known=refusal.detail, provider=there.label
        )
        raise Conflict(known) from None
    body = {"provider": there.label, "name": claims.name, "user_name": claims.user_name, "next": wanted}
    token = house().chat.do(challenges.begin, None, identities.NEWCOMER, **body, **asdict(voucher))
    response = make_response(go("/login/name"))
    _keep(response, token)
    return response


@pages.get("/login/name")
def name() -> Response:
    """How they want to be called, with what was heard of them filled in."""
    try:
        waiting = house().chat.ask(challenges.find, _token(), identities.NEWCOMER)
    except NotFound:
        return _page(None, Form("name"), NotFound.status)
    body = waiting.body
    wishes = [body["user_name"], body["email"], body["name"]]
    suggested = house().chat.ask(identities.suggest, wishes)
    return _page(waiting, Form("name", {"user_name": suggested, "display_name": body["name"] or suggested}))


@pages.post("/login/name")
def named() -> Response:
    """Open the account and sign in, or say at each field what is wrong with it."""
    limits.check("sign-up")
    form = sent("name", "user_name", "display_name")
    try:
        waiting = house().chat.ask(challenges.find, _token(), identities.NEWCOMER)
    except NotFound:
        return _page(None, form, NotFound.status)
    invitation, names = carried(waiting.body["next"]), (form.values["user_name"], form.values["display_name"])
    try:
        signup.permit(invited=invitation is not None)
        user = house().chat.do(identities.join, _token(), *names, invitation)
        house().chat.do(choices.speak, user.id, words.own())
    except NotFound:
        return _page(None, form, NotFound.status)
    except Conflict as refusal:
        field = "user_name" if "user name" in refusal.detail else ""
        return _page(waiting, Form(form.name, form.values, {field: refusal.detail}), refusal.status)
    except Refusal as refusal:
        return _page(waiting, form.refused(refusal), refusal.status)
    response = arrive_invited(user.id) if invitation else arrive(user.id, "sign-up", str(waiting.body["next"]))
    response.delete_cookie(_cookie(), path="/", secure=house().settings.secure, httponly=True, samesite="Lax")
    return response


def _page(waiting: Challenge | None, form: Form, status: int = 200) -> Response:
    html = render_template("session/name.html", form=form, waiting=waiting.body if waiting else None)
    return make_response(html, status)


def _cookie() -> str:
    return f"{house().settings.cookie_name}-newcomer"


def _token() -> str:
    return request.cookies.get(_cookie(), "")


def _keep(response: Response, token: str) -> None:
    # For all paths, as the prefix of its name demands on https: so no other host can plant one here.
    secure, lasts = house().settings.secure, challenges.LASTS
    response.set_cookie(_cookie(), token, max_age=lasts, path="/", secure=secure, httponly=True, samesite="Lax")
