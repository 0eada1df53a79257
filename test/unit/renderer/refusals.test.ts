import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { ROLES } from '#shared/domain/roles.ts';
import { REFUSAL_REASONS, type RefusalCode, readRefusal, refusalReason } from '#shared/protocol/refusal.ts';
import { Agent } from '#shared/schema/agent.ts';
import { COLLECTIONS } from '#shared/schema/collections.ts';
import { createTexts, LANGUAGES } from '../../../renderer/text/i18n.ts';
import { findProblem } from '../../../server/validation.ts';

// The keys of the table.
const CODES = Object.keys(REFUSAL_REASONS) as RefusalCode[];
const word = fc.stringMatching(/^[a-z0-9-]{1,20}$/);

describe('reasons of refusals', () => {
  it.each(CODES)('S4: the code of %s is read back from the reason that travelled, with what it names', (code) => {
    const names = [...REFUSAL_REASONS[code].matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const sample = names.includes('rest') ? fc.constantFrom('must be integer', 'something of a newer endpoint') : word;
    fc.assert(
      fc.property(fc.tuple(...names.map(() => sample)), (values) => {
        const details = Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
        expect(readRefusal(refusalReason(code, details))).toEqual({ code, details });
      }),
    );
  });

  it('S4: every role and collection that a refusal may name keeps its code', () => {
    for (const role of ROLES) {
      expect(readRefusal(`role ${role} may not write`).code).toBe('role-writes');
      for (const { name: collection } of COLLECTIONS) {
        expect(readRefusal(`role ${role} may not write ${collection}`)).toEqual({
          code: 'role-collection',
          details: { role, collection },
        });
      }
    }
  });

  it.each([
    ['missing', {}],
    ['unknown-field', { other: 1 }],
    ['too-long', { name: 'x'.repeat(151) }],
    ['shape', { active: 'yes' }],
    ['shape', { phone: '97' }],
  ] as const)('S4: what a schema says is read as %s', (code, wrong) => {
    const id = '00000000-0000-4000-8000-000000000000';
    const agent = { id, ministryId: id, name: 'ADJOVI Afi', active: true };
    const document: object = code === 'missing' ? { ...agent, name: undefined } : { ...agent, ...wrong };
    const problem = findProblem(Compile(Agent), JSON.parse(JSON.stringify(document)));
    expect(readRefusal(problem?.reason ?? '').code).toBe(code);
  });

  it.each(LANGUAGES)('S8: every reason says in %s what is wrong and what to do', (language) => {
    const { t } = createTexts(language);
    const words = {
      role: 'DSI',
      collection: 'Site',
      problem: 'À remplir.',
      size: '256 ko',
      count: 3,
      rest: 'must be integer',
    };
    for (const code of CODES) {
      for (const part of ['why', 'todo'] as const) {
        const text = t(`refusals.${code}.${part}`, words);
        expect(text, code).not.toContain(`refusals.${code}`);
        expect(text, code).toMatch(/[.:»”]$/);
        expect(text, code).not.toContain('{{');
      }
    }
  });
});
