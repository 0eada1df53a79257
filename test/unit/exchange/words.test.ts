import { describe, expect, it } from 'vitest';
import { readBrand } from '../../../electron/data/exchange/words/brand-words.ts';
import { findTypeWord, readTypeWord } from '../../../electron/data/exchange/words/equipment-words.ts';
import { EQUIPMENT_TYPES } from '../../../shared/domain/equipment-types.ts';
import { isImportField } from '../../../shared/domain/import-fields.ts';

describe('words for equipment', () => {
  it.each([
    ['Onduleur pour ordinateur', 'OND'],
    ['Imprimante laser multifonction HP', 'MFP'],
    ['Ordinateur HP portable', 'PCP'],
    ['Ordinateur de bureau', 'PCF'],
    ['ThinkPad T480', 'PCP'],
    ['HP LaserJet Pro M404dn', 'IMP'],
    ['APC Smart-UPS 1500', 'OND'],
    ['Canon imageRUNNER 2520', 'MFP'],
    ['Disque dur externe Seagate', 'DDE'],
    ['Chaise roulante', undefined],
  ])('"%s" betrays %s', (text, code) => {
    expect(findTypeWord(text)).toBe(code);
  });

  it('knows its own labels and codes', () => {
    const codes = new Set(EQUIPMENT_TYPES.map(([code]) => code));
    for (const [code, label] of EQUIPMENT_TYPES) {
      expect(readTypeWord(label, codes), label).toBe(code);
      expect(readTypeWord(code.toLowerCase(), codes)).toBe(code);
    }
  });
});

describe('brands', () => {
  it.each([
    ['Dell Inc.', 'Dell'],
    ['Hewlett-Packard', 'HP'],
    ['Hewlett Packard Enterprise', 'HPE'],
    ['LENOVO', 'Lenovo'],
    ['Micro-Star International Co., Ltd.', 'MSI'],
    ['Dellwood Computers', 'Dellwood Computers'],
    ['Berge Inc', 'Berge Inc'],
    ['System manufacturer', undefined],
    ['To be filled by O.E.M.', undefined],
  ])('"%s" is %s', (text, brand) => {
    expect(readBrand(text)).toBe(brand);
  });
});

describe('fields of an import', () => {
  it('are a closed list', () => {
    expect(isImportField('brand')).toBe(true);
    for (const name of ['ministryId', 'id', '__proto__', '']) expect(isImportField(name)).toBe(false);
  });
});
