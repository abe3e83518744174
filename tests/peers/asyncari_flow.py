# The flow of the README of asyncari.
import sys

import anyio
import asyncari


async def run(url, user, password):
    async with (
        asyncari.connect(url + "/", "hello", user, password) as client,
        client.on_channel_event("StasisStart") as starts,
        client.on_playback_event("PlaybackFinished") as finished,
        client.on_channel_event("StasisEnd") as ends,
    ):
        await client.channels.originate(endpoint="Local/1@testari", app="hello")
        async for objects, _ in starts:
            channel = objects["channel"]
            break
        await channel.answer()
        await channel.play(media="sound:hello-world")
        async for _, event in finished:
            print(event.playback.media_uri, event.playback.state)
            break
        await channel.hangup()
        async for _ in ends:
            break
        print("ended")


anyio.run(run, *sys.argv[1:])
