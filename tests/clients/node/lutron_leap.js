// Unmodified lutron-leap (what Homebridge stands on), as its users' plugin drives it: pairs at the pairing port, then
// connects with what it was given. Says what it sees, a line of JSON each; the Python test moves the house meanwhile.
//
//   node lutron_leap.js HOST PAIRING_PORT LEAP_PORT
const { LeapClient, PairingClient, SmartBridge } = require('lutron-leap');
const forge = require('node-forge');

const [host, pairingPort, leapPort] = process.argv.slice(2);
const say = (step, what) => console.log(JSON.stringify({ step, what }));

/** As the plugin makes it: RSA of 2048 bits, signed with SHA-1. */
function certificateRequest() {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const csr = forge.pki.createCertificationRequest();
  csr.publicKey = keys.publicKey;
  csr.setSubject([{ name: 'commonName', value: 'homebridge' }]);
  csr.sign(keys.privateKey);
  return { key: forge.pki.privateKeyToPem(keys.privateKey), text: forge.pki.certificationRequestToPem(csr) };
}

function nextMessage(client) {
  return new Promise((resolve) => client.once('message', resolve));
}

async function pair() {
  const client = new PairingClient(host, Number(pairingPort));
  const pressed = nextMessage(client);
  await client.connect();
  say('waiting for the button');
  const status = await pressed;
  if (!status.Body.Status.Permissions.includes('PhysicalAccess')) throw new Error('the first message is not the button');
  const request = certificateRequest();
  const signed = nextMessage(client);
  await client.requestPair(request.text);
  const answer = await signed;
  if (answer.Header.StatusCode !== '200 OK') throw new Error(JSON.stringify(answer));
  say('paired');
  return { key: request.key, cert: answer.Body.SigningResult.Certificate, ca: answer.Body.SigningResult.RootCertificate };
}

async function main() {
  const { key, cert, ca } = await pair();
  const client = new LeapClient(host, Number(leapPort), ca, key, cert);
  await client.connect();
  await client.setVersion();
  const bridge = new SmartBridge('bridge', client);
  say('bridge', await bridge.getBridgeInfo());
  const devices = await bridge.getDeviceInfo();
  say('devices', devices.map((it) => ({ name: it.FullyQualifiedName.join(' '), type: it.DeviceType, serial: it.SerialNumber })));
  const remote = devices.find((it) => it.ButtonGroups && it.Name.includes(process.env.REMOTE));
  const groups = await bridge.getButtonGroupsFromDevice(remote);
  const buttons = (await Promise.all(groups.map((it) => bridge.getButtonsFromGroup(it)))).flat();
  for (const button of buttons) {
    bridge.subscribeToButton(button, (event) =>
      say('button', { number: button.ButtonNumber, event: event.Body.ButtonStatus.ButtonEvent.EventType }));
  }
  const occupancy = await bridge.subscribeToOccupancy((it) => say('occupancy', it.Body.OccupancyGroupStatuses));
  say('occupancy now', occupancy.OccupancyGroupStatuses);
  const blind = devices.find((it) => it.LocalZones && it.Name.includes(process.env.BLIND));
  if (blind) {
    await bridge.setBlindsTilt(blind, 30);
    // The house does it a moment after it was accepted.
    const deadline = Date.now() + 10_000;
    let tilt = await bridge.readBlindsTilt(blind);
    while (tilt !== 30 && Date.now() < deadline) tilt = await bridge.readBlindsTilt(blind);
    say('tilt', tilt);
  }
  await bridge.ping();
  say('following', { remote: remote.FullyQualifiedName.join(' ') });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
