import { Value } from 'typebox/value';
import { PAPER_KINDS } from '#shared/domain/lifecycle.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { PaperRequest } from '#shared/papers/request.ts';
import { askedBy, emptyDraft, toRequest, withKind } from '../../../renderer/features/papers/paper-draft.ts';
import { findFaults } from '../../../renderer/features/papers/template-faults.ts';

const TODAY = '2026-11-23';
const ID = '00000000-0000-4000-8000-000000000001';

describe('what a person says of a paper', () => {
  it('is no command while what it is made of is not said', () => {
    expect(toRequest(emptyDraft('assignment-slip', TODAY))).toBeUndefined();
    expect(toRequest(emptyDraft('asset-statement', TODAY))).toEqual({
      kind: 'asset-statement',
      source: { type: 'scope' },
      signatures: [],
    });
  });

  it('becomes a command of the right shape, without what was left empty', () => {
    const draft = {
      ...emptyDraft('assignment-slip', TODAY),
      source: 'assets' as const,
      assetIds: [ID],
      issuerId: ID,
      asked: { 'fonction du détenteur': ' Chef de service ', objet: '  ' },
      signatures: { 0: { name: ' Koffi ', quality: '' }, 1: { name: '  ', quality: 'Comptable' } },
    };
    const request = toRequest(draft);
    expect(Value.Check(PaperRequest, request)).toBe(true);
    expect(request).toEqual({
      kind: 'assignment-slip',
      source: { type: 'assets', assetIds: [ID] },
      structureId: ID,
      asked: { 'fonction du détenteur': 'Chef de service' },
      signatures: [{ block: 0, name: 'Koffi' }],
    });
  });

  it('another kind keeps what it can use; the list for disposal asks for what is proposed', () => {
    const draft = { ...emptyDraft('assignment-slip', TODAY), source: 'assets' as const, assetIds: [ID] };
    expect(withKind(draft, 'discharge', TODAY)).toMatchObject({ source: 'assets', assetIds: [ID] });
    expect(withKind(draft, 'journal-book', TODAY)).toMatchObject({ source: 'period', from: '2026-01-01', to: TODAY });
    expect(withKind(draft, 'disposal-list', TODAY).status).toEqual(['proposed-for-disposal']);
  });

  it('is asked for what the wording leaves to the person, and for nothing else', () => {
    expect(askedBy(DEFAULT_TEMPLATES['assignment-slip'])).toEqual(['fonction du détenteur']);
    expect(askedBy(DEFAULT_TEMPLATES['asset-statement'])).toEqual([]);
    expect(askedBy(DEFAULT_TEMPLATES.discharge)).toContain('durée de conservation');
  });
});

describe('W5: what is wrong with a template is said by its part', () => {
  it.each(PAPER_KINDS)('%s: nothing as it ships', (kind) => {
    expect(findFaults(DEFAULT_TEMPLATES[kind], kind)).toEqual([]);
  });

  it('an empty label, an unknown placeholder, a column out of place: each once, with its place', () => {
    const template = DEFAULT_TEMPLATES['assignment-slip'];
    const faults = findFaults(
      {
        ...template,
        facts: [...template.facts, { label: '', value: '{rien}' }],
        tables: [{ lines: 'all', hasTotals: false, columns: [{ field: 'amountIn', width: 10 }] }],
      },
      'assignment-slip',
    );
    const place = template.facts.length + 1;
    expect(faults).toContainEqual(expect.objectContaining({ part: 'facts', place, problem: 'shape' }));
    expect(faults).toContainEqual(
      expect.objectContaining({ part: 'facts', place, problem: 'unknown-placeholder', detail: 'rien' }),
    );
    expect(faults).toContainEqual(
      expect.objectContaining({ part: 'columns', place: 1, column: 1, problem: 'wrong-column' }),
    );
    expect(faults).toHaveLength(3);
  });
});
