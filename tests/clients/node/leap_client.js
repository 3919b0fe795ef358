// Unmodified @mkellsy/leap-client (what its MQTT and Homebridge programs stand on), as its README drives it: pairs at the
// pairing port, connects, lists what there is, follows it, and sets what it is told to on standard input, a JSON line each:
// {"room": ..., "name": ..., "set": {...}}. Says what it sees, a line of JSON each. Its ports (8083, 8081) are built in.
//
//   HOME=EMPTY_DIRECTORY node leap_client.js HOST
//
// It remembers the processors it has discovered; one is put there as if it had been, because there is no multicast here.
const fs = require('fs');
const os = require('os');
const path = require('path');
const readline = require('readline');
const flatCache = require('flat-cache');
const { DeviceType, HostAddressFamily } = require('@mkellsy/hap-device');

const [host] = process.argv.slice(2);
const say = (step, what) => console.log(JSON.stringify({ step, what }));

const directory = path.join(os.homedir(), '.leap');
fs.mkdirSync(directory, { recursive: true });
const cache = flatCache.load('discovery', directory);
cache.setKey('/hosts', [{ id: '00C0FFEE', type: 'HWQSProcessor', addresses: [{ address: host, family: HostAddressFamily.IPv4 }] }]);
cache.save(true);

const { connect, pair } = require('@mkellsy/leap-client');

const shown = (device) => ({ name: device.name, room: device.room, type: DeviceType[device.type], state: device.status });

async function main() {
  say('pairing');
  await pair();
  say('paired');
  const location = connect();
  location.on('Update', (device) => say('update', shown(device)));
  location.on('Action', (device, button, action) => say('action', { name: device.name, button: button.name, action }));
  const devices = await new Promise((resolve) => location.once('Available', resolve));
  say('devices', devices.map(shown));
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { room, name, set } = JSON.parse(line);
    await devices.find((it) => it.room === room && it.name === name).set(set);
    say('set', name);
  }
  location.close();
}

main().catch((error) => {
  say('failed', String(error.stack || error));
  process.exit(1);
});
