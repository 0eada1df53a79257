import { describe, expect, test } from 'vitest';
import { IMPORT_PROBLEMS } from '#shared/domain/import-fields.ts';
import { en } from '../../../renderer/text/en.ts';
import { fr } from '../../../renderer/text/fr.ts';

describe.each([
  ['French', fr],
  ['English', en],
] as const)('the %s words of an import', (_language, texts) => {
  test.each(IMPORT_PROBLEMS)('I2: say what %s means', (problem) => {
    expect(texts.importer.lineProblem).toHaveProperty(problem);
  });
});
