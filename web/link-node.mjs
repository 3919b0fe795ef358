// After npm install: makes the Node of package.json the one that the scripts here run on, whatever the machine's own is.
// npm 9 (Debian 12) takes the link away again when it drops the package for the other kind of processor.

import { existsSync, rmSync, symlinkSync } from 'node:fs';

const node = `node-linux-${process.arch}/bin/node`;
if (existsSync(`node_modules/${node}`)) {
  rmSync('node_modules/.bin/node', { force: true });
  symlinkSync(`../${node}`, 'node_modules/.bin/node');
}
