import { createEnrolmentCode, normaliseEnrolmentCode, proposeDeviceCodes } from '../../../server/auth/codes.ts';
import { createToken, isSameSecret, readBearer, readMinistry } from '../../../server/auth/token.ts';
import { readConfig } from '../../../server/config.ts';

const MINISTRY = '0d3e0000-2022-8000-8000-4d4e44000001';

describe('tokens', () => {
  it('a token names its ministry, and two are never alike', () => {
    const tokens = new Set(Array.from({ length: 100 }, () => createToken(MINISTRY)));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(readMinistry(token)).toBe(MINISTRY);
  });

  it.each([
    '',
    'x',
    `${'A'.repeat(22)}.`,
    `${'A'.repeat(22)}.${'A'.repeat(42)}`,
    `${'!'.repeat(22)}.${'A'.repeat(43)}`,
  ])('what has not the shape of a token names no ministry: %s', (text) => {
    expect(readMinistry(text)).toBeUndefined();
  });

  it('bearer credentials are read in any case of the scheme', () => {
    expect(readBearer('bearer abc')).toBe('abc');
    expect([readBearer(undefined), readBearer('Basic abc'), readBearer('Bearer a b')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('secrets of different lengths are compared without failing', () => {
    expect([isSameSecret('a', 'a'), isSameSecret('a', 'ab'), isSameSecret('', 'a')]).toEqual([true, false, false]);
  });
});

describe('codes', () => {
  it('an enrolment code is two groups of four unmistakable characters', () => {
    for (let count = 0; count < 200; count += 1) {
      const code = createEnrolmentCode();
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(normaliseEnrolmentCode(code.toLowerCase().replace('-', ' '))).toBe(normaliseEnrolmentCode(code));
    }
    expect(normaliseEnrolmentCode('oO-il L1')).toBe('001111');
  });

  it('device codes are proposed short ones first', () => {
    const lengths = [...proposeDeviceCodes()].map(({ length }) => length);
    expect(lengths).toEqual([...lengths].sort((left, right) => left - right));
    expect(lengths[0]).toBe(2);
  });
});

describe('configuration', () => {
  it('is read from the environment, and what does not fit is named', () => {
    expect(readConfig({})).toMatchObject({ adminToken: undefined, trustedProxies: 0 });
    expect(readConfig({ REGISTRE_TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2);
    expect(() => readConfig({ REGISTRE_TRUSTED_PROXIES: '-1' })).toThrow('REGISTRE_TRUSTED_PROXIES');
    expect(readConfig({ REGISTRE_MAX_BODY_BYTES: '1000', REGISTRE_LOG_LEVEL: 'warn' })).toMatchObject({
      maxBodyBytes: 1000,
      logLevel: 'warn',
    });
    expect(() => readConfig({ REGISTRE_MAX_BODY_BYTES: '1 MB' })).toThrow('REGISTRE_MAX_BODY_BYTES');
    expect(readConfig({ REGISTRE_OLDEST_PULL_PROTOCOL: '2' }).oldestPullProtocol).toBe(2);
    for (const wrong of ['0', '3', 'new']) {
      expect(() => readConfig({ REGISTRE_OLDEST_PULL_PROTOCOL: wrong })).toThrow('REGISTRE_OLDEST_PULL_PROTOCOL');
    }
    expect(() => readConfig({ REGISTRE_LOG_LEVEL: 'loud' })).toThrow('REGISTRE_LOG_LEVEL');
    expect(() => readConfig({ REGISTRE_ADMIN_TOKEN: 'short' })).toThrow('REGISTRE_ADMIN_TOKEN');
  });
});
