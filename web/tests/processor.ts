import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SOURCE = resolve(import.meta.dirname, '../..');
const PROGRAMS = process.env.CANDELA_PROGRAMS ?? join(SOURCE, 'build/release/bin');
const READY_WITHIN_MS = 30_000;

/** A real candelad with the villa, in a state directory of its own. */
export class Processor {
  readonly #state = mkdtempSync(join(tmpdir(), 'candela-web-'));
  readonly #log = join(this.#state, 'log.txt');
  #process: ChildProcess | null = null;
  #port = 0;

  get address(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it, on the same port as before if it ran already, and waits until it is ready. */
  async start(): Promise<this> {
    const log = openSync(this.#log, 'a');
    const started = spawn(
      join(PROGRAMS, 'candelad'),
      [
        ...['--project', join(SOURCE, 'projects/villa.yaml'), '--state', join(this.#state, 'memory')],
        ...[
          '--page',
          join(SOURCE, 'web/dist'),
          '--leap-port',
          'none',
          '--pairing-port',
          'none',
          '--http-port',
          `${this.#port}`,
        ],
      ],
      { stdio: ['ignore', log, log] },
    );
    closeSync(log);
    this.#process = started;
    for (const end = Date.now() + READY_WITHIN_MS; Date.now() < end; await pause(20)) {
      if (started.exitCode !== null) break;
      const endpoints = this.#endpoints();
      if (endpoints?.pid !== started.pid || !endpoints?.http) continue;
      this.#port = endpoints.http.port;
      return this;
    }
    throw new Error(`candelad did not become ready:\n${readFileSync(this.#log, 'utf8')}`);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (!running || running.exitCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }

  /** Ends it and forgets everything. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#state, { recursive: true, force: true });
  }

  /** The candela command on this processor. */
  candela(...words: string[]): string {
    return execFileSync(join(PROGRAMS, 'candela'), ['--state', join(this.#state, 'memory'), ...words], {
      encoding: 'utf8',
    });
  }

  /** What it tells of a facade. */
  facade(id: string): { enabled: boolean; wanted: number | null; elsewhere: string[] } {
    const all = JSON.parse(this.candela('--json', 'facade')) as { id: string }[];
    return all.find((facade) => facade.id === id) as never;
  }

  #endpoints(): { pid: number; http?: { port: number } } | null {
    try {
      return JSON.parse(readFileSync(join(this.#state, 'memory/endpoints.json'), 'utf8'));
    } catch {
      return null; // not written yet
    }
  }
}
