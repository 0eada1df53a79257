import { EQUIPMENT_TYPES } from '#shared/domain/equipment-types.ts';
import { ERROR_CODES } from '#shared/domain/errors.ts';
import { IMPORT_FIELDS } from '#shared/domain/import-fields.ts';
import { ACT_NAMES, PAPER_KINDS } from '#shared/domain/lifecycle.ts';
import { ROLES } from '#shared/domain/roles.ts';
import {
  ACQUISITION_MODES,
  ASSET_STATUSES,
  assetFields,
  HOLDER_KINDS,
  NATURES,
  PHYSICAL_STATES,
  SERIAL_ABSENCE_REASONS,
} from '#shared/schema/asset.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { MOVEMENT_KINDS } from '#shared/schema/movement.ts';
import { REVIEW_KINDS } from '#shared/schema/review.ts';
import { en } from '../../../renderer/text/en.ts';
import { fr } from '../../../renderer/text/fr.ts';
import { createTexts, withFrenchSpaces } from '../../../renderer/text/i18n.ts';

type Texts = { readonly [key: string]: string | Texts };

function leaves(texts: Texts, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string' ? [[`${path}${key}`, text] as const] : [...leaves(text, `${path}${key}.`)],
    ),
  );
}

const french = leaves(fr);
const english = leaves(en);

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{(.+?)\}\}/g)].map(([, name]) => name ?? '').sort();
}

describe('the two catalogues', () => {
  it('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  it('have no empty text', () => {
    for (const [key, text] of [...french, ...english]) expect(text.trim(), key).not.toBe('');
  });

  it('fill in the same values', () => {
    for (const [key, text] of french) expect(placeholders(english.get(key) ?? ''), key).toEqual(placeholders(text));
  });

  it('give every plural both forms', () => {
    for (const key of french.keys()) {
      if (key.endsWith('_one')) expect(french.has(key.replace(/_one$/, '_other')), key).toBe(true);
    }
  });
});

describe('every word of the domain has a text', () => {
  const words = {
    nature: NATURES,
    status: ASSET_STATUSES,
    physicalState: PHYSICAL_STATES,
    holderKind: HOLDER_KINDS,
    acquisitionMode: ACQUISITION_MODES,
    serialAbsenceReason: SERIAL_ABSENCE_REASONS,
    role: ROLES,
    act: ACT_NAMES,
    movementKind: MOVEMENT_KINDS,
    reviewKind: REVIEW_KINDS,
    field: [...Object.keys(assetFields), ...IMPORT_FIELDS.filter((field) => !field.startsWith('attributes.'))],
    attribute: IMPORT_FIELDS.flatMap((field) => /^attributes\.(.+)$/.exec(field)?.[1] ?? []),
    collection: COLLECTIONS.map(({ name }) => name),
  };

  it.each(Object.entries(words))('%s', (group, values) => {
    for (const value of values) expect(french.has(`domain.${group}.${value}`), value).toBe(true);
  });

  it('every act has its verb, and every paper its name', () => {
    for (const act of ACT_NAMES) expect(french.has(`acts.verb.${act}`), act).toBe(true);
    for (const paper of PAPER_KINDS) expect(french.has(`acts.paper.${paper}`), paper).toBe(true);
  });

  it('K6: every error code says what happened and what to do', () => {
    for (const code of ERROR_CODES) {
      for (const part of ['title', 'what', 'todo']) expect(french.has(`errors.${code}.${part}`), code).toBe(true);
    }
  });

  it('equipment types need none: their labels are data', () => {
    expect(EQUIPMENT_TYPES.every(([, label]) => label.length > 0)).toBe(true);
  });
});

describe('texts on screen', () => {
  it('never break a line before French punctuation', () => {
    expect(withFrenchSpaces({ a: { b: 'Pour « mot » : oui ?' } })).toEqual({
      a: { b: 'Pour «\u00a0mot\u00a0»\u00a0: oui\u00a0?' },
    });
  });

  it('choose the plural by the rules of the language', () => {
    const { t } = createTexts('fr');
    expect(t('assetList.count', { count: 0 })).toBe('0 actif');
    expect(t('assetList.count', { count: 1 })).toBe('1 actif');
    expect(t('assetList.count', { count: 2000 })).toBe('2\u202f000 actifs');
    expect(t('assetList.count', { count: 1_000_000 })).toBe('1\u202f000\u202f000 actifs');
    expect(createTexts('en').t('assetList.count', { count: 0 })).toBe('0 assets');
  });
});
