"""Who may not hears so before anything else: asked where the words of a request are refused, and before files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chatsphere.api.fields import message_number
from chatsphere.core import conversations, messages, people, uploads
from chatsphere.core.errors import Conflict, Forbidden, NotFound
from chatsphere.core.values import Seat, User
from chatsphere.http.identity import house, me, require_confirmed, viewer


def seat(conversation_id: str) -> Seat:
    """The caller's seat, or a 404."""
    return house().chat.ask(conversations.seat, me(), conversation_id)


def sit(raw: Mapping[str, Any], *, conversation_id: str, **path: str) -> None:
    """A seat in the conversation is all it takes."""
    seat(conversation_id)


def manage_people(raw: Mapping[str, Any], *, conversation_id: str, **path: str) -> None:
    """A group's owner or admin; a direct conversation's people are never changed."""
    _group_of(seat(conversation_id), managed=True)


def own_group(raw: Mapping[str, Any], *, conversation_id: str, user_id: str) -> None:
    """A group's owner, for somebody who is in it."""
    mine = seat(conversation_id)
    _group_of(mine, managed=False)
    there = house().chat.ask(conversations.get, me(), conversation_id).participants
    if user_id not in {one.user.id for one in there}:
        raise NotFound
    if mine.role != "owner":
        raise Forbidden("Only the owner may do this.")


def change(raw: Mapping[str, Any], *, conversation_id: str) -> None:
    """The title belongs to a group's owner and admins; muting to everybody for themselves."""
    mine = seat(conversation_id)
    if "title" in raw and mine.kind == "group" and not mine.manages:
        raise Forbidden("Only the owner or an admin may do this.")


def own_upload(raw: Mapping[str, Any], *, upload_id: str) -> None:
    """One's own upload, for a conversation that one still sits in."""
    house().chat.ask(uploads.get, me(), upload_id)


def speak(raw: Mapping[str, Any], *, conversation_id: str, sender_id: str | None = None) -> None:
    """Everybody with a seat, in their own name."""
    seat(conversation_id)
    sender_id = sender_id or raw.get("sender_id")
    if isinstance(sender_id, str) and sender_id != me():
        raise Forbidden("Nobody writes in another's name.")


def own_message(raw: Mapping[str, Any], *, conversation_id: str, message_id: str) -> None:
    """A message's sender."""
    seat(conversation_id)
    if house().chat.ask(messages.get, me(), conversation_id, message_number(message_id)).sender_id != me():
        raise Forbidden("Only its sender can change a message.")


def read_message(raw: Mapping[str, Any], *, conversation_id: str, message_id: str, **path: str) -> None:
    """Everybody who sees the message."""
    seat(conversation_id)
    house().chat.ask(messages.get, me(), conversation_id, message_number(message_id))


def user(user_id: str) -> User:
    """A user that the caller may see, or a 404."""
    return house().chat.ask(people.find, me(), user_id)


def see_user(raw: Mapping[str, Any], *, user_id: str) -> None:
    """Everybody may see every user."""
    user(user_id)


def be_user(raw: Mapping[str, Any], *, user_id: str) -> None:
    """Only oneself."""
    if user_id != me():
        user(user_id)
        raise Forbidden("Only they themselves may do this.")


def change_user(raw: Mapping[str, Any], *, user_id: str) -> None:
    """Oneself; an administrator another's names."""
    if user_id != me():
        user(user_id)
    secret = raw.keys() & {"email", "password"}
    if user_id != me() and (secret or not viewer().is_admin):
        raise Forbidden("Only they themselves may do this.")
    if secret:
        require_confirmed()


def delete_user(raw: Mapping[str, Any], *, user_id: str) -> None:
    """Oneself, or an administrator."""
    if user_id != me():
        user(user_id)
        if not viewer().is_admin:
            raise Forbidden("Only they themselves may do this.")
    require_confirmed()


def _group_of(mine: Seat, *, managed: bool) -> None:
    if mine.kind == "direct":
        raise Conflict("The people of a direct conversation stay the two they are.")
    if managed and not mine.manages:
        raise Forbidden("Only the owner or an admin may do this.")
