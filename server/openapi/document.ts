import type { FastifyInstance } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { PROTOCOL_VERSION } from '#shared/protocol/replication.ts';
import { OPERATIONS, type Operation } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;
export type ServedRoute = { readonly method: string; readonly url: string; readonly body: TSchema | undefined };

/** What every refusal looks like. */
const Refusal = Type.Object({
  code: Type.String({
    description: 'A word that programs tell refusals apart by: SYNC_TOO_LARGE, SYNC_UNAUTHORISED …',
  }),
  message: Type.String(),
  field: Type.Optional(Type.String({ description: 'JSON pointer into the request' })),
});

/** Hears of every route that is registered afterwards; one that Fastify adds for `HEAD` is its `GET`. */
export function watchRoutes(app: FastifyInstance): readonly ServedRoute[] {
  const routes: ServedRoute[] = [];
  app.addHook('onRoute', ({ method, url, schema, exposeHeadRoute }) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD' && (exposeHeadRoute || routes.some((route) => route.url === url && route.method === 'GET'))) {
        continue;
      }
      // The routes of the endpoint give schemas of TypeBox only.
      routes.push({ method: one, url, body: schema?.body as TSchema | undefined });
    }
  });
  return routes;
}

/** OpenAPI 3.1 of the routes that are there, from the very schemas that judge their requests. */
export function describeApi(routes: readonly ServedRoute[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of [...routes].sort(byAddress)) {
    const url = route.url.replace(/:(\w+)/g, '{$1}');
    const operation = OPERATIONS[`${route.method} ${route.url}`];
    paths[url] = { ...paths[url], [route.method.toLowerCase()]: describeRoute(route, operation) };
  }
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Registre endpoint',
      version: String(PROTOCOL_VERSION),
      description: 'The version is that of the exchange. Bodies may be compressed (br, gzip, deflate), both ways.',
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    paths,
    components: {
      securitySchemes: {
        device: bearer('Given at enrolment'),
        administrator: bearer('REGISTRE_ADMIN_TOKEN'),
        metrics: bearer('REGISTRE_METRICS_TOKEN'),
      },
      schemas: { Refusal },
    },
  };
  // As it is read: without what only the library keeps in its schemas.
  return JSON.parse(JSON.stringify(document));
}

function byAddress(one: ServedRoute, other: ServedRoute): number {
  return `${one.url} ${one.method}` < `${other.url} ${other.method}` ? -1 : 1;
}

function describeRoute({ method, url, body: judged }: ServedRoute, operation: Operation | undefined): Json {
  const { summary = `${method} ${url}`, security = 'device', answer, status = 200 } = operation ?? {};
  const body = operation?.body ?? judged;
  const parameters = [...url.matchAll(/:(\w+)/g)].map(([, name]) => {
    return { name, in: 'path', required: true, schema: { type: 'string' } };
  });
  const required = security === 'deviceOrAdministrator' ? ['device', 'administrator'] : [security];
  return {
    summary,
    operationId: `${method.toLowerCase()}${url.replace(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    security: security === 'none' ? [] : required.map((name) => ({ [name]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      [status]: { description: 'Done', ...(answer && { content: contentOf(answer) }) },
      default: {
        description: 'Refused',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  };
}

function contentOf(body: TSchema | string): Json {
  return typeof body === 'string' ? { [body]: {} } : { 'application/json': { schema: body } };
}
