"""What people do with messages: say them otherwise, react, pin, answer one picture; and what is left afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from chatsphere.core import contacts, conversations, edits, emoji, files, log, messages, pins, reactions
from chatsphere.core.chat import Chat
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.tables import events
from chatsphere.core.values import Message, Worded
from tests.cast import Cast, Person, refused

CAT = Stored("cat.jpg", "image", "image/jpeg", 9, b"1" * 32, b"1" * 32, 640, 480, None, 20)
DOG = Stored("dog.jpg", "image", "image/jpeg", 9, b"2" * 32, b"2" * 32, 640, 480, None, 60)


def shows(one: Person, to: str, *stored: Stored, **more: str) -> Message:
    """Say something with pictures."""
    ids = [one.chat.do(files.stage, one.id, to, each) for each in stored]
    return one.says("look", to=to, files=[Attached(file_id, **more) for file_id in ids])


def written(chat: Chat, conversation: str) -> str:
    """All that the log holds of a conversation."""
    return "".join(chat.ask(lambda db: db.execute(select(events.c.body)).scalars().all()))


def test_an_edited_message_shows_its_new_words_and_remembers_the_old(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    said = ada.says("hello wrold", to=tea)
    assert ada.edits(said, tea, "hello *world*").edited_at
    ada.edits(said, tea, "hello all")
    assert bo.sees(tea) == ["hello all"]
    assert bo.looks_back(said, tea) == ["hello wrold", "hello *world*"]
    [first, second] = people.chat.ask(edits.history, bo.id, tea, said.id)
    assert first.said_at == said.created_at < second.said_at
    assert second.html == "<p>hello <em>world</em></p>"
    assert bo.unread(tea) == 1


def test_only_its_sender_says_it_otherwise_and_only_to_something(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo, people.cy, title="Tea")
    said = bo.says("mine", to=tea)
    refused(Forbidden, ada.edits, said, tea, "yours")
    refused(NotFound, people.dee.edits, said, tea, "ours")
    refused(Invalid, bo.edits, said, tea, "  ")
    refused(Invalid, bo.edits, said, tea, "x" * 8001)
    before = bo.looks_at(tea).last_seq
    bo.edits(said, tea, "mine")
    assert bo.looks_at(tea).last_seq == before, "the same words are no edit"
    bo.takes_back(said, of=tea)
    refused(Conflict, bo.edits, said, tea, "mine again")


def test_a_message_is_changed_so_often_and_no_more(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "MOST", 2)
    tea = people.ada.starts(people.bo)
    said = people.ada.says("1", to=tea)
    for words in ("2", "3"):
        people.ada.edits(said, tea, words)
    refused(Conflict, people.ada.edits, said, tea, "4")


def test_pictures_are_described_and_captioned_one_by_one_and_later(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    said = shows(ada, tea, CAT, DOG)
    cat, dog = said.attachments
    now = ada.edits(said, tea, None, Worded(dog.id, alt="A dog", caption="Rex"))
    assert now.edited_at is None, "adding words takes none away"
    assert [(one.alt, one.caption) for one in bo.reads_page(tea)[0].attachments] == [("", ""), ("A dog", "Rex")]
    assert bo.looks_back(said, tea) == []
    assert ada.edits(said, tea, None, Worded(dog.id, caption="Max")).edited_at
    [former] = people.chat.ask(edits.history, bo.id, tea, said.id)
    assert former.attachments == (Worded(cat.id, "", ""), Worded(dog.id, "A dog", "Rex"))
    refused(Invalid, ada.edits, said, tea, None, Worded("0" * 32, alt="nothing"))
    refused(Invalid, ada.edits, said, tea, None, Worded(cat.id, alt="x" * 1001))


def test_reactions_say_who_and_come_and_go_once(people: Cast) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    tea = ada.starts(bo, cy, title="Tea")
    said = ada.says("cake?", to=tea)
    assert bo.reacts("❤", to=said, of=tea).reactions[0].emoji == "❤️"
    last = cy.reacts("❤️", to=said, of=tea)
    assert [(one.emoji, one.user_ids) for one in last.reactions] == [("❤️", (bo.id, cy.id))]
    before = ada.looks_at(tea)
    cy.reacts("❤️", to=said, of=tea)
    cy.takes_off("👍", said, of=tea)
    assert ada.looks_at(tea).last_seq == before.last_seq
    bo.takes_off("❤", said, of=tea)
    bo.takes_off("❤", said, of=tea)
    now = ada.looks_at(tea)
    assert now.last_message
    assert [one.user_ids for one in now.last_message.reactions] == [(cy.id,)]
    assert now.last_activity_at == before.last_activity_at, "a reaction brings nothing to the top"
    assert ada.unread(tea) == 0


def test_a_picture_is_reacted_to_and_answered_on_its_own(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    said = shows(ada, tea, CAT, DOG)
    cat, dog = said.attachments
    now = bo.reacts("😍", to=said, of=tea, on=dog.id)
    assert (now.reactions, now.attachments[0].reactions) == ((), ())
    assert now.attachments[1].reactions[0].user_ids == (bo.id,)
    refused(NotFound, bo.reacts, "😍", said, tea, "0" * 32)
    answer = bo.says("what a dog", to=tea, reply_to=said.id, reply_attachment=dog.id, client_id="one")
    assert answer.reply_attachment == dog.id
    again = bo.says("what a dog", to=tea, reply_to=said.id, reply_attachment=dog.id, client_id="one")
    assert again == answer
    other = {"reply_to": said.id, "reply_attachment": cat.id, "client_id": "one"}
    refused(Conflict, bo.says, "what a dog", tea, **other)
    refused(Invalid, bo.says, "which?", tea, reply_to=answer.id, reply_attachment=dog.id)
    refused(Invalid, bo.says, "which?", tea, reply_attachment="no id at all")
    bo.takes_off("😍", said, of=tea, on=dog.id)
    assert bo.reads_page(tea)[0].attachments[1].reactions == ()


def test_one_emoji_is_one_however_it_is_typed(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for typed, meant in (
        *(("❤", "❤️"), ("🏳‍🌈", "🏳️‍🌈"), ("👍🏽", "👍🏽"), ("1⃣", "1️⃣"), ("🇰🇪", "🇰🇪"), ("🧑‍⚕", "🧑‍⚕️")),
        *((text, None) for text in ("", "a", "👍👍", "🇰", "👍a", "‍", "<b>", "1", "👍" * 20)),
    ):
        assert emoji.qualified(typed) == meant, ascii(typed)
    monkeypatch.setattr(reactions, "MOST", 2)
    tea = people.ada.starts(people.bo)
    said = people.ada.says("hm", to=tea)
    refused(Invalid, people.bo.reacts, "no", said, tea)
    people.bo.reacts("👍", to=said, of=tea)
    people.bo.reacts("👎", to=said, of=tea)
    refused(Conflict, people.ada.reacts, "😶", said, tea)
    people.ada.reacts("👎", to=said, of=tea)


def test_anybody_who_sits_there_pins_for_all(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bo, cy = people.ada, people.bo, people.cy
    tea = ada.starts(bo, cy, title="Tea")
    first, second = ada.says("at seven", to=tea), ada.says("by the gate", to=tea)
    assert bo.pins(first, of=tea).pinned
    cy.pins(second, of=tea)
    cy.pins(second, of=tea)
    assert ada.sees_pinned(tea) == ["by the gate", "at seven"]
    [latest, _] = people.chat.ask(pins.of, ada.id, tea)
    assert latest.user_id == cy.id
    ada.unpins(first, of=tea)
    ada.unpins(first, of=tea)
    assert bo.sees_pinned(tea) == ["by the gate"]
    refused(NotFound, people.dee.pins, second, tea)
    refused(NotFound, people.dee.sees_pinned, tea)
    monkeypatch.setattr(pins, "MOST", 1)
    refused(Conflict, ada.pins, first, tea)


def test_what_is_taken_back_leaves_nothing_of_what_it_ever_said(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    said = shows(ada, tea, CAT, alt="a secret cat")
    cat = said.attachments[0]
    ada.edits(said, tea, "the secret word", Worded(cat.id, alt="another secret"))
    ada.edits(said, tea, "harmless", Worded(cat.id, caption="a secret caption"))
    bo.reacts("😱", to=said, of=tea)
    bo.reacts("😱", to=said, of=tea, on=cat.id)
    bo.pins(said, of=tea)
    assert "secret" in written(people.chat, tea)
    ada.takes_back(said, of=tea)
    [gone] = bo.reads_page(tea)
    assert (gone.content, gone.html, gone.edited_at, gone.reactions, gone.pinned) == ("", "", None, (), False)
    assert bo.looks_back(said, tea) == bo.sees_pinned(tea) == []
    assert "secret" not in written(people.chat, tea)
    refused(Conflict, bo.reacts, "😱", said, tea)
    refused(Conflict, bo.pins, said, tea)


def test_a_group_that_ends_keeps_no_former_words(people: Cast) -> None:
    tea = people.ada.starts(people.bo, title="Tea")
    said = people.ada.says("a secret", to=tea)
    people.ada.edits(said, tea, "another secret")
    people.ada.deletes(tea)
    assert "secret" not in written(people.chat, tea)


def test_whom_somebody_blocks_reaches_them_in_no_way(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    mine, theirs = bo.says("hello", to=tea), ada.says("go away", to=tea)
    bo.reacts("👋", to=theirs, of=tea)
    people.chat.do(contacts.block, ada.id, bo.id)
    refused(Forbidden, bo.edits, mine, tea, "HELLO")
    refused(Forbidden, bo.reacts, "😡", theirs, tea)
    refused(Forbidden, bo.pins, mine, tea)
    bo.takes_off("👋", theirs, of=tea)
    bo.takes_back(mine, of=tea)


def test_whoever_deleted_a_conversation_hears_nothing_of_what_was_before(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo)
    old = ada.says("old words", to=tea)
    ada.pins(old, of=tea)
    bo.deletes(tea)
    ada.edits(old, tea, "words anew")
    ada.says("back?", to=tea)
    ada.reacts("👍", to=old, of=tea)
    heard = bo.hears(tea)
    assert [one.kind for one in heard] == ["message.edited", "message.posted", "message.reacted"]
    assert [one.message.content for one in heard if one.message] == ["", "back?", ""]
    assert bo.sees_pinned(tea) == []
    for deed in (lambda: bo.reacts("👍", to=old, of=tea), lambda: bo.looks_back(old, tea)):
        refused(NotFound, deed)


def test_what_came_back_from_the_log_is_as_it_was(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo, title="Tea")
    said = shows(ada, tea, CAT, DOG)
    bo.reacts("👍", to=said, of=tea, on=said.attachments[1].id)
    bo.takes_off("👍", said, of=tea, on=said.attachments[1].id)
    bo.reacts("🎉", to=said, of=tea)
    ada.edits(said, tea, "look!", Worded(said.attachments[0].id, alt="A cat"))
    bo.pins(said, of=tea)
    people.chat.do(conversations.rename, ada.id, tea, "Coffee")
    assert [event.kind for event in bo.hears(tea, said.id)][:2] == ["message.reacted"] * 2
    assert people.chat.ask(messages.get, bo.id, tea, said.id).content == "look!"
    assert log.about(bo.hears(tea, said.id)[0]) == said.id


def test_what_was_answered_knows_how_often_and_everybody_who_reads_it_sees_by_what(people: Cast) -> None:
    ada, bo = people.ada, people.bo
    tea = ada.starts(bo, people.cy, title="Tea")
    said = ada.says("cake?", to=tea)
    assert (said.reply_count, said.last_reply) == (0, None)
    assert people.chat.ask(messages.replies, bo.id, tea, said.id).items == ()
    first, second = bo.says("yes", to=tea, reply_to=said.id), people.cy.says("no", to=tea, reply_to=said.id)
    bo.says("and tea?", to=tea, reply_to=first.id)
    seen = people.chat.ask(messages.get, bo.id, tea, said.id)
    assert (seen.reply_count, seen.last_reply) == (2, second.id)
    page = people.chat.ask(messages.replies, bo.id, tea, said.id, limit=1)
    assert ([one.id for one in page.items], page.next) == ([first.id], first.id)
    rest = people.chat.ask(messages.replies, bo.id, tea, said.id, after=first.id)
    assert ([one.content for one in rest.items], rest.next) == (["no"], None)
    # What was taken back has stood there, and its place says so.
    people.cy.takes_back(second, of=tea)
    seen = people.chat.ask(messages.get, bo.id, tea, said.id)
    assert (seen.reply_count, seen.last_reply) == (2, second.id)
    assert people.chat.ask(messages.replies, bo.id, tea, said.id).items[1].deleted_at is not None
    with pytest.raises(NotFound):
        people.chat.ask(messages.replies, people.dee.id, tea, said.id)
