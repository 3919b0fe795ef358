import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { Processor } from './processor.ts';

// The page in a real browser, on a real processor with simulated links: what a person sees and does.

const WITHIN = { timeout: 20_000, interval: 30 };

const processor = new Processor();
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  await processor.start();
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // A lost connection is logged by the browser itself, and meant here.
    if (message.type() === 'error' && !message.text().includes('/api/live')) complaints.push(message.text());
  });
  await page.goto(processor.address);
});
afterAll(async () => {
  await browser?.close();
  await processor.remove();
});
beforeEach(() => {
  complaints.length = 0;
});

const region = (name: string) => page.getByRole('region', { name });
const roomHead = (name: string) =>
  region('Rooms').locator('button[aria-expanded]', { hasText: new RegExp(`^${name}`) });
const key = (name: string, keypad: string) => page.getByRole('button', { name: `${name}, ${keypad} keypad` });
const slider = (zone: string) => region('Rooms').getByRole('slider', { name: zone });
const feed = () => page.getByRole('log', { name: 'What happens' });

/** The level that a lamp's name on the plan says. */
const lampLevel = async (zone: string) => {
  const name = await region('Floor plan').getByRole('button', { name: zone }).getAttribute('aria-label');
  return Number(/, (\d+) %$/.exec(name ?? '')?.[1]);
};
const glow = (zone: string) =>
  page.evaluate((id) => {
    const halo = document
      .querySelector(`[data-zone="${id}"]`)
      ?.previousElementSibling?.querySelector('circle');
    return Number(halo?.getAttribute('opacity'));
  }, zone);
const isLit = async (button: Locator) => (await button.getAttribute('aria-pressed')) === 'true';
async function openRoom(name: string): Promise<void> {
  const head = roomHead(name);
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
}

it('shows the home', async () => {
  await page.getByRole('heading', { name: 'Harbour Villa' }).waitFor();
  await page.getByRole('status').getByText('Live').waitFor();
  expect(await region('Floor plan').getByRole('button').count()).toBeGreaterThan(50);
  await expect
    .poll(() => page.getByRole('img', { name: /^Wired link/ }).textContent(), WITHIN)
    .toMatch(/(\d+)\/\1$/);
  expect(complaints).toEqual([]);
});

it('a pressed keypad button lights lamp and LED', async () => {
  await openRoom('Hall');
  const evening = key('Evening', 'Front door');
  expect(await isLit(evening)).toBe(false);
  await evening.click();
  await expect.poll(() => isLit(evening), WITHIN).toBe(true);
  await expect.poll(() => lampLevel('Hall Pendant'), WITHIN).toBe(55);
  expect(await glow('hall-pendant')).toBeGreaterThan(0.5);
  await feed()
    .getByText(/button 3 \(Evening\) of .*Front door was pressed/)
    .first()
    .waitFor();
  expect(processor.candela('explain', 'hall-pendant')).toContain('the page');
  expect(complaints).toEqual([]);
});

it('a fade is drawn step by step', async () => {
  await openRoom('Hall');
  await page.evaluate(() => {
    const lamp = document.querySelector('[data-zone="hall-niche"]');
    const seen = new Set<string>();
    Object.assign(window, { seen });
    new MutationObserver(() => seen.add(lamp?.getAttribute('aria-label') ?? '')).observe(lamp as Element, {
      attributes: true,
    });
  });
  processor.candela('set', 'hall-niche', '0', '--fade', '1.5');
  await expect.poll(() => lampLevel('Hall Niche'), WITHIN).toBe(0);
  expect(await page.evaluate(() => (window as unknown as { seen: Set<string> }).seen.size)).toBeGreaterThan(
    5,
  );
});

it('holding raises until the button is let go', async () => {
  await openRoom('Hall');
  processor.candela('set', 'hall-walls', '10', '--fade', '0');
  await expect.poll(() => lampLevel('Hall Wall lights'), WITHIN).toBe(10);
  await key('Raise', 'Front door').hover();
  await page.mouse.down();
  await expect.poll(() => lampLevel('Hall Wall lights'), WITHIN).toBeGreaterThan(20);
  await page.mouse.up();
  const still = async () => {
    const before = await lampLevel('Hall Wall lights');
    await page.evaluate(() => new Promise((frame) => setTimeout(frame, 300)));
    return before === (await lampLevel('Hall Wall lights'));
  };
  await expect.poll(still, WITHIN).toBe(true);
});

it('a button held by a page that dies is let go', async () => {
  processor.candela('set', 'hall-walls', '1', '--fade', '0');
  const other = await browser.newPage();
  await other.goto(processor.address);
  await other.getByRole('region', { name: 'Rooms' }).getByRole('button', { name: /^Hall/ }).click();
  await other.getByRole('button', { name: 'Raise, Front door keypad' }).hover();
  await other.mouse.down();
  await feed()
    .getByText(/of .*Front door was pressed/)
    .first()
    .waitFor();
  await other.close();
  await expect.poll(() => feed().textContent(), WITHIN).toMatch(/of .*Front door was released/);
});

it('a slider sets its zone', async () => {
  await openRoom('Study');
  await slider('Study Desk').focus();
  await page.keyboard.press('End');
  await expect.poll(() => lampLevel('Study Desk'), WITHIN).toBe(100);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => lampLevel('Study Desk'), WITHIN).toBe(99);
  expect(complaints).toEqual([]);
});

it('a lamp on the plan opens its own control, which says why', async () => {
  await region('Floor plan').getByRole('button', { name: 'Study Desk' }).click();
  const control = page.getByRole('dialog');
  await control.getByText(/Study Desk was set/).waitFor();
  await control.getByRole('slider', { name: 'Study Desk' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => lampLevel('Study Desk'), WITHIN).toBe(0);
  await page.keyboard.press('Escape');
  await control.waitFor({ state: 'hidden' });
});

it('scenes are recalled, and shown as active', async () => {
  await openRoom('Kitchen');
  const breakfast = page
    .getByRole('group', { name: 'Scenes of Kitchen' })
    .getByRole('button', { name: 'Breakfast' });
  await breakfast.click();
  await expect.poll(() => isLit(breakfast), WITHIN).toBe(true);
  await expect.poll(() => lampLevel('Kitchen Island pendants'), WITHIN).toBe(70);
});

it('a shade closes, and a lamp takes a colour', async () => {
  const shade = region('Floor plan').getByRole('button', { name: /^Living room Window shade/ });
  const open = async () =>
    Number(/, (\d+) % open$/.exec((await shade.getAttribute('aria-label')) ?? '')?.[1]);
  processor.candela('set', 'living-shade', '20');
  await expect.poll(open, { ...WITHIN, timeout: 40_000 }).toBe(20);
  processor.candela('set', 'pool-colour', '80', '--fade', '0');
  processor.candela('colour', 'pool-colour', '--hue', '240', '--saturation', '90', '--fade', '0');
  const bulb = region('Floor plan').locator('[data-zone="pool-colour"] circle').last();
  await expect
    .poll(() => bulb.evaluate((it) => getComputedStyle(it).fill), WITHIN)
    .toMatch(/rgb\(\d\d, \d\d, 255\)/);
  expect(complaints).toEqual([]);
});

it('the header tells the mode and what runs, and stops it', async () => {
  const house = page.getByRole('group', { name: 'House' });
  await house.getByText('At home').waitFor();
  await house.getByText(/^(Day|Night)$/).waitFor();
  processor.candela('mode', 'vacation');
  await house.getByText('Vacation', { exact: true }).waitFor();
  processor.candela('mode', 'at-home');
  processor.candela('sequence', 'pool-colours', 'start');
  await house.getByRole('button', { name: 'Pool colours runs: stop it' }).click();
  await expect.poll(() => house.getByText('Pool colours').count(), WITHIN).toBe(0);
});

it('shades that follow the sun are told, left alone when moved, and taken back', async () => {
  const rooms = region('Rooms');
  const head = rooms.getByRole('button', { name: /^Sun and shades/ });
  await head.click();
  const facade = rooms.getByRole('group', { name: 'Bedroom window' });
  const follows = facade.getByRole('switch', { name: 'Bedroom window: follow the sun' });
  const state = () => processor.facade('bedroom-sun');
  // Before the day's first move it wants nothing; switched on again, it says at once.
  await follows.press('Space');
  await facade.getByText('Off: the shades stay where they are').waitFor();
  expect(state().enabled).toBe(false);
  await follows.press('Space');
  await expect.poll(() => state().wanted, WITHIN).not.toBeNull();
  await facade.getByText(/^Shades are (open|closed|\d+ % open)$/).waitFor();
  processor.candela('set', 'bedroom-blind', (state().wanted ?? 0) < 50 ? '100' : '0');
  await facade.getByText(/moved by somebody: Main bedroom/).waitFor();
  expect(await head.textContent()).toContain('One shade was moved');
  await facade.getByRole('button', { name: 'Follow the sun again' }).click();
  await expect.poll(() => state().elsewhere, WITHIN).toEqual([]);
  await facade.getByText(/^Shades are/).waitFor();
  await head.click();
  expect(complaints).toEqual([]);
});

it('changes made elsewhere show up', async () => {
  processor.candela('set', 'dining-chandelier', '66', '--fade', '0');
  await expect.poll(() => lampLevel('Dining room Chandelier'), WITHIN).toBe(66);
  await feed().getByText('Dining room Chandelier goes to 66 %').waitFor();
  expect(complaints).toEqual([]);
});

it('a processor that restarts is found again', async () => {
  await processor.stop();
  await page.getByRole('status').getByText('Reconnecting').waitFor();
  await processor.start();
  await page.getByRole('status').getByText('Live').waitFor();
  await expect.poll(() => lampLevel('Dining room Chandelier'), WITHIN).toBe(66);
  processor.candela('set', 'dining-chandelier', '20', '--fade', '0');
  await expect.poll(() => lampLevel('Dining room Chandelier'), WITHIN).toBe(20);
});

it('works on a phone', async () => {
  const phone = await browser.newPage({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.goto(processor.address);
  await phone
    .getByRole('region', { name: 'Rooms' })
    .getByRole('button', { name: /^Study/ })
    .tap();
  const work = phone.getByRole('button', { name: 'Work, Study keypad' });
  await work.tap();
  await expect.poll(() => isLit(work), WITHIN).toBe(true);
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await phone.close();
});
