import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { OPERATIONS } from '../../../server/openapi/operations.ts';
import { OPERATION_PATHS } from '../../../server/routes/operation.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
};

const KEPT = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url));

describe('the description of the endpoint', () => {
  let endpoint: TestEndpoint;
  let text: string;
  let description: Description;

  beforeAll(async () => {
    endpoint = await startEndpoint();
    text = await (await fetch(`${endpoint.address}${OPERATION_PATHS.api}`)).text();
    description = JSON.parse(text);
  });
  afterAll(() => endpoint.stop());

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('tells what each route is for, and of no route that is not there', () => {
    const served = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(served.sort()).toEqual(Object.keys(OPERATIONS).sort());
    const ids = Object.values(description.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  // After a change on purpose: npx vitest run --config build/vitest.config.ts --project contract openapi --update
  it('is what docs/openapi.json says', async () => {
    await expect(`${JSON.stringify(description, null, 2)}\n`).toMatchFileSnapshot(KEPT);
  });
});
