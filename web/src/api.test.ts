// @vitest-environment node
import { readFileSync } from 'node:fs';
import openapi, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('has types that are up to date with schema/api.yaml', async () => {
  const schema = new URL('../../schema/api.yaml', import.meta.url);
  const fresh = astToString(await openapi(schema, { alphabetize: true, immutable: true }));
  const kept = readFileSync(new URL('api.gen.ts', import.meta.url), 'utf8');
  // If this fails: npm run api
  expect(kept).toBe(COMMENT_HEADER + fresh);
});
