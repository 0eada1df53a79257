import { createHash } from 'node:crypto';
import * as protocol from '#shared/protocol/replication.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';

/**
 * The shapes that travel, by the version that names them. A test fails when a shape changes: then either raise
 * PROTOCOL_VERSION and add a line, or, when the change is one that both sides already understand (a new optional
 * field, a new collection's version), move the hash of the current version on purpose and say why in the commit.
 */
const PINNED: Readonly<Record<number, string>> = {
  1: '36bf78ddc951f4b5d23cb7daab23f3b44ebf179c7bd80a9efd4c1055386970bb',
  2: 'ae96718d96dea65bb4a981974c2693180fe5dbea9ef0e3df63cff3158c7c5340',
};

const SCHEMAS = [
  protocol.ExchangeRequest,
  protocol.PushRow,
  protocol.WireDocument,
  protocol.Checkpoint,
  protocol.EnrolRequest,
  protocol.EnrolAnswer,
  protocol.EnrolmentCodeRequest,
];

/** Keys in one order, so that only a change of meaning changes the text. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => [key, canonical(item)]),
  );
}

it('the shapes on the wire are those of PROTOCOL_VERSION, until the version or the pin is moved on purpose', () => {
  const collections = COLLECTIONS.map(({ name, version, appendOnly, deletable, document }) => ({
    name,
    version,
    appendOnly,
    deletable,
    document,
  }));
  const shapes = { paths: protocol.PATHS, maxRows: protocol.MAX_ROWS, schemas: SCHEMAS, collections };
  // The round trip leaves what a JSON schema is; TypeBox keeps marks of its own beside it.
  const text = JSON.stringify(canonical(JSON.parse(JSON.stringify(shapes))));
  expect(createHash('sha256').update(text).digest('hex')).toBe(PINNED[protocol.PROTOCOL_VERSION]);
});
