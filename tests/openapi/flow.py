"""The same flow with the client of openapi-python-client."""

import sys

from asterisk_rest_interface_ari_client import Client
from asterisk_rest_interface_ari_client.api.asterisk import asterisk_get_info, asterisk_ping
from asterisk_rest_interface_ari_client.api.channels import (
    channels_get,
    channels_get_channel_var,
    channels_hangup,
    channels_list,
    channels_originate,
)
from asterisk_rest_interface_ari_client.models import (
    Channel,
    ChannelsOriginateBody,
    ChannelsOriginateBodyVariables,
)

client = Client(base_url=sys.argv[1], httpx_args={"auth": ("aritest", "testme")})

assert asterisk_ping.sync(client=client).ping == "pong"
assert asterisk_get_info.sync(client=client, only=["system"]).system.version

variables = ChannelsOriginateBodyVariables()
variables["COLOUR"] = "green"
channel = channels_originate.sync(
    client=client,
    body=ChannelsOriginateBody(variables=variables),
    endpoint="Local/1@testari",
    extension="1",
    context="testari",
    timeout=5,
)
assert isinstance(channel, Channel), channel
variable = channels_get_channel_var.sync(channel.id, client=client, variable="COLOUR")
assert variable.value == "green", variable
assert channel.id in [it.id for it in channels_list.sync(client=client)]
assert channels_hangup.sync_detailed(channel.id, client=client, reason="busy").status_code == 204
missing = channels_get.sync(channel.id, client=client)
assert missing.message == "Channel not found", missing
print("Python: ping, info, originate, variable, list, hangup, error")
