import type { LiveMessage, PageMessage } from './api';
import { receive, setConnected } from './store';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;

let socket: WebSocket | null = null;
let wait = FIRST_WAIT_MS;

/** Follows the processor from now on; connects again whenever the connection ends. */
export function followLive(): void {
  const address = new URL('/api/live', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(address);
  socket.addEventListener('message', (event: MessageEvent<string>) => {
    wait = FIRST_WAIT_MS;
    receive(JSON.parse(event.data) as LiveMessage, performance.now());
  });
  socket.addEventListener('close', () => {
    setConnected(false);
    window.setTimeout(followLive, wait);
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
  });
}

function say(message: PageMessage): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

/** The processor releases by itself what this page holds when the connection ends. */
export const pressButton = (button: string) => say({ type: 'press', button });
export const releaseButton = (button: string) => say({ type: 'release', button });
