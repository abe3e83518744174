// The flow of the README of ari-client.
const client = require('ari-client');
const [url, user, password] = process.argv.slice(2);
client.connect(url, user, password).then(async ari => {
  ari.on('StasisStart', async (event, channel) => {
    await channel.answer();
    const playback = ari.Playback();
    channel.once('StasisEnd', () => { console.log('ended'); ari.stop(); process.exit(0); });
    playback.once('PlaybackFinished', async (_, finished) => {
      console.log(`${finished.media_uri} ${finished.state}`);
      await channel.hangup();
    });
    await channel.play({media: 'sound:hello-world'}, playback);
  });
  await ari.start('hello');
  const bridge = ari.Bridge();
  await bridge.create({type: 'mixing'});
  console.log(`${(await ari.bridges.list()).length} bridge`);
  await bridge.destroy();
  await ari.Channel().originate({endpoint: 'Local/1@testari', app: 'hello', appArgs: 'dialed'});
}).catch(error => { console.error(error); process.exit(1); });
