import { EQUIPMENT_TYPES, OTHER_TYPES, STORES_DATA, TYPE_ATTRIBUTES } from '#shared/domain/equipment-types.ts';
import type { WireDocument } from '#shared/protocol/replication.ts';
import type { CollectionName } from '#shared/schema/collections.ts';
import type { TypeContent } from '#shared/schema/equipment-type.ts';
import type { Reference } from '#shared/schema/reference.ts';
import type { Site } from '#shared/schema/site.ts';
import { deterministicId } from './deterministic-id.ts';
import { MINISTRIES_2022 } from './ministries.ts';
import { COMMUNES, communeId, DEPARTEMENTS, departementId } from './territory.ts';

/** A row as the endpoint stores it. */
export type SeedDocument = { readonly collection: CollectionName; readonly document: WireDocument };

/**
 * What every ministry starts with: the territory (12 départements, 77 communes) as `sites` and the equipment types as
 * `references`. Ids depend only on the ministry and the names, so seeding twice writes nothing new. Parents come first.
 */
export function* referenceDocuments(ministryId: string): Generator<SeedDocument> {
  for (const name of DEPARTEMENTS) {
    const site: Site = { id: departementId(ministryId, name), ministryId, kind: 'departement', name };
    yield { collection: 'sites', document: { ...site, _deleted: false } };
  }
  for (const commune of COMMUNES) {
    const site: Site = {
      id: communeId(ministryId, commune),
      ministryId,
      parentId: departementId(ministryId, commune.departement),
      kind: 'commune',
      name: commune.name,
      ...(commune.aliases.length > 0 && { aliases: [...commune.aliases] }),
    };
    yield { collection: 'sites', document: { ...site, _deleted: false } };
  }
  for (const [code, label] of EQUIPMENT_TYPES) {
    const content: TypeContent = {
      nature: 'hardware',
      ...(STORES_DATA.has(code) && { storesData: true }),
      attributes: [...(TYPE_ATTRIBUTES[code] ?? [])],
    };
    yield { collection: 'references', document: toReference(ministryId, 'equipment-type', code, label, content) };
  }
  for (const [code, label, nature] of OTHER_TYPES) {
    const content: TypeContent = { nature, attributes: [] };
    yield { collection: 'references', document: toReference(ministryId, 'equipment-type', code, label, content) };
  }
  for (const { acronym, name, validFrom } of MINISTRIES_2022) {
    const document = toReference(ministryId, 'institution', acronym, name, { validFrom });
    yield { collection: 'references', document };
  }
}

/** A row of an editable list; its id depends on the kind and the code. */
export function toReference(
  ministryId: string,
  kind: Reference['kind'],
  code: string,
  label: string,
  content?: Reference['content'],
): WireDocument {
  const id = deterministicId(ministryId, `reference:${kind}`, code);
  return {
    id,
    ministryId,
    kind,
    code,
    label,
    active: true,
    ...(content !== undefined && { content }),
    _deleted: false,
  };
}
