// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { controlFacade, type FacadeState } from '../api';
import { snapshot } from '../small_home';
import { receive } from '../store';
import { Facades } from './Facades';

vi.mock('../api', () => ({ controlFacade: vi.fn(() => Promise.resolve()) }));

const hear = (state: Partial<FacadeState>) =>
  receive(
    { type: 'changes', facades: [{ id: 'south', enabled: true, wanted: 100, elsewhere: [], ...state }] },
    0,
  );
const head = () => screen.getByRole('button', { name: /^Sun and shades/ });

beforeEach(() => {
  window.matchMedia = vi
    .fn()
    .mockReturnValue({ matches: false, addEventListener() {}, removeEventListener() {} }); // jsdom has none
  Element.prototype.scrollIntoView = vi.fn();
  vi.clearAllMocks();
  receive(snapshot, 0);
  render(
    <MantineProvider>
      <Facades />
    </MantineProvider>,
  );
  fireEvent.click(head());
});
afterEach(cleanup);

it('tells what a facade wants of its shades', async () => {
  expect(head().textContent).toContain('Follow the sun');
  screen.getByText('Shades are open');
  hear({ wanted: 40 });
  await screen.findByText('Shades are 40 % open');
  hear({ wanted: null });
  await screen.findByText('Nothing to do for the sun yet');
});

it('is switched off and on', async () => {
  const follows = screen.getByRole('switch', { name: 'South: follow the sun' });
  fireEvent.click(follows);
  expect(controlFacade).toHaveBeenLastCalledWith('south', 'disable');
  hear({ enabled: false, wanted: null });
  await screen.findByText('Off: the shades stay where they are');
  expect(head().textContent).toMatch(/Off$/);
  fireEvent.click(follows);
  expect(controlFacade).toHaveBeenLastCalledWith('south', 'enable');
});

it('takes back what somebody moved', async () => {
  expect(screen.queryByRole('button', { name: 'Follow the sun again' })).toBeNull();
  hear({ wanted: 0, elsewhere: ['blind'] });
  await screen.findByText('Would be closed; moved by somebody: Hall Blind');
  expect(head().textContent).toContain('One shade was moved');
  fireEvent.click(screen.getByRole('button', { name: 'Follow the sun again' }));
  expect(controlFacade).toHaveBeenLastCalledWith('south', 'resume');
});
