"""Every route outside the API, and what everybody gets who sends what belongs there: one line each, sorted by path.

A cell is a status, or where one is led: `login` (sign in first), `confirm` (show once more that it is you). What a
route takes stands in FORMS, what its path names in PARTS; both are of Extra, who is nobody of those who ask: their
things are nobody's here to see. Where nothing is said, the form is empty and the part names nothing.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chatsphere.core import files, invitations, links, reports, sessions
from chatsphere.core.files import Stored
from chatsphere.core.reports import Thing
from tests.api.cast import PASSWORD, Cast, Person

# `user` and `admin` have not shown lately that it is them; `fresh` and `root` have, and the latter is an administrator.
ROLES = ("guest", "disabled", "token", "user", "fresh", "admin", "root")

ROUTES = """
                                            guest   disabled token   user    fresh   admin   root
GET  /                                      200     200     200     200     200     200     200
GET  /.well-known/change-password           303     303     303     303     303     303     303
GET  /.well-known/passkey-endpoints         200     200     200     200     200     200     200
GET  /.well-known/security.txt              404     404     404     404     404     404     404
GET  /admin                                 login   login   login   403     403     200     200
GET  /admin/audit                           login   login   login   403     403     200     200
GET  /admin/invitations                     login   login   login   403     403     200     200
POST /admin/invitations/<invitation_id>/revoke login   login   login   403     403     303     303
GET  /admin/people                          login   login   login   403     403     200     200
GET  /admin/people/<user_id>                login   login   login   403     403     200     200
POST /admin/people/<user_id>/delete         login   login   login   403     403     confirm 303
POST /admin/people/<user_id>/demote         login   login   login   403     403     confirm 303
POST /admin/people/<user_id>/disable        login   login   login   403     403     confirm 303
POST /admin/people/<user_id>/drop-factors   login   login   login   403     403     confirm 409
POST /admin/people/<user_id>/enable         login   login   login   403     403     303     303
POST /admin/people/<user_id>/end-sessions   login   login   login   403     403     confirm 303
POST /admin/people/<user_id>/promote        login   login   login   403     403     confirm 303
POST /admin/people/<user_id>/rename         login   login   login   403     403     303     303
POST /admin/people/<user_id>/reset-link     login   login   login   403     403     confirm 200
GET  /admin/reports                         login   login   login   403     403     200     200
GET  /admin/reports/<report_id>             login   login   login   403     403     200     200
POST /admin/reports/<report_id>/close       login   login   login   403     403     303     303
GET  /admin/reports/<report_id>/files/<file_id> login login login   403     403     200     200
GET  /admin/reports/<report_id>/files/<file_id>/<name> login login login 403 403    404     404
GET  /admin/retention                       login   login   login   403     403     200     200
POST /admin/retention                       login   login   login   403     403     confirm 303
GET  /admin/retention/<conversation_id>     login   login   login   403     403     200     200
POST /admin/retention/<conversation_id>     login   login   login   403     403     confirm 303
GET  /admin/settings                        login   login   login   403     403     200     200
POST /admin/settings                        login   login   login   403     403     confirm 303
GET  /admin/storage                         login   login   login   403     403     200     200
GET  /c/<conversation_id>                   login   login   login   404     404     404     404
GET  /c/<conversation_id>/gallery           login   login   login   404     404     404     404
GET  /confirm                               login   login   login   200     200     200     200
POST /confirm                               login   login   login   303     303     303     303
GET  /confirm-email                         200     200     200     200     200     200     200
GET  /confirm-email/<confirmation>          200     200     200     200     200     200     200
POST /confirm-email/<confirmation>          login   login   login   403     403     403     403
POST /confirm/<provider>                    login   login   login   404     404     404     404
POST /confirm/passkey                       401     401     401     400     400     400     400
POST /confirm/passkey/options               401     401     401     403     403     403     403
GET  /forgot                                200     200     200     200     200     200     200
POST /forgot                                303     303     303     303     303     303     303
GET  /gallery                               login   login   login   200     200     200     200
GET  /healthz                               200     200     200     200     200     200     200
GET  /invite                                303     303     303     303     303     303     303
GET  /invite/<invitation>                   200     200     200     200     200     200     200
POST /invite/<invitation>                   303     303     303     303     303     303     303
GET  /login                                 200     200     200     303     303     303     303
POST /login                                 303     303     303     303     303     303     303
GET  /login/<provider>                      404     404     404     404     404     404     404
POST /login/<provider>                      404     404     404     404     404     404     404
GET  /login/<provider>/callback             404     404     404     404     404     404     404
GET  /login/name                            404     404     404     404     404     404     404
POST /login/name                            404     404     404     404     404     404     404
POST /login/passkey                         400     400     400     400     400     400     400
POST /login/passkey/options                 403     403     403     403     403     403     403
GET  /login/second                          404     404     404     404     404     404     404
POST /login/second                          404     404     404     404     404     404     404
POST /login/second/passkey                  400     400     400     400     400     400     400
POST /login/second/passkey/options          401     401     401     401     401     401     401
POST /logout                                303     303     303     303     303     303     303
GET  /manifest.webmanifest                  200     200     200     200     200     200     200
GET  /metrics                               200     200     200     200     200     200     200
GET  /offline                               200     200     200     200     200     200     200
GET  /readyz                                200     200     200     200     200     200     200
GET  /register                              200     200     200     303     303     303     303
POST /register                              303     303     303     303     303     303     303
GET  /reset/<token>                         200     200     200     200     200     200     200
POST /reset/<token>                         303     303     303     303     303     303     303
GET  /settings                              login   login   login   200     200     200     200
GET  /settings/appearance                   login   login   login   200     200     200     200
POST /settings/appearance                   login   login   login   303     303     303     303
GET  /settings/authenticator                login   login   login   confirm 303     confirm 303
POST /settings/authenticator                login   login   login   confirm 303     confirm 303
POST /settings/authenticator/confirm        login   login   login   confirm 303     confirm 303
POST /settings/authenticator/end            login   login   login   confirm 404     confirm 404
POST /settings/contacts/<user_id>/unblock   login   login   login   303     303     303     303
POST /settings/contacts/<user_id>/unmute    login   login   login   303     303     303     303
GET  /settings/data                         login   login   login   200     200     200     200
GET  /settings/data/export                  login   login   login   200     200     200     200
GET  /settings/data/export/<export_id>      login   login   login   confirm 404     confirm 404
GET  /settings/devices                      login   login   login   200     200     200     200
POST /settings/email                        login   login   login   303     303     303     303
POST /settings/email/confirm                login   login   login   303     303     303     303
POST /settings/export                       login   login   login   confirm 303     confirm 303
POST /settings/identities/<identity_id>/end login   login   login   confirm 404     confirm 404
POST /settings/identities/<provider>/link   login   login   login   confirm 404     confirm 404
GET  /settings/invitations                  login   login   login   200     200     200     200
POST /settings/invitations                  login   login   login   200     200     200     200
POST /settings/invitations/<invitation_id>/revoke login   login   login   404     404     303     303
POST /settings/language                     303     303     303     303     303     303     303
POST /settings/leave                        login   login   login   confirm 303     confirm 303
POST /settings/passkeys                     401     401     401     403     400     403     400
POST /settings/passkeys/<passkey_id>/end    login   login   login   confirm 404     confirm 404
POST /settings/passkeys/<passkey_id>/name   login   login   login   404     404     404     404
POST /settings/passkeys/options             401     401     401     403     403     403     403
POST /settings/password                     login   login   login   303     303     303     303
POST /settings/previews                     login   login   login   303     303     303     303
GET  /settings/privacy                      login   login   login   200     200     200     200
POST /settings/privacy                      login   login   login   303     303     303     303
POST /settings/profile                      login   login   login   303     303     303     303
POST /settings/recovery                     login   login   login   confirm 409     confirm 409
POST /settings/recovery/file                login   login   login   200     200     200     200
GET  /settings/security                     login   login   login   200     200     200     200
POST /settings/sessions/<session_id>/end    login   login   login   404     404     404     404
POST /settings/sessions/end                 login   login   login   303     303     303     303
POST /settings/stay                         login   login   login   303     303     303     303
POST /settings/switches                     login   login   login   303     303     303     303
GET  /settings/tokens                       login   login   login   200     200     200     200
POST /settings/tokens                       login   login   login   confirm 200     confirm 200
POST /settings/tokens/<token_id>/end        login   login   login   confirm 404     confirm 404
GET  /static/<path:path>                    200     200     200     200     200     200     200
GET  /worker.js                             200     200     200     200     200     200     200
"""

_numbers = itertools.count(1)


@dataclass
class Scene:
    """Who plays."""

    cast: Cast
    who: dict[str, Person]
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def extra(self) -> Person:
        """Somebody whose things the paths name."""
        return self.cast.extra


Form = Callable[[Scene, Person], dict[str, str]]


def just(**fields: str) -> Form:
    """The same form, whoever sends it."""
    return lambda scene, person: fields


def _newcomer(scene: Scene, person: Person) -> dict[str, str]:
    name = f"newcomer{next(_numbers)}"
    return {"user_name": name, "email": f"{name}@example.org", "password": PASSWORD}


def _new_address(scene: Scene, person: Person) -> dict[str, str]:
    return {"email": f"new{next(_numbers)}@example.org", "current_password": PASSWORD}


def _export(scene: Scene) -> str:
    stored = Stored("mine.zip", "file", "application/zip", 3, b"1" * 32, b"1" * 32)
    return scene.cast.house.chat.do(files.stage, scene.extra.id, None, stored)


def _reported(scene: Scene) -> tuple[str, str]:
    """The report of a message with a file in it, of Extra to Other, and that file."""
    if "reported" not in scene.kept:
        duo = scene.extra.talks_to(scene.cast.other)
        scene.kept["reported"] = scene.extra.sends(duo, (io.BytesIO(b"words"), "words.txt")).json
    said = scene.kept["reported"]
    thing = Thing(conversation_id=said["conversation_id"], message_id=said["id"])
    report = scene.cast.house.chat.do(reports.make, scene.cast.other.id, thing, "spam").report
    return report.id, said["attachments"][0]["id"]


def _invitation(scene: Scene) -> str:
    scene.cast.house.chat.do(invitations.make, scene.extra.id)
    return scene.cast.house.chat.ask(invitations.mine, scene.extra.id)[0].id


FORMS: dict[str, Form] = {
    "POST /admin/people/<user_id>/delete": lambda scene, person: {"user_name": scene.extra.user.user_name},
    "POST /admin/people/<user_id>/rename": just(user_name="another", display_name="Another"),
    "POST /admin/reports/<report_id>/close": just(outcome="nothing", note="seen"),
    "POST /admin/retention": just(keep="days", days="365"),
    "POST /admin/retention/<conversation_id>": just(keep="ever"),
    "POST /admin/settings": just(second_factor="optional"),
    "POST /confirm": just(password=PASSWORD),
    "POST /forgot": lambda scene, person: {"login": person.user.user_name},
    "POST /invite/<invitation>": _newcomer,
    "POST /login": lambda scene, person: {"login": scene.extra.user.user_name, "password": PASSWORD},
    "POST /register": _newcomer,
    "POST /reset/<token>": just(password="nine silver kettles"),
    "POST /settings/email": _new_address,
    "POST /settings/language": just(language="fr"),
    "POST /settings/passkeys/<passkey_id>/name": just(name="My phone"),
    "POST /settings/invitations": just(hours="24", uses="1"),
    "POST /settings/password": just(current_password=PASSWORD, password="nine silver kettles"),
    "POST /settings/previews": just(previews="on"),
    "POST /settings/switches": just(presence="on", receipts="on"),
    "POST /settings/privacy": just(first_contact="shared"),
    "POST /settings/profile": lambda scene, person: {"display_name": "New", "user_name": person.user.user_name},
    "POST /settings/appearance": just(theme="dark"),
    "POST /settings/tokens": just(name="a bot"),
}

PARTS: dict[str, Callable[[Scene], str]] = {
    "confirmation": lambda scene: scene.cast.house.chat.do(
        links.make, scene.extra.id, links.CONFIRM, links.CONFIRM_FOR, scene.extra.user.email
    ),
    "conversation_id": lambda scene: scene.extra.talks_to(scene.cast.other),
    "export_id": _export,
    "invitation": lambda scene: scene.cast.house.chat.do(invitations.make, scene.extra.id),
    "invitation_id": _invitation,
    "path": lambda scene: "css/app.css",
    "report_id": lambda scene: _reported(scene)[0],
    "file_id": lambda scene: _reported(scene)[1],
    "name": lambda scene: "640.avif",
    "session_id": lambda scene: scene.extra.session.session.id,  # type: ignore[union-attr]
    "token": lambda scene: scene.cast.house.chat.do(links.make, scene.extra.id, links.RESET, links.RESET_FOR),
    "token_id": lambda scene: (
        scene.cast.house.chat.do(sessions.open, scene.extra.id, kind="token", name="x").session.id
    ),
    "user_id": lambda scene: scene.extra.id,
}


def table() -> dict[str, dict[str, str]]:
    """The lines above, by route: `table()["GET /"]["guest"]`."""
    rows = {}
    for line in ROUTES.strip().splitlines()[1:]:
        method, path, *cells = line.split()
        rows[f"{method} {path}"] = dict(zip(ROLES, cells, strict=True))
    return rows
