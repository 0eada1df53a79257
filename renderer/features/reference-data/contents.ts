import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import { CONTENT_OF_KIND, type ListedKind } from '#shared/schema/reference-content.ts';

type Contents = { readonly [Kind in ListedKind]: Static<(typeof CONTENT_OF_KIND)[Kind]> };

/** What a reference of a kind says besides its name; nothing where it says nothing that can be read. */
export function contentOf<Kind extends ListedKind>(kind: Kind, content: unknown): Partial<Contents[Kind]> {
  // Checked against the schema of this very kind.
  return Value.Check(CONTENT_OF_KIND[kind], content) ? (content as Contents[Kind]) : {};
}
