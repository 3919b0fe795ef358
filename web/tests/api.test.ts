import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Home } from '../src/api';
import { allAreas } from '../src/plan';
import { Processor } from './processor.ts';

// What a real processor answers is what schema/api.yaml says.

const document = parse(readFileSync(new URL('../../schema/api.yaml', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ ...document, $id: 'api' });

function expectToBe(schema: string, value: unknown): void {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (!validate) throw new Error(`schema/api.yaml has no ${schema}`);
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

const processor = new Processor();
beforeAll(() => processor.start());
afterAll(() => processor.remove());

const get = (path: string) => fetch(`${processor.address}/api/${path}`);
const post = (path: string, body?: object) =>
  fetch(`${processor.address}/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

it('tells home and state as described', async () => {
  const home = (await (await get('home')).json()) as Home;
  expectToBe('Home', home);
  expect(home.name).toBe('Harbour Villa');
  expect(allAreas(home.area).flatMap((area) => area.zones).length).toBeGreaterThan(50);
  expectToBe('State', await (await get('state')).json());
  expectToBe('ExplainedZone', await (await get('zones/hall-pendant')).json());
  const { entries } = (await (await get('feed')).json()) as { entries: unknown[] };
  for (const entry of entries) expectToBe('FeedEntry', entry);
});

it('answers every path of the description, and refuses with a reason', async () => {
  const ids: Record<string, string> = {
    areas: 'hall',
    devices: 'front-door',
    links: 'wired',
    variables: 'household',
    shows: 'daylight',
    timeclocks: 'house',
    occupancy: 'hall',
    sensors: 'hall-sensor',
    zones: 'hall-pendant',
    buttons: 'front-door.3',
    scenes: 'hall.evening',
    modes: 'at-home',
    sequences: 'pool-colours',
    facades: 'bedroom-sun',
  };
  for (const [path, methods] of Object.entries<object>(document.paths)) {
    const address = path
      .replace('/api/', '')
      .replace(/^(\w+)\/\{id\}/, (_, kind: string) => `${kind}/${ids[kind]}`);
    for (const [method, operation] of Object.entries(methods as Record<string, { 'x-role': string }>)) {
      const response = await fetch(`${processor.address}/api/${address}`, {
        method: method.toUpperCase(),
        ...(method === 'post' && { headers: { 'Content-Type': 'application/json' }, body: '{}' }),
      });
      const expected = operation['x-role'] === 'admin' ? [401] : [200, 202, 400, 404, 409, 426];
      expect(expected, `${method} ${path}`).toContain(response.status);
      if (response.status >= 400) expectToBe('Problem', await response.json());
    }
  }
  const unknown = await post('zones/attic/level', { level: 1 });
  expect(unknown.status).toBe(404);
  expectToBe('Problem', await unknown.json());
});

it('tells live what happens, as described', async () => {
  const messages: { type: string; zones?: { id: string; target: number }[] }[] = [];
  const socket = new WebSocket(`${processor.address.replace('http', 'ws')}/api/live`);
  const arrived = (isIt: (message: (typeof messages)[number]) => boolean) =>
    expect.poll(() => messages.some(isIt), { timeout: 20_000 }).toBe(true);
  socket.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data))));
  try {
    await arrived(({ type }) => type === 'snapshot');
    expect((await post('zones/study-desk/level', { level: 42, fade: 0.5 })).status).toBe(202);
    await arrived(
      ({ zones }) => zones?.some(({ id, target }) => id === 'study-desk' && target > 41.9) ?? false,
    );
    socket.send(JSON.stringify({ type: 'press', button: 'study-keypad.1' }));
    socket.send(JSON.stringify({ type: 'press', button: 'study-keypad.1' }));
    await arrived(({ type }) => type === 'refused');
    for (const message of messages) expectToBe('LiveMessage', message);
  } finally {
    socket.close();
  }
});

it('keeps foreign web pages out', async () => {
  const foreign = await fetch(`${processor.address}/api/scenes/hall.evening/activate`, {
    method: 'POST',
    headers: { Origin: 'http://evil.example' },
  });
  expect(foreign.status).toBe(403);
});
