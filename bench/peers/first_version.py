"""The chat one would write first: Flask-SocketIO, SQLAlchemy, a commit for each message, `emit` to the room.

It runs in an environment of its own: `python -m bench.peers.first_version FILE PORT`.
"""

# gevent replaces what waits before anything else has taken hold of it.
from gevent import monkey

monkey.patch_all()

import secrets  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, Response, abort, jsonify, request, session  # noqa: E402
from flask_socketio import SocketIO, disconnect, emit, join_room  # noqa: E402
from sqlalchemy import select  # noqa: E402
from sqlalchemy.orm import sessionmaker  # noqa: E402

from bench.peers.first_tables import Member, Message, User, opened  # noqa: E402

app = Flask(__name__)
app.config["SECRET_KEY"] = secrets.token_hex()
socketio = SocketIO(app, async_mode="gevent")
# What was just committed is known, and need not be read again.
Session = sessionmaker(expire_on_commit=False)


def shown(message: Message, name: str) -> dict[str, Any]:
    """A message as it is told."""
    return {
        "id": message.id,
        "room": message.room_id,
        "user": name,
        "content": message.content,
        "created_at": message.created_at.isoformat(),
    }


@socketio.on("connect")
def connect(auth: dict[str, str] | None) -> bool:
    """Sign in by token and enter every room that one is a member of."""
    with Session() as db:
        user = db.scalar(select(User).where(User.token == (auth or {}).get("token")))
        if user is None:
            return False
        session["user_id"], session["name"] = user.id, user.name
        for room_id in db.scalars(select(Member.room_id).where(Member.user_id == user.id)):
            join_room(f"room-{room_id}")
    return True


@socketio.on("post")
def post(data: dict[str, Any]) -> None:
    """Keep what somebody says, then tell everybody in the room."""
    with Session() as db:
        if db.get(Member, (data["room"], session["user_id"])) is None:
            disconnect()
            return
        message = Message(room_id=data["room"], user_id=session["user_id"], content=data["content"])
        db.add(message)
        db.commit()
        emit("message", shown(message, session["name"]), to=f"room-{message.room_id}")


@app.get("/rooms/<int:room_id>/messages")
def messages(room_id: int) -> Response:
    """The fifty messages before one, the latest first."""
    with Session() as db:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        user = db.scalar(select(User).where(User.token == token))
        if user is None or db.get(Member, (room_id, user.id)) is None:
            abort(404)
        page = select(Message, User.name).join(User, User.id == Message.user_id).where(Message.room_id == room_id)
        if before := request.args.get("before", type=int):
            page = page.where(Message.id < before)
        found = db.execute(page.order_by(Message.id.desc()).limit(50))
        return jsonify([shown(message, name) for message, name in found])


if __name__ == "__main__":
    Session.configure(bind=opened(sys.argv[1]))
    socketio.run(app, host="127.0.0.1", port=int(sys.argv[2]))
