// The flow of the README of @ipcom/asterisk-ari.
import { AriClient } from '@ipcom/asterisk-ari';
const [url, username, password] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const client = new AriClient({ host: hostname, port: Number(port), username, password, secure: false });
await client.connectWebSocket(['hello']);
client.on('StasisStart', async event => {
  const channel = event.instanceChannel;
  await channel.answer();
  const playback = client.Playback();
  playback.on('PlaybackFinished', async finished => {
    console.log(`${finished.playback.media_uri} ${finished.playback.state}`);
    await channel.hangup();
  });
  await channel.play({ media: 'sound:hello-world' }, playback.id);
});
client.on('StasisEnd', () => { console.log('ended'); client.closeWebSocket(); process.exit(0); });
await client.Channel().originate({ endpoint: 'Local/1@testari', app: 'hello' });
