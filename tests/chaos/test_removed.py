"""Somebody who is removed while they send and listen, again and again: nothing after that is theirs, from anywhere."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import httpx
import pytest

from tests.chaos.conftest import Tally
from tests.chaos.crowd import PATIENCE, TROUBLE, Crowd, Member, arrive
from tests.chaos.stage import Stage

Json = dict[str, Any]
pytestmark = pytest.mark.servers


class Guest:
    """One who is let in and put out, and talks and listens all the while."""

    def __init__(self, crowd: Crowd, member: Member, where: str) -> None:
        self.crowd, self.member, self.where = crowd, member, where
        self.said = 0
        self.wrong: list[str] = []
        self._inside = False

    async def talks(self) -> None:
        """Say one thing after another; what is refused was said from outside."""
        async with self.crowd.web(self.member, PATIENCE) as web:
            while True:
                said = self.crowd.begins(self.where, self.member)
                body = {"content": said.content, "client_id": said.client_id}
                try:
                    answer = await web.post(f"/conversations/{self.where}/messages", json=body)
                except TROUBLE:
                    continue
                if answer.status_code == 201:
                    said.answers.append(answer.json()["id"])
                    self.said += 1
                else:
                    said.refused = True
                    await asyncio.sleep(0.05)

    async def listens(self) -> None:
        """Listen: between one's own leaving and one's own joining there is nothing."""
        while True:
            try:
                socket = await self.crowd.connect(self.member, PATIENCE)
                # Who comes while they are in hears nothing of how they got in.
                self._inside = True
                async for text in socket:
                    self._hears(json.loads(text))
            except TROUBLE:
                await asyncio.sleep(0.1)

    def _hears(self, frame: Json) -> None:
        if frame["type"] != "event" or frame["conversation_id"] != self.where:
            return
        whose = (frame.get("participant") or {}).get("user", {}).get("id")
        if whose == self.member.user_id and frame["kind"] == "participant.joined":
            self._inside = True
        elif not self._inside:
            self.wrong.append(f"heard {frame['seq']} from outside")
        elif whose == self.member.user_id and frame["kind"] == "participant.left":
            self._inside = False

    async def looks(self, head: int) -> None:
        """Try every way to what is not theirs any more."""
        paths = ["", "/messages", f"/messages?around={head}", f"/messages/{head}", "/events?after=0"]
        paths += [f"/events?after={max(0, head + by)}" for by in (-10, -1, 0, 1)]
        async with self.crowd.web(self.member) as web:
            for path in paths:
                answer = await web.get(f"/conversations/{self.where}{path}")
                if answer.status_code != 404:
                    self.wrong.append(f"{answer.status_code} for {path}")
        socket = await self.crowd.connect(self.member)
        seqs = {self.where: random.choice([0, max(0, head - 5), head])}
        await socket.send(json.dumps({"type": "resume", "ref": 1, "epoch": socket.hello["epoch"], "seqs": seqs}))  # type: ignore[attr-defined]
        await socket.send(json.dumps({"type": "ping", "ref": 2}))
        async for text in socket:
            frame = json.loads(text)
            if frame["type"] == "event" or (frame["type"] == "reset" and frame["seq"] is not None):
                self.wrong.append(f"resumed with {text!s:.80}")
            if frame["type"] == "pong":
                break
        await socket.close()


async def _cycle(owner: httpx.AsyncClient, guest: Guest) -> None:
    """Let the guest in, hear them say something, put them out, and have them try everything."""
    inside, heard = f"/conversations/{guest.where}/participants", guest.said
    (await owner.post(inside, json={"user_ids": [guest.member.user_id]})).raise_for_status()
    async with asyncio.timeout(120):
        while guest.said == heard:
            await asyncio.sleep(0.01)
    (await owner.delete(f"{inside}/{guest.member.user_id}")).raise_for_status()
    head = (await owner.get(f"/conversations/{guest.where}")).raise_for_status().json()["last_seq"]
    await guest.looks(head)


async def _members_only(crowd: Crowd, guests: list[Guest]) -> list[str]:
    """Whatever a guest said stands in the log between their joining and their leaving."""
    wrong, names = [], {one.member.user_id for one in guests}
    async with crowd.web(crowd.members[0]) as web:
        for where in crowd.conversations:
            inside: set[str] = set()
            after = 0
            while page := (await web.get(f"/conversations/{where}/events?after={after}&limit=100")).json():
                for event in page:
                    whose = (event.get("participant") or {}).get("user", {}).get("id")
                    if event["kind"] == "participant.joined":
                        inside.add(whose)
                    if event["kind"] == "participant.left":
                        inside.discard(whose)
                    if event["actor_id"] in names - inside and event["kind"] == "message.posted":
                        wrong.append(f"{where}: number {event['seq']} was said from outside")
                after = page[-1]["seq"]
    return wrong


async def _storm(stage: Stage, times: int) -> tuple[Crowd, list[Guest], list[str]]:
    crowd = await stage.crowd()
    newcomers = await arrive(stage.site.url, len(crowd.conversations))
    guests = [Guest(crowd, one, where) for one, where in zip(newcomers, crowd.conversations, strict=True)]
    async with crowd.talking():
        busy = [asyncio.create_task(work) for one in guests for work in (one.talks(), one.listens())]
        async with crowd.web(crowd.members[0]) as owner:
            for at in range(times):
                await _cycle(owner, guests[at % len(guests)])
        for one in busy:
            one.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        await crowd.has_said(stage.enough)
    wrong = [*await crowd.verdict(), *(one for guest in guests for one in guest.wrong)]
    return crowd, guests, wrong + await _members_only(crowd, guests)


def test_who_is_removed_gets_nothing_from_after_that(several: Stage, tally: Tally) -> None:
    times = 500 if several.full else 8
    crowd, guests, wrong = asyncio.run(_storm(several, times))
    tally(crowd, removals=times, said_by_guests=sum(one.said for one in guests), wrong=len(wrong))
    assert wrong == []
