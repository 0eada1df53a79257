import { estimateStrength, STRENGTH_LEVELS } from '../../../renderer/features/unlock/passphrase-strength.ts';

describe('the strength of a passphrase', () => {
  it.each([
    ['', 'empty'],
    ['court', 'weak'],
    ['motdepasse1', 'weak'],
    ['azertyuiop', 'weak'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['12345678901234', 'weak'],
    ['cheval vert', 'weak'],
    ['cheval vert chante', 'fair'],
    ['cheval vert chante demain', 'good'],
    ['cheval vert chante demain dehors', 'strong'],
    ['kT9#vLq2!xZr8', 'strong'],
  ])('%j is %s', (passphrase, level) => {
    expect(estimateStrength(passphrase).level).toBe(level);
  });

  it('one more word never makes it weaker', () => {
    const words = ['maison', 'pirogue', 'tambour', 'jardin', 'lagune'];
    const levels = words.map((_, index) =>
      STRENGTH_LEVELS.indexOf(estimateStrength(words.slice(0, index + 1).join(' ')).level),
    );
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
  });

  it('says what would help', () => {
    expect(estimateStrength('Bonjour2026').advice).toBe('common');
    expect(estimateStrength('aaaaabbbbb').advice).toBe('repeated');
    expect(estimateStrength('cheval vert').advice).toBe('longer');
  });
});
