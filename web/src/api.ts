import type { components } from './api.gen';

type Schemas = components['schemas'];
export type Home = Schemas['Home'];
export type Area = Schemas['Area'];
export type Zone = Schemas['Zone'];
export type Scene = Schemas['Scene'];
export type Device = Schemas['Device'];
export type Button = Schemas['Button'];
export type Link = Schemas['Link'];
export type Point = Schemas['Point'];
export type ZoneState = Schemas['ZoneState'];
export type LedState = Schemas['LedState']['state'];
export type DeviceState = Schemas['DeviceState'];
export type LinkFault = Schemas['LinkState']['fault'];
export type ColourState = Schemas['ColourState'];
export type Climate = Schemas['Climate'];
export type OccupancyState = Schemas['OccupancyState'];
export type Facade = Home['facades'][number];
export type FacadeState = Schemas['FacadeState'];
export type HouseState = Schemas['HouseState'];
export type FeedEntry = Schemas['FeedEntry'];
export type Snapshot = Schemas['Snapshot'];
export type Changes = Schemas['Changes'];
export type LiveMessage = Schemas['LiveMessage'];
export type PageMessage = Schemas['PageMessage'];
export type ExplainedZone = Schemas['ExplainedZone'];

/** Sends a command. What follows from it comes back over the live connection; a refusal is thrown, in words. */
async function post(path: string, body: unknown = {}): Promise<void> {
  const response = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(((await response.json()) as Schemas['Problem']).detail);
}

export const setLevel = (zone: string, level: number, fade?: number) =>
  post(`zones/${encodeURIComponent(zone)}/level`, fade === undefined ? { level } : { level, fade });

export const setTilt = (zone: string, level: number) =>
  post(`zones/${encodeURIComponent(zone)}/tilt`, { level });

export const setColour = (zone: string, colour: { kelvin: number } | { hue: number; saturation: number }) =>
  post(`zones/${encodeURIComponent(zone)}/colour`, { ...colour, fade: 0.2 });

export const stopSequence = (sequence: string) => post(`sequences/${encodeURIComponent(sequence)}/stop`);

export const controlFacade = (facade: string, what: 'enable' | 'disable' | 'resume') =>
  post(`facades/${encodeURIComponent(facade)}/${what}`);

export const activateScene = (scene: string) => post(`scenes/${encodeURIComponent(scene)}/activate`);

export async function explainZone(zone: string): Promise<ExplainedZone> {
  const response = await fetch(`/api/zones/${encodeURIComponent(zone)}`);
  if (!response.ok) throw new Error(((await response.json()) as Schemas['Problem']).detail);
  return (await response.json()) as ExplainedZone;
}
