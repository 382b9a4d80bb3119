"""Accounts: who is here, and what people say of themselves."""

from __future__ import annotations

from typing import Annotated

from flask import Response
from pydantic import Field

from chatsphere import shapes
from chatsphere.api import parts, rights, staging
from chatsphere.api.endpoint import Body, Form, Query, Reply, endpoint
from chatsphere.api.fields import ABSENT, DisplayName, Email, GivenPassword, Limit, Password, UserName
from chatsphere.core import conversations, files, passwords, people
from chatsphere.http import blobs, limits, signup
from chatsphere.http.credentials import require_self
from chatsphere.http.identity import house, me, sign_out, signed_in, viewer
from chatsphere.outlines import ConversationOut, UserOut
from chatsphere.outside.sphere import sphere


class UserQuery(Query):
    """Which users, and how many at once."""

    query: Annotated[str, Field(max_length=200, description="The beginning of a name.")] = ""
    limit: Limit = 50
    after: Annotated[str | None, Field(max_length=200, description="Where the last page ended.")] = None


class ConversationQuery(Query):
    """How many conversations at once."""

    limit: Limit = 50
    after: Annotated[str | None, Field(max_length=200, description="Where the last page ended.")] = None


class ImageQuery(Query):
    """Which version of the picture the address was made for; it changes nothing."""

    v: Annotated[str | None, Field(max_length=64)] = None


class NewUser(Body):
    """What it takes to sign up."""

    user_name: UserName
    email: Email
    password: Password
    display_name: DisplayName | None = None


class UserChange(Body):
    """Any of what may be changed; `current_password` is needed with `email` and `password`, where there is one."""

    user_name: UserName = ABSENT
    display_name: DisplayName = ABSENT
    email: Email = ABSENT
    password: Password = ABSENT
    current_password: GivenPassword = ABSENT


class Portrait(Form):
    """A picture of oneself."""

    image: parts.UploadField


@endpoint("GET", "/users", limit="search")
def search(query: UserQuery) -> Reply[list[UserOut]]:
    """List users by the beginning of their names."""
    page = house().chat.ask(people.search, me(), query.query, query.limit, query.after)
    asking = viewer()
    return Reply([shapes.user(one, asking) for one in page.items], next=_after(page.next))


@endpoint("GET", "/users/<user_id>")
def find(user_id: str) -> Reply[UserOut]:
    """Show a user, a deleted one too."""
    return Reply(shapes.user(rights.user(user_id), viewer()))


@endpoint("GET", "/users/<user_id>/image", right=rights.see_user)
def image(user_id: str, query: ImageQuery) -> Response:
    """Show a user's picture, or the generated one where none was uploaded."""
    them = rights.user(user_id)
    blob = house().chat.ask(files.portrait, me(), user_id)
    if blob is None:
        return blobs.generated(sphere(them.display_name, them.hue), "image/svg+xml")
    return blobs.served(blob)


def _open_to_all(raw: object, **path: str) -> None:
    signup.permit()


@endpoint("POST", "/users", status=201, open=True, right=_open_to_all, right_first=True, limit="sign-up", also=(409,))
def register(body: NewUser) -> Reply[UserOut]:
    """Sign up; this does not sign in."""
    limits.check_letter(body.email, by_newcomer=True)
    hashed = passwords.hash(body.password)
    user = house().chat.do(people.register, body.user_name, body.email, hashed, body.display_name)
    return Reply(shapes.user(user, user))


@endpoint("PUT", "/users/<user_id>", right=rights.change_user, also=(409,))
def change(user_id: str, body: UserChange) -> Reply[UserOut]:
    """Change oneself; an administrator may change another's names."""
    given = body.model_dump(exclude_unset=True)
    rights.change_user(given, user_id=user_id)
    hashed = None
    if given.keys() & {"email", "password"}:
        require_self(body.current_password)
    if body.email not in (ABSENT, viewer().email):
        limits.check_letter(body.email)
    if body.password is not ABSENT:
        hashed = passwords.hash(body.password)
    user = house().chat.do(
        people.change,
        me(),
        user_id,
        user_name=body.user_name,
        display_name=body.display_name,
        email=body.email,
        password_hash=hashed,
        keep_session=signed_in().session.id,
    )
    return Reply(shapes.user(user, user if user_id == me() else viewer()))


@endpoint("PUT", "/users/<user_id>/upload", right=rights.be_user, right_first=True, limit="upload")
def upload(user_id: str, form: Portrait) -> Reply[UserOut]:
    """Give oneself a picture."""
    user = staging.portrait(form.image)
    return Reply(shapes.user(user, user))


@endpoint("DELETE", "/users/<user_id>", status=204, right=rights.delete_user, right_first=True, also=(409,))
def delete(user_id: str) -> Reply[None]:
    """Delete an account; its messages stay, under a deleted user's name."""
    house().chat.do(people.delete, me(), user_id)
    return Reply(then=sign_out if user_id == me() else None)


@endpoint("GET", "/users/conversations/<user_id>", right=rights.be_user, right_first=True, also=(403,))
def list_conversations(user_id: str, query: ConversationQuery) -> Reply[list[ConversationOut]]:
    """List one's own conversations, latest activity first."""
    page = house().chat.ask(conversations.mine, me(), query.limit, query.after)
    asking = viewer()
    return Reply([shapes.conversation(one, asking) for one in page.items], next=_after(page.next))


def _after(place: str | int | None) -> dict[str, str | int] | None:
    return None if place is None else {"after": place}
