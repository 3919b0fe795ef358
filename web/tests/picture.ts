// Makes docs/pictures/live-page.png: the villa on an evening, as the page shows it.

import { resolve } from 'node:path';
import { launch } from './chromium.ts';
import { Processor } from './processor.ts';

const PICTURE = resolve(import.meta.dirname, '../../docs/pictures/live-page.png');
const SCENES = [
  'hall.evening',
  'kitchen.evening',
  'dining.dinner',
  'study.read',
  'gallery.evening',
  'terrace.dinner',
];
const OUTSIDE = ['pool.swim', 'garden.evening', 'front-garden.evening'];
const FADES_MS = 12_000;

const processor = await new Processor().start();
const browser = await launch();
try {
  for (const scene of [...SCENES, ...OUTSIDE]) processor.candela('activate', scene);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 });
  await page.goto(processor.address);
  await page
    .getByRole('region', { name: 'Rooms' })
    .getByRole('button', { name: /^Living room/ })
    .click();
  await page.getByRole('button', { name: 'Evening, Living room keypad' }).click();
  await page.waitForTimeout(FADES_MS);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await processor.remove();
}
